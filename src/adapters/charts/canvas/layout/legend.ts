import type { Measure, Shape, Tone, Words } from '../picture.ts';
import { SMALL_SIZE } from './sizes.ts';

export interface LegendEntry {
  readonly sign: 'dot' | 'ring' | 'box' | 'tick' | 'diamond';
  readonly tone: Tone;
  readonly text: string;
}

export interface LegendPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly measure: Measure;
}

const HEIGHT = 34;
const SIGN = 26;
const GAP = 34;

/** Signs with their words in one line; entries that find no room are left out whole. */
export function legendRow(entries: readonly LegendEntry[], place: LegendPlace): Shape[] {
  const shapes: Shape[] = [];
  let x = place.x;
  for (const { sign, tone, text } of entries) {
    const width = place.measure(text, SMALL_SIZE);
    if (x + SIGN + 10 + width > place.x + place.width) continue;
    shapes.push(signShape({ sign, tone }, { x: x + SIGN / 2, y: place.y + HEIGHT / 2 }));
    shapes.push(label(text, { x: x + SIGN + 10, y: place.y, width }));
    x += SIGN + 10 + width + GAP;
  }
  return shapes;
}

function label(text: string, at: { x: number; y: number; width: number }): Words {
  return {
    kind: 'words',
    ...at,
    height: HEIGHT,
    text,
    size: SMALL_SIZE,
    tone: 'muted',
  };
}

/** One sign around its middle, as rows draw it. */
export function signShape(
  { sign, tone }: Pick<LegendEntry, 'sign' | 'tone'>,
  { x, y }: { readonly x: number; readonly y: number },
): Shape {
  switch (sign) {
    case 'dot':
      return { kind: 'dot', x, y, radius: 11, tone, isHollow: false };
    case 'ring':
      return { kind: 'dot', x, y, radius: 9, tone, isHollow: true };
    case 'box':
      return {
        kind: 'box',
        x: x - 11,
        y: y - 9,
        width: 22,
        height: 18,
        radius: 4,
        tone,
        opacity: 1,
      };
    case 'tick':
      return {
        kind: 'box',
        x: x - 3,
        y: y - 17,
        width: 6,
        height: 34,
        radius: 3,
        tone,
        opacity: 1,
      };
    case 'diamond':
      return { kind: 'diamond', x, y, radius: 11, tone };
  }
}

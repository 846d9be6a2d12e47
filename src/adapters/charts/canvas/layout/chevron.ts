import type { Shape, Tone } from '../picture.ts';

/** The end of a bar that goes on beyond the scale. */
export function chevron(of: {
  readonly x: number;
  readonly y: number;
  readonly to: -1 | 1;
  readonly tone: Tone;
}): Shape {
  const { x, y, to, tone } = of;
  const tip = x + 12 * to;
  const points = [
    { x: tip - 12 * to, y: y - 13 },
    { x: tip, y },
    { x: tip - 12 * to, y: y + 13 },
  ];
  return { kind: 'line', points, width: 6, tone, opacity: 1 };
}

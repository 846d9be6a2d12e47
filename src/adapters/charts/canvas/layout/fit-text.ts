import type { Measure } from '../picture.ts';

const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * The text, or as much of its beginning as fits with an ellipsis behind it, never cut inside
 * a number; nothing where not even that fits.
 */
export function fitText(
  text: string,
  to: { readonly width: number; readonly size: number; readonly measure: Measure },
): string {
  const fits = (candidate: string) => to.measure(candidate, to.size) <= to.width;
  if (fits(text)) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(cut(parts, middle))) low = middle;
    else high = middle - 1;
  }
  while (isInsideFigure(parts, low)) low -= 1;
  return fits(cut(parts, low)) ? cut(parts, low) : '';
}

/** A number that lost its last digits would be another number. */
function isInsideFigure(parts: readonly string[], at: number): boolean {
  return /^[\d.,]$/.test(parts[at - 1] ?? '') && /^[\d.,%]$/.test(parts[at] ?? '');
}

function cut(parts: readonly string[], length: number): string {
  return `${parts.slice(0, length).join('').trimEnd()}${ELLIPSIS}`;
}

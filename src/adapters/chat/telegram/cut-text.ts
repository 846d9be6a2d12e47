import type { Translate } from '../../../replies/translate.ts';

const GRAPHEMES = new Intl.Segmenter('en', { granularity: 'grapheme' });
const DIGIT = /\p{Nd}/u;
/** Room for the words that say how much is missing. */
const WORDS_ROOM = 40;

/**
 * The longest beginning of at most `most` UTF-16 units that ends neither inside a number (its sign,
 * unit and separators included) nor inside a character that a person sees as one.
 */
export function cutAt(text: string, most: number): number {
  if (text.length <= most) return text.length;
  // One character more than fits, to see whether the boundary is one.
  const starts = [...GRAPHEMES.segment(text.slice(0, most + 64))].map(({ index }) => index);
  return starts.findLast((at) => at <= most && !touchesNumber(text, at)) ?? 0;
}

/** As it is when short enough, else its beginning and how many characters are missing. */
export function cutText(text: string, most: number, say: Translate): string {
  if (text.length <= most) return text;
  const at = cutAt(text, Math.max(0, most - WORDS_ROOM));
  const kept = text.slice(0, at).trimEnd();
  return `${kept}${say('chat.cutText', { count: [...text.slice(at)].length })}`;
}

function touchesNumber(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  const after = text[at] ?? ' ';
  if (/\s/.test(before) || /\s/.test(after)) return false;
  return DIGIT.test(before) || DIGIT.test(after);
}

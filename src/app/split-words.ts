export interface Word {
  readonly text: string;
  /** It began with a quote. */
  readonly isQuoted: boolean;
}

/** Straight and typographic: Chinese keyboards produce the latter. */
const CLOSING: Readonly<Record<string, string>> = { '"': '"', "'": "'", '“': '”', '‘': '’' };

/**
 * Words between blanks; a quoted part keeps its blanks (`name="two words"`). Null when a quote is
 * never closed. There is no escape sign.
 */
export function splitWords(line: string): Word[] | null {
  const words: Word[] = [];
  let word: Word | null = null;
  let closing: string | null = null;
  for (const sign of line) {
    if (closing !== null) {
      if (sign === closing) closing = null;
      else word = { text: (word?.text ?? '') + sign, isQuoted: word?.isQuoted ?? true };
    } else if (CLOSING[sign] !== undefined) {
      closing = CLOSING[sign];
      word ??= { text: '', isQuoted: true };
    } else if (/\s/u.test(sign)) {
      if (word !== null) words.push(word);
      word = null;
    } else {
      word = { text: (word?.text ?? '') + sign, isQuoted: word?.isQuoted ?? false };
    }
  }
  if (closing !== null) return null;
  if (word !== null) words.push(word);
  return words;
}

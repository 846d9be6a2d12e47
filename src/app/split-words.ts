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
  // Null between words; an empty text is a word that began with a quote.
  let text: string | null = null;
  let isQuoted = false;
  let closing: string | undefined;
  for (const sign of line) {
    const opened: string | undefined = closing === undefined ? CLOSING[sign] : undefined;
    const isBlank = closing === undefined && /\s/u.test(sign);
    if (text === null && !isBlank) isQuoted = opened !== undefined;
    if (isBlank) {
      if (text !== null) words.push({ text, isQuoted });
      text = null;
    } else if (opened !== undefined) {
      closing = opened;
      text ??= '';
    } else if (sign === closing) {
      closing = undefined;
    } else {
      text = (text ?? '') + sign;
    }
  }
  if (closing !== undefined) return null;
  if (text !== null) words.push({ text, isQuoted });
  return words;
}

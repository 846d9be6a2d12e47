/** Control characters, and signs that turn the direction of what follows: a label must not. */
const UNWANTED = /[^\P{Cc}\n]|\p{Bidi_Control}|\ufeff/gu;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const LEFT_TO_RIGHT_MARK = '\u200e';

/** Somebody's text as one that cannot disturb its neighbours: well-formed, no controls, own direction. */
export function cleanText(text: string): string {
  const plain = text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\t/g, ' ')
    .replace(UNWANTED, '');
  // Figures beside Arabic or Hebrew would change their order; the mark has no width.
  return RIGHT_TO_LEFT.test(plain) ? LEFT_TO_RIGHT_MARK + plain + LEFT_TO_RIGHT_MARK : plain;
}

/** The same on one line: a name or a figure. */
export function cleanLine(text: string): string {
  return cleanText(text)
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

/**
 * Outside code blocks Telegram turns `@name` into a mention, which rings that person's phone, and
 * addresses into links. A joiner without width keeps the text as it reads and stops both.
 */
export function withoutMentions(text: string): string {
  return text.replace(/@(?=[\p{L}\p{N}_])/gu, '@\u2060').replace(/:\/\//g, ':\u2060//');
}

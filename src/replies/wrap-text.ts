import stringWidth from 'string-width';

/** A number with its sign, unit sign and separators; never cut. */
const NUMBER = /(?:(?<![\p{L}\d])[-+])?\$?\d(?:[\d.,:]*\d)?[%x]?/u;
const WORDS = /\s+|[^\s\p{sc=Han}\u3000-\u303f\uff00-\uffef]+|./gu;
const PIECES = new RegExp(`${NUMBER.source}|.`, 'gu');
const MAY_NOT_START = /^[，。；：！？、）】」』》”’％…,.;:!?)\]]/u;
const MAY_NOT_END = /[（【「『《“‘([]$/u;

/**
 * Lines no wider than `width` display columns; the second and later ones begin with `indent`.
 * Breaks between words and between Chinese characters, keeps punctuation with its word, and never
 * cuts a number, unless the number alone is wider than a line.
 */
export function wrapText(text: string, width: number, indent = ''): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, { width, indent }));
}

function wrapLine(text: string, as: { width: number; indent: string }): string[] {
  const lines: string[] = [];
  const room = as.width - stringWidth(as.indent);
  let line = '';
  for (const unit of unitsOf(text, room)) {
    const start = lines.length === 0 ? '' : as.indent;
    if (stringWidth(start + (line + unit).trimEnd()) <= as.width) {
      line += unit;
      continue;
    }
    lines.push((start + line).trimEnd());
    line = unit.trimStart();
  }
  lines.push(((lines.length === 0 ? '' : as.indent) + line).trimEnd());
  return lines;
}

/** What may stand at the start of a line: words, characters, and the blanks between them. */
function unitsOf(text: string, room: number): string[] {
  const units: string[] = [];
  for (const word of text.match(WORDS) ?? []) {
    const last = units.at(-1);
    const sticks =
      last?.trim() && word.trim() && (MAY_NOT_START.test(word) || MAY_NOT_END.test(last));
    if (sticks && stringWidth(last + word) <= room) units[units.length - 1] = last + word;
    else if (stringWidth(word) <= room) units.push(word);
    else units.push(...(word.match(PIECES) ?? []).flatMap((piece) => cutHard(piece, room)));
  }
  return units;
}

function cutHard(piece: string, room: number): string[] {
  return stringWidth(piece) <= room ? [piece] : [...piece];
}

/** Longer labels are cut anyway; this keeps a hostile one from being measured. */
const LONGEST = 300;

/**
 * The strings of a chart as they can be drawn: one line each, without characters that only steer
 * (bidirectional overrides, joiners), and with the code of a character in place of an empty box.
 */
export function legible<T>(data: T, hasGlyph: (character: string) => boolean): T {
  // JSON in, JSON out: only strings are replaced, so the shape stays.
  return walk(data, (text) => legibleText(text, hasGlyph)) as T;
}

function walk(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === 'string') return change(data);
  if (Array.isArray(data)) return data.map((each) => walk(each, change));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, walk(value, change)]));
}

export function legibleText(text: string, hasGlyph: (character: string) => boolean): string {
  const plain = text
    .slice(0, LONGEST)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replace(/[\p{Cf}\p{Cs}\p{Co}]|\p{Variation_Selector}/gu, '')
    // One accent per letter: a pile of them is drawn over the neighbours.
    .replace(/(\p{M})\p{M}+/gu, '$1')
    .trim();
  return [...plain].map((each) => (hasGlyph(each) ? each : codeOf(each))).join('');
}

function codeOf(character: string): string {
  return `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
}

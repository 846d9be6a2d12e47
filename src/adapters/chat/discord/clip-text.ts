/** What the end of a number, or its beginning, may look like. */
const OF_NUMBER = /[\p{Nd}.,:$+-]/u;

/**
 * The text if it has at most `most` UTF-16 units, else its beginning and `tail`, which is told how
 * many units are missing. Never cuts inside a number or a surrogate pair: a number that does not
 * fit is left out whole.
 */
export function clipText(text: string, most: number, tail: (missing: number) => string): string {
  if (text.length <= most) return text;
  const end = safeEnd(text, Math.max(0, most - tail(text.length).length));
  const clipped = text.slice(0, end).trimEnd() + tail(text.length - end);
  return clipped.length <= most ? clipped : '…'.slice(0, most);
}

function safeEnd(text: string, wanted: number): number {
  let end = wanted;
  const next = text[end] ?? ' ';
  if (!/\s/u.test(next)) {
    while (end > 0 && OF_NUMBER.test(text[end - 1] ?? '')) end -= 1;
  }
  const last = text.charCodeAt(end - 1);
  return last >= 0xd800 && last <= 0xdbff ? end - 1 : end;
}

const MOST = 100;

/** The line with what was typed at its end, as one word: whatever is in it, it cannot become a second argument. */
export function typedLine(line: string, typed: string): string {
  const word = typed
    .replaceAll(/["“”\s]+/gu, ' ')
    .trim()
    .slice(0, MOST);
  return `${line}"${word}"`;
}

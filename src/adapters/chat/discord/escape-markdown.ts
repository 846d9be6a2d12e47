/** Control signs, line separators, and the signs that turn the direction of what follows. */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const RIGHT_TO_LEFT = /[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/** A text as one line without unseen signs. */
export function plainLine(text: string): string {
  return text.replaceAll(UNSEEN, ' ').replaceAll(/\s+/gu, ' ').trim();
}

/** Right-to-left text in a shell of its own, so that it cannot pull figures into another order. */
export function isolated(line: string): string {
  return RIGHT_TO_LEFT.test(line) ? `\u2068${line}\u2069` : line;
}

/**
 * Makes one line of text mean itself in Discord: no emphasis, link, list, heading, quote, spoiler,
 * emoji name, time stamp or mention. (Nobody is notified anyway: no message allows mentions.)
 */
export function escapeMarkdown(line: string): string {
  return (
    line
      .replaceAll(/[\\*_~`|<[]/gu, '\\$&')
      // `:name:` is an emoji and `https://` a link.
      .replaceAll(/:(?=\S)/gu, '\\:')
      .replaceAll('@', '@\u200b')
      .replace(/^(\s*)([#>+-])(?=[#>\s])/u, '$1\\$2')
      .replace(/^(\s*\d+)([.)])(?=\s|$)/u, '$1\\$2')
  );
}

/** Lines in a fixed-width block. A backtick could close it, so it becomes an apostrophe. */
export function codeBlock(lines: readonly string[]): string {
  return `\`\`\`\n${lines.join('\n').replaceAll('`', "'")}\n\`\`\``;
}

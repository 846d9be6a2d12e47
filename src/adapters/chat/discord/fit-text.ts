import type { Translate } from '../../../replies/translate.ts';
import { clipText } from './clip-text.ts';
import { escapeMarkdown, isolated, plainLine } from './escape-markdown.ts';

/** What became of a text that had to fit. */
export interface Fitted {
  readonly text: string;
  readonly isCut: boolean;
}

export interface Room {
  readonly most: number;
  readonly say: Translate;
}

/** One line that means itself, in at most `most` units: cut first, then escaped, so never in between. */
export function fitLine(text: string, most: number): string {
  const line = plainLine(text);
  let length = most;
  for (;;) {
    const escaped = escapeMarkdown(isolated(clipText(line, length, () => '…')));
    if (escaped.length <= most || length <= 0) return escaped.length <= most ? escaped : '';
    length = Math.min(length - 1, Math.floor((length * most) / escaped.length));
  }
}

/** Whole lines of markup while they fit, then how many there are more. */
export function fitLines(lines: readonly string[], { most, say }: Room): Fitted {
  const whole = lines.join('\n');
  if (whole.length <= most) return { text: whole, isCut: false };
  const rest = (count: number) => say('chat.cutEntries', { count });
  const kept: string[] = [];
  let size = rest(lines.length).length;
  for (const line of lines) {
    if (size + line.length + 1 > most) break;
    kept.push(line);
    size += line.length + 1;
  }
  return { text: [...kept, rest(lines.length - kept.length)].join('\n'), isCut: true };
}

/** Text of any length, line by line; the last one is cut and says how many characters are missing. */
export function fitParagraphs(paragraphs: readonly string[], { most, say }: Room): Fitted {
  const lines = paragraphs
    .join('\n\n')
    .split('\n')
    .map((line) => plainLine(line));
  const whole = lines.map((line) => fitLine(line, Number.MAX_SAFE_INTEGER)).join('\n');
  if (whole.length <= most) return { text: whole, isCut: false };
  const tail = (count: number) => ` ${say('chat.cutText', { count })}`;
  const total = lines.join('\n').length;
  let text = '';
  let shown = 0;
  for (const line of lines) {
    const room = most - text.length - tail(total).length - 1;
    const fitted = fitLine(line, Math.max(0, room));
    text += (text === '' ? '' : '\n') + fitted;
    const isWhole = fitted === fitLine(line, Number.MAX_SAFE_INTEGER);
    shown += isWhole ? line.length + 1 : 0;
    if (!isWhole) break;
  }
  const missing = tail(total - shown);
  return { text: text.length + missing.length <= most ? text + missing : '', isCut: true };
}

import type { Translate } from '../../../replies/translate.ts';
import { cutAt } from './cut-text.ts';
import { escapeHtml } from './escape-html.ts';
import { htmlTokens, readHtml } from './html-text.ts';

const WORDS_ROOM = 40;

/**
 * The beginning of a message that is too long, its tags closed, and how much is missing. Never ends
 * inside a tag, an entity or a number.
 */
export function truncateHtml(html: string, most: number, say: Translate): string {
  const { text } = readHtml(html);
  if (text.length <= most) return html;
  const room = cutAt(text, most - WORDS_ROOM);
  const kept: string[] = [];
  const open: string[] = [];
  let length = 0;
  for (const token of htmlTokens(html)) {
    if (token.kind === 'open') open.push(token.text);
    else if (token.kind === 'close') open.pop();
    else if (length + token.text.length > room) break;
    else length += token.text.length;
    kept.push(token.raw);
  }
  const closing = open.toReversed().map((tag) => `</${tag}>`);
  const words = say('chat.cutText', { count: [...text.slice(length)].length });
  return `${kept.join('')}${closing.join('')}\n${escapeHtml(words)}`;
}

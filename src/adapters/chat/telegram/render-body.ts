import type { Layout } from '../../../replies/layout.ts';
import type { Reply, Table } from '../../../replies/reply.ts';
import { tableLines } from '../../../replies/table-lines.ts';
import type { Translate } from '../../../replies/translate.ts';
import { withoutMentions } from './clean-text.ts';
import { cutText } from './cut-text.ts';
import { escapeHtml } from './escape-html.ts';
import { readHtml } from './html-text.ts';

/** What a phone's code block holds without wrapping. */
const PHONE: Layout = { width: 30, paint: (text) => text };
/** Each table is two entities; the head may need half of the hundred. */
const MOST_TABLES = 20;
const SHORTEST_PARAGRAPH = 80;
/** For the line that says what is missing. */
const CUT_LINE = 60;

/** Tables and paragraphs of a cleaned reply, in at most `room` characters of text. */
export function renderBody(reply: Reply, room: number, say: Translate): string {
  const parts: string[] = [];
  let left = room - CUT_LINE;
  let cutRows = 0;
  const add = (html: string) => {
    parts.push(html);
    left -= lengthOf(html) + 2;
  };
  for (const [index, table] of reply.tables.entries()) {
    const rows = index < MOST_TABLES ? rowsThatFit(table, left) : 0;
    cutRows += table.rows.length - rows;
    if (rows > 0 || (table.rows.length === 0 && lengthOf(tableHtml(table)) <= left)) {
      add(tableHtml({ ...table, rows: table.rows.slice(0, rows) }));
    }
  }
  let cutParagraphs = 0;
  for (const text of reply.paragraphs) {
    const most = left - 2;
    const short = text.length <= most || most >= SHORTEST_PARAGRAPH;
    if (short) add(escapeHtml(cutText(withoutMentions(text), most, say)));
    else cutParagraphs += [...text].length;
  }
  if (cutRows > 0) parts.push(escapeHtml(say('chat.cutEntries', { count: cutRows })));
  if (cutParagraphs > 0) parts.push(escapeHtml(say('chat.cutText', { count: cutParagraphs })));
  return parts.join('\n\n');
}

/** How many whole rows fit; a card of two lines is never halved. */
function rowsThatFit(table: Table, room: number): number {
  const fits = (count: number) =>
    lengthOf(tableHtml({ ...table, rows: table.rows.slice(0, count) })) + 2 <= room;
  if (fits(table.rows.length)) return table.rows.length;
  let [low, high] = [0, table.rows.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function tableHtml(table: Table): string {
  const caption = table.caption === null ? [] : [escapeHtml(withoutMentions(table.caption))];
  const isEmpty = table.rows.length === 0;
  const lines = tableLines(table, PHONE).join('\n');
  // `pre` alone is reported not to be monospaced everywhere.
  const shown = isEmpty
    ? escapeHtml(withoutMentions(table.empty))
    : `<pre><code>${escapeHtml(lines)}</code></pre>`;
  return [...caption, shown].filter((part) => part !== '').join('\n');
}

function lengthOf(html: string): number {
  return readHtml(html).text.length;
}

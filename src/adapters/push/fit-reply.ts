import { renderText, type TextOptions } from '../../replies/render-text.ts';
import type { Reply } from '../../replies/reply.ts';

const bytesOf = (text: string) => Buffer.byteLength(text, 'utf8');

/**
 * A reply within so many bytes. Rows go first, from the end; then the paragraphs; title, figures and
 * warnings stay as long as anything does. Never cut inside a line.
 */
export function fitReply(reply: Reply, most: number, as: TextOptions): string {
  const longest = Math.max(0, ...reply.tables.map(({ rows }) => rows.length));
  for (let rows = longest; rows >= 0; rows -= 1) {
    const tables = reply.tables.map((table) => ({ ...table, rows: table.rows.slice(0, rows) }));
    const text = renderText({ ...reply, tables: rows === 0 ? [] : tables }, as);
    const cut = rows < longest ? `${text}\n…` : text;
    if (bytesOf(cut) <= most) return cut;
  }
  const bare = renderText({ ...reply, tables: [], paragraphs: [] }, as).split('\n');
  while (bare.length > 1 && bytesOf(`${bare.join('\n')}\n…`) > most) bare.pop();
  return `${bare.join('\n')}\n…`;
}

import type { Reply } from './reply.ts';

const ROWS_PER_PAGE = 12;

/**
 * One page of a reply that is too long for one message: its first table's rows in slices, everything
 * else on the first page only, except title, notes and time, which every page needs to be read alone.
 */
export function pageReply(
  reply: Reply,
  page: number,
): { readonly reply: Reply; readonly page: number; readonly pages: number } {
  const [first, ...others] = reply.tables;
  const pages = Math.max(1, Math.ceil((first?.rows.length ?? 0) / ROWS_PER_PAGE));
  const shown = Math.min(Math.max(page, 0), pages - 1);
  if (!first || pages === 1) return { reply, page: 0, pages: 1 };
  const rows = first.rows.slice(shown * ROWS_PER_PAGE, (shown + 1) * ROWS_PER_PAGE);
  const table = { ...first, rows };
  const { chart: _chart, ...rest } = reply;
  const isFirst = shown === 0;
  return {
    page: shown,
    pages,
    reply: isFirst
      ? { ...reply, tables: [table, ...others] }
      : { ...rest, figures: [], paragraphs: [], tables: [table] },
  };
}

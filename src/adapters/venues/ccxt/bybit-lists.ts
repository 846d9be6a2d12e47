import { malformed } from './malformed.ts';
import { type RawRecord, textOf } from './raw-record.ts';
import { listAt, recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/** A list Bybit keeps apart: asking for one says nothing of the others. */
export interface BybitList {
  readonly name: string;
  readonly query: RawRecord;
}

/** Linear needs its settle coin named; inverse must not. Without a symbol only open positions come. */
export const BYBIT_LISTS: readonly BybitList[] = [
  { name: 'linear USDT', query: { category: 'linear', settleCoin: 'USDT' } },
  { name: 'linear USDC', query: { category: 'linear', settleCoin: 'USDC' } },
  { name: 'inverse', query: { category: 'inverse' } },
];

/** 200 rows each: a book longer than this is somebody's broken cursor. */
const MOST_PAGES = 50;

export interface PagedCall {
  readonly method: string;
  readonly query: RawRecord;
  readonly limit: number;
  /** What makes two rows the same row. */
  keyOf(row: RawRecord): string;
}

/**
 * Every row behind a cursor. Bybit hands out a cursor with the last page too, and a page may be short
 * in the middle: only a page without new rows, or without a cursor, is the end.
 */
export async function allPages(session: VenueSession, call: PagedCall): Promise<RawRecord[]> {
  const rows = new Map<string, RawRecord>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const position: RawRecord = cursor === null ? {} : { cursor };
    const reply = await session.call(call.method, {
      ...call.query,
      limit: call.limit,
      ...position,
    });
    const before = rows.size;
    for (const row of listAt(reply, 'result', 'list')) rows.set(call.keyOf(row), row);
    const next = textOf(recordAt(reply, 'result'), 'nextPageCursor');
    if (next === null || next === cursor || rows.size === before) return [...rows.values()];
    cursor = next;
  }
  throw malformed('nextPageCursor');
}

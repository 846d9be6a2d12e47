import type { UnreadableRow } from '../../../ports/venue.ts';
import { collectBook } from './collect-book.ts';
import { parseUnifiedPosition } from './generic-position.ts';
import { notOffered } from './not-offered.ts';
import { refuseSilence } from './refuse-silence.ts';
import type { BookReading, VenueSession } from './venue-profile.ts';

/** Venues that keep positions in several lists, and how ccxt is asked for each. */
const LISTS: ReadonlyMap<string, readonly object[]> = new Map<string, readonly object[]>([
  [
    'bitget',
    ['USDT-FUTURES', 'USDC-FUTURES', 'COIN-FUTURES'].map((productType) => ({ productType })),
  ],
  ['gate', ['usdt', 'btc'].map((settle) => ({ settle }))],
]);

/** Venues whose one list holds every settle currency (read in ccxt 4.5.84). */
const ONE_LIST = new Set(['deribit', 'krakenfutures', 'mexc']);

/** Positions of a venue without a profile of its own. Stop orders are not looked for: not known. */
export async function fetchGenericBook(session: VenueSession): Promise<BookReading> {
  const { exchange } = session;
  if (exchange.has['fetchPositions'] !== true) throw notOffered();
  await session.loadMarkets();
  const lists = LISTS.get(session.venue) ?? [{}];
  const answers = await Promise.all(
    lists.map((params) => exchange.fetchPositions(undefined, params)),
  );
  const rows: unknown[] = answers.flat();
  if (rows.length === 0) refuseSilence(session, 'positions');
  const context = { session, observedAt: session.clock.now() };
  const book = collectBook(rows, (row) => parseUnifiedPosition(row, context));
  return {
    book: { ...book, unreadable: [...book.unreadable, ...unaskedLists(session)] },
    stopsError: null,
  };
}

/**
 * A venue with contracts in several settle currencies may keep several lists. Where we do not know
 * that one call shows them all, the book says so instead of passing for whole.
 */
function unaskedLists(session: VenueSession): UnreadableRow[] {
  if (LISTS.has(session.venue) || ONE_LIST.has(session.venue)) return [];
  const settles = new Set(
    Object.values(session.exchange.markets ?? {})
      .filter((market) => market?.contract === true && market.option !== true)
      .map((market) => market?.settle),
  );
  return settles.size > 1 ? [{ symbol: '?', field: 'settle' }] : [];
}

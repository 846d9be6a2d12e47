import { ONE } from '../../../domain/decimal.ts';
import type { Position } from '../../../domain/position.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import {
  type BybitAccountMode,
  bybitMarginMode,
  fetchBybitAccountMode,
} from './bybit-account-mode.ts';
import { allPages, BYBIT_LISTS, type BybitList } from './bybit-lists.ts';
import { bybitLeg, parseBybitRow } from './bybit-position-row.ts';
import { fetchBybitStops } from './bybit-stops.ts';
import { fetchBybitTiers } from './bybit-tiers.ts';
import { classifyError } from './classify-error.ts';
import type { StopOrder } from './full-size-stop.ts';
import { positiveOf, type RawRecord, textOf } from './raw-record.ts';
import type { BookReading, VenueSession } from './venue-profile.ts';

/** Open rows of one of Bybit's lists. */
export interface BybitRows {
  readonly list: BybitList;
  readonly rows: readonly RawRecord[];
}

/** All three lists, flat rows dropped; rows that cannot be read stay in. One failing fails them all. */
export async function fetchBybitRows(session: VenueSession): Promise<BybitRows[]> {
  return Promise.all(
    BYBIT_LISTS.map(async (list) => {
      const rows = await allPages(session, {
        method: 'privateGetV5PositionList',
        query: list.query,
        limit: 200,
        keyOf: (row) => `${row['symbol']} ${row['positionIdx']} ${row['side']}`,
      });
      return { list, rows: rows.filter(isOpen) };
    }),
  );
}

function isOpen(row: RawRecord): boolean {
  const leg = bybitLeg(row);
  return !leg.ok || leg.value !== null;
}

export async function fetchBybitBook(session: VenueSession): Promise<BookReading> {
  const markets = session.loadMarkets();
  // Awaited below, and only by who needs it: flat is flat whatever the market data does.
  markets.catch(() => undefined);
  const [lists, mode] = await Promise.all([
    fetchBybitRows(session),
    // Without it positions are still worth having: their mode and collateral are then not known.
    fetchBybitAccountMode(session).catch(() => null),
  ]);
  if (lists.some(({ rows }) => rows.length > 0)) await markets;
  const observedAt = session.clock.now();
  const readings = await Promise.all(
    lists.map(async (list) => {
      const stops = await stopsFor(session, list);
      const context = { mode, observedAt, stopOrders: stops.orders };
      const rows = await Promise.all(list.rows.map((row) => readRow(session, row, context)));
      return { rows, error: stops.error };
    }),
  );
  const rows = readings.flatMap((reading) => reading.rows);
  return {
    book: {
      positions: rows.filter((row) => 'account' in row),
      unreadable: rows.filter((row) => 'field' in row),
    },
    stopsError: readings.find((reading) => reading.error !== null)?.error ?? null,
  };
}

/** The stop list is asked for only when some row of the list does not carry both prices itself. */
async function stopsFor(
  session: VenueSession,
  { list, rows }: BybitRows,
): Promise<{ orders: StopOrder[] | null; error: VenueError | null }> {
  const isComplete = rows.every(
    (row) => positiveOf(row, 'takeProfit') !== null && positiveOf(row, 'stopLoss') !== null,
  );
  if (isComplete) return { orders: [], error: null };
  try {
    return { orders: await fetchBybitStops(session, list), error: null };
  } catch (thrown) {
    return { orders: null, error: classifyError(thrown) };
  }
}

interface RowContext {
  readonly mode: BybitAccountMode | null;
  readonly stopOrders: readonly StopOrder[] | null;
  readonly observedAt: number;
}

async function readRow(
  session: VenueSession,
  row: RawRecord,
  { mode, stopOrders, observedAt }: RowContext,
): Promise<Position | UnreadableRow> {
  const symbol = textOf(row, 'symbol');
  const market = symbol === null ? null : session.market(symbol);
  if (symbol === null || market === null) return { symbol: symbol ?? '?', field: 'symbol' };
  const brackets = await fetchBybitTiers(session, market);
  const parsed = parseBybitRow(row, {
    account: session.account,
    venue: session.venue,
    // Linear counts base units, inverse US dollars; ccxt takes inverse's smallest order for its size.
    instrument: { ...session.instrument(market, brackets), contractSize: ONE },
    marginMode: bybitMarginMode(mode, row),
    stopOrders,
    observedAt,
  });
  return parsed.ok ? parsed.value : { symbol: market.symbol, field: parsed.error };
}

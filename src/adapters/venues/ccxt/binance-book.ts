import { parseDecimal } from '../../../domain/decimal.ts';
import type { MaintenanceTier, TierUnit } from '../../../domain/instrument.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import { recall } from './account-memory.ts';
import { type BinanceLegFacts, parseBinancePosition } from './binance-position.ts';
import { parseBinanceStops } from './binance-stops.ts';
import { type BinanceTiers, parseBinanceTiers } from './binance-tiers.ts';
import { classifyError } from './classify-error.ts';
import { collectBook } from './collect-book.ts';
import type { StopOrder } from './full-size-stop.ts';
import { listOf, malformed } from './malformed.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import type { BookReading, VenueSession } from './venue-profile.ts';

/** One of Binance's position lists and what belongs to it; names are ccxt's implicit methods. */
export interface BinanceSurface {
  readonly positions: string;
  readonly brackets: string;
  readonly tierUnit: TierUnit;
  readonly stops: string;
}

export type FactsOf = (market: string, side: string) => BinanceLegFacts | null;

export interface BinanceBookPlan {
  readonly surfaces: readonly BinanceSurface[];
  readonly isPortfolio: boolean;
  /** What the rows themselves lack. Must not throw: unknown stays unknown. */
  facts(session: VenueSession, rows: readonly RawRecord[]): Promise<FactsOf>;
}

/** Positions of all surfaces; one that cannot be read fails the whole book, never shortens it. */
export async function readBinanceBook(
  session: VenueSession,
  plan: BinanceBookPlan,
): Promise<BookReading> {
  const open = await Promise.all(plan.surfaces.map((surface) => openRows(session, surface)));
  const observedAt = session.clock.now();
  const rows = open.flatMap((list) => list.rows);
  const [brackets, stops, factsOf] = await Promise.all([
    Promise.all(open.map((list) => bracketsOf(session, list))),
    readStops(session, open),
    plan.facts(session, rows.filter(isRecord)),
    rows.length === 0 ? undefined : session.loadMarkets(),
  ]);
  const { account, venue } = session;
  const shared = { account, venue, observedAt, factsOf, stops: stops.orders };
  const books = open.map((list, at) =>
    collectBook(list.rows, (row) =>
      parseBinancePosition(row, {
        ...shared,
        isPortfolio: plan.isPortfolio,
        instrumentOf(market) {
          const found = session.market(market);
          const tiers = brackets[at]?.get(market) ?? null;
          return found && session.instrument(found, { tiers, tierUnit: list.surface.tierUnit });
        },
      }),
    ),
  );
  const positions = books.flatMap((book) => book.positions);
  const unreadable = books.flatMap((book) => book.unreadable);
  return { book: { positions, unreadable }, stopsError: stops.error };
}

interface OpenRows {
  readonly surface: BinanceSurface;
  readonly rows: readonly unknown[];
}

async function openRows(session: VenueSession, surface: BinanceSurface): Promise<OpenRows> {
  const rows = listOf(await session.call(surface.positions), 'positions');
  return { surface, rows: rows.filter(isOpenBinanceRow) };
}

/** Rows that must become a position or be named; only a certain zero is flat. */
export function isOpenBinanceRow(row: unknown): boolean {
  return !isRecord(row) || parseDecimal(row['positionAmt'])?.isZero() !== true;
}

type Brackets = ReadonlyMap<string, readonly MaintenanceTier[]>;

/**
 * Private, but the same for everybody unless Binance gave this account brackets of its own, so shared
 * by the venue's accounts until one says otherwise.
 */
async function bracketsOf(
  session: VenueSession,
  { surface, rows }: OpenRows,
): Promise<Brackets | null> {
  if (rows.length === 0) return null;
  const load = async (): Promise<BinanceTiers> => {
    const tiers = parseBinanceTiers(await session.call(surface.brackets));
    if (tiers === null) throw malformed('brackets');
    return tiers;
  };
  const shared = await session.tiers(surface.brackets, async () => {
    const tiers = await load();
    return tiers.isPersonal ? null : tiers;
  });
  if (shared !== null) return shared.bySymbol;
  const own = await session.tiers(`${surface.brackets} of ${session.account}`, load);
  return own?.bySymbol ?? null;
}

/** Above this many symbols the whole list (weight 40) is cheaper than one call each (weight 1). */
const ASK_EACH = 20;
const STOPS_FRESH_MS = 15_000;

async function readStops(
  session: VenueSession,
  open: readonly OpenRows[],
): Promise<{ orders: readonly StopOrder[] | null; error: VenueError | null }> {
  try {
    const lists = await Promise.all(
      open.flatMap(({ surface, rows }) =>
        stopScopes(rows).map((scope) =>
          recall(session, {
            key: `${surface.stops} ${scope['symbol'] ?? ''}`,
            freshMs: STOPS_FRESH_MS,
            async load() {
              const orders = parseBinanceStops(await session.call(surface.stops, scope));
              if (orders === null) throw malformed('openAlgoOrders');
              return orders;
            },
          }),
        ),
      ),
    );
    return { orders: lists.flat(), error: null };
  } catch (thrown) {
    return { orders: null, error: classifyError(thrown) };
  }
}

function stopScopes(rows: readonly unknown[]): { readonly symbol?: string }[] {
  const symbols = new Set(
    rows.flatMap((row) => (isRecord(row) ? (textOf(row, 'symbol') ?? []) : [])),
  );
  if (symbols.size > ASK_EACH) return [{}];
  return [...symbols].map((symbol) => ({ symbol }));
}

import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import { money } from '../../../domain/money.ts';
import type { Position, PriceState } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asPrice, asQuantity, asRatio } from '../../../domain/units.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import { collectBook } from './collect-book.ts';
import { asContract } from './contract-market.ts';
import { fetchHyperliquidStates } from './hyperliquid-state.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { BookReading, VenueSession } from './venue-profile.ts';

/** Stop orders are not looked for: not known. */
export async function fetchHyperliquidBook(session: VenueSession): Promise<BookReading> {
  const states = await fetchHyperliquidStates(session);
  const observedAt = session.clock.now();
  const rows = new Map<unknown, RawRecord>();
  for (const { state } of states) {
    for (const entry of listAt(state, 'assetPositions')) {
      const row = isRecord(entry['position']) ? entry['position'] : {};
      // Coins carry their exchange's name (`flx:CRCL`), so a coin is one position.
      rows.set(row['coin'], row);
    }
  }
  const symbols = symbolsByCoin(session);
  const book = collectBook([...rows.values()], (row) =>
    parseRow(row, { session, symbols, observedAt }),
  );
  return { book, stopsError: null };
}

function symbolsByCoin(session: VenueSession): Map<unknown, string> {
  const symbols = new Map<unknown, string>();
  for (const market of Object.values(session.exchange.markets ?? {})) {
    if (market?.swap === true) symbols.set(market.info?.['name'], market.symbol);
  }
  return symbols;
}

interface RowContext {
  readonly session: VenueSession;
  readonly symbols: ReadonlyMap<unknown, string>;
  readonly observedAt: number;
}

/**
 * One row of `clearinghouseState`. An isolated position's `marginUsed` is its value with PnL; what was
 * put in is `marginUsed − unrealizedPnl` (it equals size × entry + `leverage.rawUsd`). The mark price is
 * the venue's own `positionValue ÷ szi`; maintenance is not told per position.
 */
function parseRow(
  row: RawRecord,
  { session, symbols, observedAt }: RowContext,
): Result<Position | null, UnreadableRow> {
  const coin = textOf(row, 'coin') ?? '?';
  const size = parseDecimal(row['szi']);
  if (size === null) return err({ symbol: coin, field: 'szi' });
  if (size.isZero()) return ok(null);
  const market = asContract(session.exchange.markets?.[symbols.get(coin) ?? '']);
  if (market === null) return err({ symbol: coin, field: 'coin' });
  const instrument = session.instrument(market, { tiers: null, tierUnit: 'quote' });
  const terms = isRecord(row['leverage']) ? row['leverage'] : {};
  const isIsolated = terms['type'] === 'isolated';
  const amount = (value: Decimal | null) => (value ? money(value, instrument.settle) : null);
  const [value, used, pnl] = ['positionValue', 'marginUsed', 'unrealizedPnl'].map((field) =>
    parseDecimal(row[field]),
  ) as [Decimal | null, Decimal | null, Decimal | null];
  const assigned = used && pnl ? used.minus(pnl) : null;
  const mark = value?.div(size.abs()) ?? null;
  const entry = positiveOf(row, 'entryPx');
  const leverage = positiveOf(terms, 'value');
  return ok({
    account: session.account,
    venue: session.venue,
    instrument,
    side: size.isNegative() ? 'short' : 'long',
    quantity: asQuantity(size.abs()),
    contracts: size.abs(),
    entryPrice: entry === null ? null : asPrice(entry),
    markPrice: mark === null ? null : asPrice(mark),
    venueNotionalUsd: value,
    leverage: leverage === null ? null : asRatio(leverage),
    marginMode: isIsolated ? 'isolated' : terms['type'] === 'cross' ? 'cross' : null,
    collateral: isIsolated ? amount(assigned) : null,
    initialMargin: isIsolated ? amount(assigned) : amount(used),
    maintenanceMargin: null,
    unrealizedPnl: amount(pnl),
    liquidation: liquidationOf(row),
    takeProfit: { kind: 'unknown' },
    stopLoss: { kind: 'unknown' },
    venueRatio: null,
    venueId: null,
    observedAt,
    venueUpdatedAt: null,
  });
}

/** null is Hyperliquid's "there is none". */
function liquidationOf(row: RawRecord): PriceState {
  const price = positiveOf(row, 'liquidationPx');
  if (price) return { kind: 'price', price: asPrice(price) };
  return { kind: row['liquidationPx'] === null ? 'none' : 'unknown' };
}

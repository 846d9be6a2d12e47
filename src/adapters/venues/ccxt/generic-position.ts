import { parseDecimal } from '../../../domain/decimal.ts';
import { isDollar, money } from '../../../domain/money.ts';
import type { MarginMode, Position, PriceState } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asPrice, asRatio } from '../../../domain/units.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import { baseQuantity } from './base-quantity.ts';
import { asContract } from './contract-market.ts';
import { isRecord, positiveOf, type RawRecord, textOf, timeOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';

export interface UnifiedContext {
  readonly session: VenueSession;
  readonly observedAt: number;
}

const MODES: ReadonlyMap<unknown, MarginMode> = new Map([
  ['cross', 'cross'],
  ['isolated', 'isolated'],
]);

/**
 * ccxt's unified position, null when flat. Its `marginRatio` and `percentage` are not read (direction
 * and rounding differ by venue), nor its `collateral` (with or without PnL, by venue).
 */
export function parseUnifiedPosition(
  row: unknown,
  { session, observedAt }: UnifiedContext,
): Result<Position | null, UnreadableRow> {
  const record: RawRecord = isRecord(row) ? row : {};
  const symbol = textOf(record, 'symbol') ?? '?';
  const contracts = parseDecimal(record['contracts'])?.abs() ?? null;
  if (contracts === null) return err({ symbol, field: 'contracts' });
  if (contracts.isZero()) return ok(null);
  const market = asContract(session.exchange.markets?.[symbol]);
  if (market === null) return err({ symbol, field: 'symbol' });
  const side = record['side'];
  if (side !== 'long' && side !== 'short') return err({ symbol, field: 'side' });

  const instrument = session.instrument(market, { tiers: null, tierUnit: 'quote' });
  const inSettle = (field: string) => {
    const amount = parseDecimal(record[field]);
    return amount === null ? null : money(amount, instrument.settle);
  };
  const priceOf = (field: string) => {
    const price = positiveOf(record, field);
    return price === null ? null : asPrice(price);
  };
  const stateOf = (field: string): PriceState => {
    const price = priceOf(field);
    return price === null ? { kind: 'unknown' } : { kind: 'price', price };
  };
  const markPrice = priceOf('markPrice');
  const leverage = positiveOf(record, 'leverage');
  const isInDollars = instrument.kind === 'linear' && isDollar(instrument.settle);
  return ok({
    account: session.account,
    venue: session.venue,
    instrument,
    side,
    quantity: baseQuantity(instrument, contracts, markPrice),
    contracts,
    entryPrice: priceOf('entryPrice'),
    markPrice,
    venueNotionalUsd: isInDollars ? (parseDecimal(record['notional'])?.abs() ?? null) : null,
    leverage: leverage === null ? null : asRatio(leverage),
    marginMode: MODES.get(record['marginMode']) ?? null,
    collateral: null,
    initialMargin: inSettle('initialMargin'),
    maintenanceMargin: inSettle('maintenanceMargin'),
    unrealizedPnl: inSettle('unrealizedPnl'),
    liquidation: stateOf('liquidationPrice'),
    takeProfit: stateOf('takeProfitPrice'),
    stopLoss: stateOf('stopLossPrice'),
    venueRatio: null,
    venueId: textOf(record, 'id'),
    observedAt,
    venueUpdatedAt: timeOf(record, 'lastUpdateTimestamp'),
  });
}

import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { money } from '../../../domain/money.ts';
import type { MarginMode, Position, PriceState, Side } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type AccountId, asPrice, asRatio } from '../../../domain/units.ts';
import { adlShare } from './adl-share.ts';
import { baseQuantity } from './base-quantity.ts';
import { fullSizeStop, type StopOrder } from './full-size-stop.ts';
import { priceOrNone } from './price-or-none.ts';
import { garbledOf, positiveOf, type RawRecord, timeOf } from './raw-record.ts';

export interface BybitRowContext {
  readonly account: AccountId;
  readonly venue: string;
  readonly instrument: Instrument;
  readonly marginMode: MarginMode | null;
  /** Of the row's list; null when they could not be read. */
  readonly stopOrders: readonly StopOrder[] | null;
  readonly observedAt: number;
}

const SIDES: ReadonlyMap<unknown, Side> = new Map([
  ['Buy', 'long'],
  ['Sell', 'short'],
]);

const FIGURES = [
  ...['avgPrice', 'markPrice', 'leverage', 'liqPrice', 'takeProfit', 'stopLoss'],
  ...['positionIM', 'positionMM', 'positionBalance', 'unrealisedPnl'],
];

/** Side and size of a row, null for a flat one: hedge mode keeps a row of size zero for each side. */
export function bybitLeg(
  row: RawRecord,
): Result<{ readonly side: Side; readonly size: Decimal } | null, string> {
  const size = parseDecimal(row['size']);
  if (size === null || size.isNegative()) return err('size');
  if (size.isZero()) return ok(null);
  const side = SIDES.get(row['side']);
  return side === undefined ? err('side') : ok({ side, size });
}

/**
 * One open position from its row of v5/position/list, in the venue's own digits, or the field that
 * cannot be read. '' means "does not apply": null, and for the liquidation price `none`. ccxt's unified
 * figures are not used: it replaces `positionMM` by one of its own (specs of ccxt, `parsePosition`).
 */
export function parseBybitRow(row: RawRecord, context: BybitRowContext): Result<Position, string> {
  const leg = bybitLeg(row);
  if (!leg.ok) return leg;
  if (leg.value === null) return err('size');
  const unreadable = garbledOf(row, FIGURES);
  if (unreadable !== null) return err(unreadable);

  const { instrument, marginMode } = context;
  const { side, size } = leg.value;
  const inSettle = (field: string) => {
    const amount = parseDecimal(row[field]);
    return amount === null ? null : money(amount, instrument.settle);
  };
  const mark = positiveOf(row, 'markPrice');
  const entry = positiveOf(row, 'avgPrice');
  const leverage = positiveOf(row, 'leverage');
  const stop = (field: string, kind: StopOrder['kind']): PriceState => {
    const price = positiveOf(row, field);
    if (price) return { kind: 'price', price: asPrice(price) };
    const target = { market: String(row['symbol']), side, contracts: size, marginMode };
    return fullSizeStop(context.stopOrders, target, kind);
  };
  return ok({
    account: context.account,
    venue: context.venue,
    instrument,
    side,
    // Inverse sizes are US dollars of face value.
    quantity: baseQuantity(instrument, size, mark),
    contracts: size,
    entryPrice: entry === null ? null : asPrice(entry),
    markPrice: mark === null ? null : asPrice(mark),
    // `positionValue` is size × entry price: not what the position is worth now.
    venueNotionalUsd: null,
    leverage: leverage === null ? null : asRatio(leverage),
    marginMode,
    collateral: marginMode === 'isolated' ? inSettle('positionBalance') : null,
    initialMargin: inSettle('positionIM'),
    maintenanceMargin: inSettle('positionMM'),
    unrealizedPnl: inSettle('unrealisedPnl'),
    liquidation: priceOrNone(row['liqPrice']),
    takeProfit: stop('takeProfit', 'takeProfit'),
    stopLoss: stop('stopLoss', 'stopLoss'),
    venueRatio: null,
    adlShare: adlShare(row['adlRankIndicator'], 1),
    venueId: null,
    observedAt: context.observedAt,
    venueUpdatedAt: timeOf(row, 'updatedTime'),
  });
}

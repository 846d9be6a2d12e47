import { type Decimal, ONE, parseDecimal } from '../../../domain/decimal.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { type Money, money } from '../../../domain/money.ts';
import type {
  MarginMode,
  Position,
  PriceState,
  Side,
  VenueRatio,
} from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type AccountId, asPrice, asRatio } from '../../../domain/units.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import { adlShare } from './adl-share.ts';
import { baseQuantity } from './base-quantity.ts';
import { fullSizeStop, type StopOrder } from './full-size-stop.ts';
import { parseAttachedStops } from './okx-stops.ts';
import { priceOrNone } from './price-or-none.ts';
import { garbledOf, isRecord, positiveOf, type RawRecord, textOf, timeOf } from './raw-record.ts';

export interface OkxRowContext {
  readonly account: AccountId;
  readonly venue: string;
  readonly observedAt: number;
  /** In portfolio margin mode a cross position belongs to the portfolio. */
  readonly isPortfolio: boolean;
  instrumentOf(market: string, mode: 'cross' | 'isolated'): Instrument | null;
  /** Null when the algo orders could not be read. */
  readonly stops: readonly StopOrder[] | null;
}

const FIGURES = [
  ...['avgPx', 'markPx', 'lever', 'liqPx', 'notionalUsd', 'margin'],
  ...['imr', 'mmr', 'upl', 'mgnRatio'],
];

/**
 * One row of `account/positions`. A flat row is null. Margin loans and options are exposure that is
 * not understood here, so they are named rather than dropped.
 */
export function parseOkxPosition(
  row: unknown,
  context: OkxRowContext,
): Result<Position | null, UnreadableRow> {
  if (!isRecord(row)) return err({ symbol: '?', field: 'row' });
  const market = textOf(row, 'instId');
  const size = parseDecimal(row['pos']);
  if (size === null) return err({ symbol: market ?? '?', field: 'pos' });
  if (size.isZero()) return ok(null);
  if (market === null) return err({ symbol: '?', field: 'instId' });
  const type = row['instType'];
  if (type !== 'SWAP' && type !== 'FUTURES') return err({ symbol: market, field: 'instType' });
  const mode = row['mgnMode'];
  if (mode !== 'cross' && mode !== 'isolated') return err({ symbol: market, field: 'mgnMode' });
  const side = sideOfOkxRow(row, size);
  if (side === null) return err({ symbol: market, field: 'posSide' });
  const garbled = garbledOf(row, FIGURES);
  if (garbled !== null) return err({ symbol: market, field: garbled });
  const instrument = context.instrumentOf(market, mode);
  if (instrument === null) return err({ symbol: market, field: 'instId' });
  return ok(positionOf({ row, market, instrument, side, contracts: size.abs(), mode }, context));
}

interface Leg {
  readonly row: RawRecord;
  readonly market: string;
  readonly instrument: Instrument;
  readonly side: Side;
  readonly contracts: Decimal;
  readonly mode: 'cross' | 'isolated';
}

function positionOf(leg: Leg, context: OkxRowContext): Position {
  const { row, instrument, side, contracts, mode } = leg;
  const isIsolated = mode === 'isolated';
  const inSettle = (amount: Decimal | null): Money | null =>
    amount === null ? null : money(amount, instrument.settle);
  const margin = isIsolated ? parseDecimal(row['margin']) : null;
  const mark = positiveOf(row, 'markPx');
  const entry = positiveOf(row, 'avgPx');
  const leverage = positiveOf(row, 'lever');
  return {
    account: context.account,
    venue: context.venue,
    instrument,
    side,
    quantity: baseQuantity(instrument, contracts, mark),
    contracts,
    entryPrice: entry === null ? null : asPrice(entry),
    markPrice: mark === null ? null : asPrice(mark),
    venueNotionalUsd: parseDecimal(row['notionalUsd'])?.abs() ?? null,
    leverage: leverage === null ? null : asRatio(leverage),
    marginMode: marginModeOf(mode, context.isPortfolio),
    collateral: inSettle(margin),
    // `imr` is empty on isolated positions: what was put in is what was required.
    initialMargin: inSettle(parseDecimal(row['imr']) ?? margin),
    maintenanceMargin: inSettle(parseDecimal(row['mmr'])),
    unrealizedPnl: inSettle(parseDecimal(row['upl'])),
    liquidation: priceOrNone(row['liqPx']),
    takeProfit: stopOf(leg, context.stops, 'takeProfit'),
    stopLoss: stopOf(leg, context.stops, 'stopLoss'),
    venueRatio: okxRatio(row['mgnRatio']),
    adlShare: adlShare(row['adl'], 1),
    venueId: textOf(row, 'posId'),
    observedAt: context.observedAt,
    venueUpdatedAt: timeOf(row, 'uTime'),
  };
}

/** Equity ÷ (maintenance + liquidation fees): the danger is below, liquidation at 1. */
export function okxRatio(raw: unknown): VenueRatio | null {
  const value = parseDecimal(raw);
  return value && { name: 'mgnRatio', value, direction: 'down', liquidatesAt: ONE };
}

/** Net mode carries the direction in the sign; long/short mode in posSide, whatever the sign. */
export function sideOfOkxRow(row: RawRecord, size: Decimal): Side | null {
  const posSide = row['posSide'];
  if (posSide === 'long' || posSide === 'short') return posSide;
  return posSide === 'net' ? (size.isNegative() ? 'short' : 'long') : null;
}

function marginModeOf(mode: 'cross' | 'isolated', isPortfolio: boolean): MarginMode {
  return isPortfolio && mode === 'cross' ? 'portfolio' : mode;
}

/**
 * Attached stops are part of the row, so they are known even when the order list is not; that none is
 * attached proves nothing then.
 */
function stopOf(
  leg: Leg,
  pending: readonly StopOrder[] | null,
  kind: StopOrder['kind'],
): PriceState {
  const { market, side, contracts, mode } = leg;
  const attached = parseAttachedStops(leg.row, { market, closes: side });
  const orders = [...(pending ?? []), ...attached];
  const state = fullSizeStop(orders, { market, side, contracts, marginMode: mode }, kind);
  return pending === null && state.kind === 'none' ? { kind: 'unknown' } : state;
}

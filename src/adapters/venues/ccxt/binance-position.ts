import { type Decimal, parseDecimal } from '../../../domain/decimal.ts';
import type { Instrument } from '../../../domain/instrument.ts';
import { isDollar, type Money, money } from '../../../domain/money.ts';
import type { MarginMode, Position, Side } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { type AccountId, asPrice, asRatio } from '../../../domain/units.ts';
import type { UnreadableRow } from '../../../ports/venue.ts';
import { adlShare } from './adl-share.ts';
import { baseQuantity } from './base-quantity.ts';
import { fullSizeStop, type StopOrder } from './full-size-stop.ts';
import { priceOrNone } from './price-or-none.ts';
import { garbledOf, isRecord, positiveOf, type RawRecord, textOf, timeOf } from './raw-record.ts';

/** What Binance says about a symbol or a leg in another call than the position list. */
export interface BinanceLegFacts {
  readonly leverage: Decimal | null;
  readonly marginMode: 'cross' | 'isolated' | null;
  readonly initialMargin: Decimal | null;
  readonly maintenanceMargin: Decimal | null;
}

export interface BinanceRowContext {
  readonly account: AccountId;
  readonly venue: string;
  readonly observedAt: number;
  /** Portfolio margin has one pool: no row is cross or isolated there. */
  readonly isPortfolio: boolean;
  instrumentOf(market: string): Instrument | null;
  /** `side` as the venue writes it: BOTH, LONG, SHORT. */
  factsOf(market: string, side: string): BinanceLegFacts | null;
  /** Null when the stop orders could not be read. */
  readonly stops: readonly StopOrder[] | null;
}

const FIGURES = [
  ...['entryPrice', 'markPrice', 'leverage', 'liquidationPrice', 'notional', 'isolatedWallet'],
  ...['positionInitialMargin', 'initialMargin', 'maintMargin', 'unRealizedProfit'],
];

/**
 * One row of positionRisk: fapi v3 (no leverage), dapi v1 (values in coin, no margins),
 * papi um and cm (no margins, no mode). A flat row is null; a row that cannot be read is named.
 */
export function parseBinancePosition(
  row: unknown,
  context: BinanceRowContext,
): Result<Position | null, UnreadableRow> {
  if (!isRecord(row)) return err({ symbol: '?', field: 'row' });
  const market = textOf(row, 'symbol');
  const amount = parseDecimal(row['positionAmt']);
  if (amount === null) return err({ symbol: market ?? '?', field: 'positionAmt' });
  if (amount.isZero()) return ok(null);
  if (market === null) return err({ symbol: '?', field: 'symbol' });
  const instrument = context.instrumentOf(market);
  if (instrument === null) return err({ symbol: market, field: 'symbol' });
  const side = sideOf(row, amount);
  if (side === null) return err({ symbol: market, field: 'positionSide' });
  const garbled = garbledOf(row, FIGURES);
  if (garbled !== null) return err({ symbol: market, field: garbled });
  return ok(positionOf({ row, market, instrument, side, contracts: amount.abs() }, context));
}

interface Leg {
  readonly row: RawRecord;
  readonly market: string;
  readonly instrument: Instrument;
  readonly side: Side;
  readonly contracts: Decimal;
}

function positionOf(leg: Leg, context: BinanceRowContext): Position {
  const { row, market, instrument, side, contracts } = leg;
  const facts = context.factsOf(market, textOf(row, 'positionSide') ?? 'BOTH');
  const marginMode = context.isPortfolio ? 'portfolio' : marginModeOf(row, facts);
  const inSettle = (amount: Decimal | null): Money | null =>
    amount === null ? null : money(amount, instrument.settle);
  const mark = positiveOf(row, 'markPrice');
  const entry = positiveOf(row, 'entryPrice');
  const leverage = positiveOf(row, 'leverage') ?? facts?.leverage ?? null;
  const stopped = { market, side, contracts, marginMode };
  return {
    account: context.account,
    venue: context.venue,
    instrument,
    side,
    quantity: baseQuantity(instrument, contracts, mark),
    contracts,
    entryPrice: entry === null ? null : asPrice(entry),
    markPrice: mark === null ? null : asPrice(mark),
    venueNotionalUsd: notionalUsdOf(row, instrument),
    leverage: leverage === null ? null : asRatio(leverage),
    marginMode,
    collateral: marginMode === 'isolated' ? inSettle(parseDecimal(row['isolatedWallet'])) : null,
    initialMargin: inSettle(initialMarginOf(row) ?? facts?.initialMargin ?? null),
    // Never ccxt's unified figure: it is rate × notional and forgets the bracket's `cum`.
    maintenanceMargin: inSettle(
      parseDecimal(row['maintMargin']) ?? facts?.maintenanceMargin ?? null,
    ),
    unrealizedPnl: inSettle(parseDecimal(row['unRealizedProfit'])),
    liquidation: priceOrNone(row['liquidationPrice']),
    takeProfit: fullSizeStop(context.stops, stopped, 'takeProfit'),
    stopLoss: fullSizeStop(context.stops, stopped, 'stopLoss'),
    venueRatio: null,
    adlShare: adlShare(row['adl'], 0),
    venueId: null,
    observedAt: context.observedAt,
    venueUpdatedAt: timeOf(row, 'updateTime'),
  };
}

/** Of the position alone where the row tells it apart from its resting orders. */
function initialMarginOf(row: RawRecord): Decimal | null {
  return parseDecimal(row['positionInitialMargin']) ?? parseDecimal(row['initialMargin']);
}

/** One-way rows (BOTH) carry the direction in the sign; hedge rows in positionSide. */
function sideOf(row: RawRecord, amount: Decimal): Side | null {
  switch (row['positionSide']) {
    case 'LONG':
      return 'long';
    case 'SHORT':
      return 'short';
    case 'BOTH':
      return amount.isNegative() ? 'short' : 'long';
    default:
      return null;
  }
}

/** The row's own evidence is live; the symbol configuration may be an hour old, so it comes second. */
function marginModeOf(row: RawRecord, facts: BinanceLegFacts | null): MarginMode | null {
  const said = textOf(row, 'marginType')?.toLowerCase();
  if (said === 'cross' || said === 'isolated') return said;
  const wallet = parseDecimal(row['isolatedWallet']);
  if (wallet !== null && !wallet.isZero()) return 'isolated';
  return facts?.marginMode ?? (wallet === null ? null : 'cross');
}

/** COIN-M reports its notional in coin, and BTC-quoted USD-M contracts in BTC: no dollars there. */
function notionalUsdOf(row: RawRecord, instrument: Instrument): Decimal | null {
  if (instrument.kind !== 'linear' || !isDollar(instrument.settle)) return null;
  return parseDecimal(row['notional'])?.abs() ?? null;
}

import { type Decimal, dec, parseDecimal } from '../../../domain/decimal.ts';
import type { StopsState } from '../../../domain/stops.ts';
import { asRatio, type Price } from '../../../domain/units.ts';
import { closedSide, parseBinanceStop } from './binance-stops.ts';
import type { BinanceLeg, BinanceWriteSurface } from './binance-write-surface.ts';
import { listOf, malformed } from './malformed.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';
import { rungOf, type StopKind } from './write-rungs.ts';

/** A conditional order that closes the leg or a part of it. */
export interface BinanceStanding {
  readonly id: string;
  readonly kind: StopKind | 'trailing';
  /** Null: a trailing stop. */
  readonly price: Price | null;
  /** Null: the whole position, whatever its size then. */
  readonly contracts: Decimal | null;
  /** Share of the price that a trailing stop follows behind; else null. */
  readonly rate: Decimal | null;
  readonly row: RawRecord;
}

const PERCENT = dec('100');

/** Asked anew, past the memory that the reader keeps for some seconds. */
export async function fetchBinanceStanding(
  session: VenueSession,
  { stops }: BinanceWriteSurface,
  leg: BinanceLeg,
): Promise<BinanceStanding[]> {
  const rows = listOf(await session.call(stops.list, { symbol: leg.market.id }), 'stops');
  return rows.flatMap((row) => {
    if (!isRecord(row)) throw malformed('stops');
    return closes(row, leg) ? (standingOf(row) ?? []) : [];
  });
}

/**
 * In one-way mode only what cannot open: a plain order in the closing direction may be somebody's entry,
 * and is neither shown as a stop nor ever cancelled.
 */
function closes(row: RawRecord, { market, side, positionSide }: BinanceLeg): boolean {
  if (textOf(row, 'symbol') !== market.id || closedSide(row) !== side) return false;
  return (
    positionSide.positionSide !== undefined ||
    isTrue(row, 'closePosition') ||
    isTrue(row, 'reduceOnly')
  );
}

export function isTrue(row: RawRecord, field: string): boolean {
  return row[field] === true || row[field] === 'true';
}

/** Null: neither a stop nor a take-profit nor a trailing stop. */
function standingOf(row: RawRecord): BinanceStanding | null {
  const id = idOf(row);
  const isTrailing =
    (textOf(row, 'orderType') ?? textOf(row, 'strategyType')) === 'TRAILING_STOP_MARKET';
  if (isTrailing) {
    const rate = positiveOf(row, 'callbackRate') ?? positiveOf(row, 'priceRate');
    const contracts = parseDecimal(row['quantity']) ?? parseDecimal(row['origQty']);
    if (rate === null || contracts === null) throw malformed('callbackRate');
    return { id, kind: 'trailing', price: null, contracts, rate: rate.div(PERCENT), row };
  }
  const stop = parseBinanceStop(row);
  if (stop === null) return null;
  return {
    id,
    kind: stop.kind,
    price: stop.triggerPrice,
    contracts: stop.contracts,
    rate: null,
    row,
  };
}

function idOf(row: RawRecord): string {
  const id = row['algoId'] ?? row['strategyId'];
  if (typeof id !== 'number' && typeof id !== 'string') throw malformed('algoId');
  return String(id);
}

export function stopsOfStanding(standing: readonly BinanceStanding[], size: Decimal): StopsState {
  const rungs = (kind: StopKind) =>
    standing.flatMap((each) =>
      each.kind === kind && each.price !== null ? [rungOf(each.price, each.contracts, size)] : [],
    );
  const rate = standing.find(({ kind }) => kind === 'trailing')?.rate ?? null;
  return {
    takeProfit: rungs('takeProfit'),
    stopLoss: rungs('stopLoss'),
    trailing: rate === null ? null : asRatio(rate),
  };
}

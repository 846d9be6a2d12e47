import { parseDecimal } from '../../../domain/decimal.ts';
import { asPrice } from '../../../domain/units.ts';
import type { StopOrder } from './full-size-stop.ts';
import { isRecord, positiveOf, type RawRecord, textOf } from './raw-record.ts';

/**
 * Take-profit and stop-loss orders from `trade/orders-algo-pending` with ordType `conditional,oco`.
 * Without an ordType OKX lists only plain triggers. One row may hold both prices.
 */
export function parseOkxStops(rows: readonly unknown[]): StopOrder[] {
  return rows.flatMap((row) => {
    const market = isRecord(row) ? textOf(row, 'instId') : null;
    const closes = isRecord(row) ? closedSide(row) : null;
    if (!isRecord(row) || market === null || closes === null) return [];
    const mode = row['tdMode'];
    const marginMode = mode === 'cross' || mode === 'isolated' ? mode : null;
    return stopsOf(row, { market, closes, marginMode });
  });
}

/**
 * Stops attached to a position on the venue's own screen appear in its `closeOrderAlgo`, for certain;
 * `leg` says what they belong to.
 */
export function parseAttachedStops(
  position: RawRecord,
  leg: Pick<StopOrder, 'market' | 'closes'>,
): StopOrder[] {
  const attached = position['closeOrderAlgo'];
  if (!Array.isArray(attached)) return [];
  return attached.flatMap((row) =>
    isRecord(row) ? stopsOf(row, { ...leg, marginMode: null }) : [],
  );
}

function stopsOf(
  row: RawRecord,
  leg: Pick<StopOrder, 'market' | 'closes' | 'marginMode'>,
): StopOrder[] {
  const size = parseDecimal(row['sz']);
  const isWhole = parseDecimal(row['closeFraction'])?.gte(1) === true;
  if (!isWhole && size === null) return [];
  const contracts = isWhole ? null : size;
  const stops: StopOrder[] = [];
  const takeProfit = positiveOf(row, 'tpTriggerPx');
  const stopLoss = positiveOf(row, 'slTriggerPx');
  if (takeProfit)
    stops.push({ ...leg, contracts, kind: 'takeProfit', triggerPrice: asPrice(takeProfit) });
  if (stopLoss)
    stops.push({ ...leg, contracts, kind: 'stopLoss', triggerPrice: asPrice(stopLoss) });
  return stops;
}

/** In long/short mode a sell on the short side opens; it protects nothing. */
export function closedSide(row: RawRecord): StopOrder['closes'] | null {
  const bySide = row['side'] === 'sell' ? 'long' : row['side'] === 'buy' ? 'short' : null;
  const posSide = textOf(row, 'posSide') ?? 'net';
  return posSide === 'net' || posSide === bySide ? bySide : null;
}

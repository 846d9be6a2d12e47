import { parseDecimal } from '../../../domain/decimal.ts';
import type { Candle, CandleInterval, CandleQuery } from '../../../ports/market-data.ts';

export const INTERVAL_MS: Readonly<Record<CandleInterval, number>> = {
  '1d': 86_400_000,
  '1h': 3_600_000,
};

/** Our clock may be ahead of the venue's: a candle is believed to be closed this long after its end. */
const GRACE_MS = 10_000;

/** A row as venues write it: open time, open, high, low, close; what follows is ignored. */
export type CandleRow = readonly unknown[];

/**
 * The closed candles of the asked span, ascending, one per open time. Rows off the UTC grid, still
 * running, or that are not four positive prices in order, are left out.
 */
export function closedCandles(
  rows: Iterable<CandleRow>,
  { interval, from, to }: Pick<CandleQuery, 'interval' | 'from' | 'to'>,
  now: number,
): Candle[] {
  const lengthMs = INTERVAL_MS[interval];
  const byTime = new Map<number, Candle>();
  for (const row of rows) {
    const candle = candleOf(row);
    if (candle === null) continue;
    const { openTime } = candle;
    const isClosed = openTime + lengthMs + GRACE_MS <= now;
    if (!isClosed || openTime % lengthMs !== 0 || openTime < from || openTime >= to) continue;
    byTime.set(openTime, candle);
  }
  return [...byTime.values()].sort((a, b) => a.openTime - b.openTime);
}

function candleOf([time, ...prices]: CandleRow): Candle | null {
  const openTime = positive(time);
  const [open, high, low, close] = prices.slice(0, 4).map(positive);
  if (!openTime || !open || !high || !low || !close) return null;
  const isInOrder = low <= Math.min(open, close) && high >= Math.max(open, close);
  return isInOrder ? { openTime, open, high, low, close } : null;
}

/** As a double: candles are for statistics. */
function positive(raw: unknown): number | null {
  const value = parseDecimal(raw);
  return value?.gt(0) ? value.toNumber() : null;
}

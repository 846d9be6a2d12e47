import type { CandleSeries } from './candle-series.ts';

export interface DailyReturns {
  readonly days: Int32Array;
  readonly values: Float64Array;
}

/**
 * `simple`: close ÷ close of the day before − 1, in which profit is linear. `log`: its logarithm, which adds
 * up over days.
 */
export type ReturnKind = 'simple' | 'log';

/**
 * Close-to-close returns, oldest first. A day whose day before is missing has none: the move over a hole
 * is not a one-day move, and a zero would invent a calm day.
 */
export function dailyReturns({ candles }: CandleSeries, kind: ReturnKind): DailyReturns {
  const days: number[] = [];
  const values: number[] = [];
  candles.forEach(({ day, close }, index) => {
    const before = candles[index - 1];
    if (before?.day !== day - 1) return;
    days.push(day);
    values.push(kind === 'log' ? Math.log(close / before.close) : close / before.close - 1);
  });
  return { days: Int32Array.from(days), values: Float64Array.from(values) };
}

import type { CandleSeries } from './candle-series.ts';

export interface DailyReturn {
  readonly day: number;
  /** ln(close ÷ close of the day before). */
  readonly value: number;
}

/**
 * Close-to-close returns, oldest first. A day whose day before is missing has none: the move over a hole
 * is not a one-day move, and a zero would invent a calm day.
 */
export function logReturns({ candles }: CandleSeries): DailyReturn[] {
  return candles.flatMap(({ day, close }, index) => {
    const before = candles[index - 1];
    return before?.day === day - 1 ? [{ day, value: Math.log(close / before.close) }] : [];
  });
}

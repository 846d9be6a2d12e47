import type { DailyCandle } from './candle-series.ts';

/**
 * Variance of one day from its range, (ln(H ÷ L))² ÷ (4 ln 2): five times as precise as the squared return
 * when prices trade all day (Parkinson, Journal of Business 53, 1980). Blind to a gap over night.
 */
export function parkinsonVariance({ high, low }: Pick<DailyCandle, 'high' | 'low'>): number {
  return Math.log(high / low) ** 2 / (4 * Math.LN2);
}

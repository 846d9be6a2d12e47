import { ewmaVariancePath } from '../statistics/ewma.ts';
import { parkinsonVariance } from '../statistics/parkinson.ts';
import type { Bar } from './bar.ts';

/**
 * Volatility of one bar, forecast *for* each bar from the ranges before it (EWMA of Parkinson variances);
 * one more item than bars, the last for the bar to come. The first is no forecast.
 */
export function rangeVolatilityPath(bars: readonly Bar[]): Float64Array {
  const ranges = bars.map((bar) => Math.sqrt(parkinsonVariance(bar)));
  return ewmaVariancePath(ranges).map(Math.sqrt);
}

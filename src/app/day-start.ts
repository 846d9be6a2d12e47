import { DAY_MS, utcDay } from '../risk/statistics/candle-series.ts';

/** The first moment of the UTC day. */
export function dayStart(now: number): number {
  return utcDay(now) * DAY_MS;
}

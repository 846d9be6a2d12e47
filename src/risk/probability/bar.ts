import type { CandleSeries } from '../statistics/candle-series.ts';

/** One sound candle of any length; `index` counts lengths since 1970, so neighbours differ by one. */
export interface Bar {
  readonly index: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** One hour of prices, in doubles. */
export interface HourlyCandle {
  /** Hours since 1970-01-01 00:00 UTC. */
  readonly hour: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export function dailyBars({ candles }: CandleSeries): Bar[] {
  return candles.map(({ day, high, low, close }) => ({ index: day, high, low, close }));
}

/** In order, each hour once; rows that are not four positive prices in order are left out, as holes. */
export function hourlyBars(candles: readonly HourlyCandle[]): Bar[] {
  const byHour = new Map<number, Bar>();
  for (const { hour, open, high, low, close } of candles) {
    const isPositive = [open, high, low, close].every((x) => Number.isFinite(x) && x > 0);
    const isOrdered = low <= Math.min(open, close) && high >= Math.max(open, close);
    if (isPositive && isOrdered && Number.isInteger(hour) && !byHour.has(hour)) {
      byHour.set(hour, { index: hour, high, low, close });
    }
  }
  return [...byHour.values()].sort((a, b) => a.index - b.index);
}

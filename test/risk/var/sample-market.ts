import type { CandleSeries, DailyCandle } from '../../../src/risk/statistics/candle-series.ts';
import { candleSeries } from '../../../src/risk/statistics/candle-series.ts';
import { seededNormals } from '../statistics/seeded-normals.ts';

/** The last closed day of every sample series. */
export const LAST_DAY = 20_000;

/**
 * Daily candles that end with LAST_DAY: `beta` times one common market plus noise of its own, 3 % a day or so.
 * The same seed and market for every call, so two series of one beta differ by their noise only.
 */
export function sampleSeries(
  asset: string,
  days: number,
  { beta = 1, noise = 0.01, seed = 1 }: { beta?: number; noise?: number; seed?: number } = {},
): CandleSeries {
  const common = seededNormals(99);
  const own = seededNormals(seed);
  const market = Array.from({ length: 2000 }, () => 0.03 * common()).slice(-days);
  let close = 100;
  const rows = market.map((move, i): DailyCandle => {
    close *= Math.max(1 + beta * move + noise * own(), 0.05);
    return { day: LAST_DAY - days + 1 + i, open: close, high: close, low: close, close };
  });
  return candleSeries(asset, rows);
}

export function without(series: CandleSeries, isHole: (day: number) => boolean): CandleSeries {
  return candleSeries(
    series.asset,
    series.candles.filter(({ day }) => !isHole(day)),
  );
}

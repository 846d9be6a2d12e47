import type { CandleSeries } from '../risk/statistics/candle-series.ts';
import { candleSeries, utcDay } from '../risk/statistics/candle-series.ts';
import type { MarketHistory } from './market-history.ts';

/** Closed UTC days of an asset, as far as they are in memory; null: none. */
export function dailySeries(
  history: Pick<MarketHistory, 'candles'>,
  asset: string,
): CandleSeries | null {
  const found = history.candles(asset, '1d');
  if (!found.ok) return null;
  const days = found.value.candles.map((candle) => ({ ...candle, day: utcDay(candle.openTime) }));
  return candleSeries(asset, days);
}

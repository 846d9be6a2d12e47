import type { CandleSeries } from '../statistics/candle-series.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { ewmaVariancePath } from '../statistics/ewma.ts';
import type { Garch } from '../statistics/garch.ts';
import { garchVariancePath } from '../statistics/garch.ts';
import { standardizedResiduals } from '../statistics/residuals.ts';
import { fitWindow } from './filters.ts';
import type { OmissionReason } from './var-answer.ts';

/** Residual days an asset must have of its own to be in a model at all. */
export const MIN_OWN_DAYS = 30;
/** An asset whose last candle is older than this many days is not forecast. */
const MAX_STALE_DAYS = 3;
/** First EWMA days, whose forecast still leans on the very first return. */
const EWMA_RUN_IN = 30;

export interface FilteredAsset {
  readonly filter: 'garch' | 'ewma';
  /** Forecast volatility of tomorrow's simple return by `filter`. */
  readonly dailyVolatility: number;
  /** The same by EWMA 0.94. */
  readonly ewmaVolatility: number;
  /** Days with a residual, ascending, and the residuals of these days. */
  readonly days: Int32Array;
  readonly residuals: Float64Array;
}

/** One asset's returns through its volatility filter, as known at the end of `asOfDay`; or why not. */
export function filterAsset(
  series: CandleSeries,
  asOfDay: number,
  garch: Garch | null,
): FilteredAsset | OmissionReason {
  if (series.candles.length === 0) return 'no-candles';
  const window = fitWindow(series, asOfDay);
  const last = window.candles.at(-1);
  if (last === undefined || last.day < asOfDay - MAX_STALE_DAYS) return 'stale-candles';
  const { days, values } = dailyReturns(window, 'simple');
  if (values.length < EWMA_RUN_IN + MIN_OWN_DAYS) return 'too-little-history';
  const ewmaPath = ewmaVariancePath(values);
  const ewmaVolatility = Math.sqrt(ewmaPath.at(-1) ?? Number.NaN);
  if (!(ewmaVolatility > 0)) return 'no-movement';
  const path = garch === null ? ewmaPath : garchVariancePath(values, garch);
  const all = standardizedResiduals(values, path, garch === null ? EWMA_RUN_IN : 0);
  const hasResidual = (_: number, t: number): boolean => !Number.isNaN(all[t]);
  return {
    filter: garch === null ? 'ewma' : 'garch',
    dailyVolatility: Math.sqrt(path.at(-1) ?? Number.NaN),
    ewmaVolatility,
    days: days.filter(hasResidual),
    residuals: all.filter(hasResidual),
  };
}

import type { CandleSeries } from '../statistics/candle-series.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { ewmaVariancePath } from '../statistics/ewma.ts';
import type { Garch } from '../statistics/garch.ts';
import { garchVariancePath } from '../statistics/garch.ts';
import { standardizedResiduals } from '../statistics/residuals.ts';
import { completeResiduals } from './complete-residuals.ts';
import type { GarchByAsset } from './filters.ts';
import { fitWindow } from './filters.ts';
import type { Completion, OmissionReason } from './var-answer.ts';

/** Whole days that are drawn from. */
export const SCENARIO_DAYS = 500;
/** Residual days an asset must have of its own to be in the model at all. */
export const MIN_OWN_DAYS = 30;
/** An asset whose last candle is older than this many days is not forecast. */
const MAX_STALE_DAYS = 3;
/** First EWMA days, whose forecast still leans on the very first return. */
const EWMA_RUN_IN = 30;

/** Everything that does not depend on the positions: made once a day, asked many times. */
export interface VarModel {
  /** The last closed UTC day; the model speaks of the day after it. */
  readonly asOfDay: number;
  /** The days drawn from, oldest first; place t of every asset's residuals is days[t]. */
  readonly days: Int32Array;
  readonly assets: ReadonlyMap<string, ModelAsset>;
  /** Assets with candles that could not be modelled. */
  readonly refused: ReadonlyMap<string, OmissionReason>;
}

export interface ModelAsset {
  readonly asset: string;
  readonly filter: 'garch' | 'ewma';
  /** Forecast volatility of tomorrow's simple return by `filter`. */
  readonly dailyVolatility: number;
  /** The same by EWMA 0.94, for the parametric answer. */
  readonly ewmaVolatility: number;
  /** Standardised residuals, no NaN. */
  readonly residuals: Float64Array;
  /** Null when every day is the asset's own. */
  readonly completion: Completion | null;
}

/**
 * Filters every asset's returns and lays the residuals side by side, whole days kept together: what the
 * coins did on one day stays one row, and with it how they fall together. The day list is that of the asset
 * with the longest history (the first of equals); see `completeResiduals` for the days others lack.
 * Without `garch` all filters are EWMA, which needs no fitting.
 */
export function varModel(input: {
  readonly series: readonly CandleSeries[];
  readonly asOfDay: number;
  readonly garch?: GarchByAsset;
}): VarModel {
  const { asOfDay, garch } = input;
  const filtered = input.series.map((series) =>
    filterAsset(series, asOfDay, garch?.get(series.asset) ?? null),
  );
  const usable = filtered.filter((one) => typeof one.outcome !== 'string') as readonly Usable[];
  const anchor = usable.reduce<Usable | null>(
    (best, one) =>
      best === null || one.outcome.ownDays.size > best.outcome.ownDays.size ? one : best,
    null,
  );
  const days = Int32Array.from([...(anchor?.outcome.ownDays.keys() ?? [])].slice(-SCENARIO_DAYS));
  const anchorRow = rowOf(anchor?.outcome.ownDays ?? new Map(), days);
  const assets = new Map<string, ModelAsset>();
  const refused = new Map<string, OmissionReason>();
  for (const { asset, outcome } of filtered) {
    if (typeof outcome === 'string') {
      refused.set(asset, outcome);
      continue;
    }
    const own = rowOf(outcome.ownDays, days);
    const done = completeResiduals(own, anchorRow, MIN_OWN_DAYS);
    if (done === null) refused.set(asset, 'too-little-history');
    else {
      const { observedDays, drawnDays } = done;
      const completion =
        drawnDays === 0 ? null : { asset, observedDays, drawnDays, after: anchor?.asset ?? asset };
      const { filter, dailyVolatility, ewmaVolatility } = outcome;
      const { residuals } = done;
      assets.set(asset, { asset, filter, dailyVolatility, ewmaVolatility, residuals, completion });
    }
  }
  return { asOfDay, days, assets, refused };
}

interface Filtered {
  readonly filter: 'garch' | 'ewma';
  readonly dailyVolatility: number;
  readonly ewmaVolatility: number;
  readonly ownDays: ReadonlyMap<number, number>;
}

interface Usable {
  readonly asset: string;
  readonly outcome: Filtered;
}

function filterAsset(
  series: CandleSeries,
  asOfDay: number,
  garch: Garch | null,
): { readonly asset: string; readonly outcome: Filtered | OmissionReason } {
  const { asset } = series;
  const { candles } = fitWindow(series, asOfDay);
  const last = candles.at(-1);
  if (last === undefined) return { asset, outcome: lateOrNone(series) };
  if (last.day < asOfDay - MAX_STALE_DAYS) return { asset, outcome: 'stale-candles' };
  const { days, values } = dailyReturns({ ...series, candles }, 'simple');
  if (values.length < EWMA_RUN_IN + MIN_OWN_DAYS) return { asset, outcome: 'too-little-history' };
  const ewmaPath = ewmaVariancePath(values);
  const ewmaVolatility = Math.sqrt(ewmaPath.at(-1) ?? Number.NaN);
  if (!(ewmaVolatility > 0)) return { asset, outcome: 'no-movement' };
  const path = garch === null ? ewmaPath : garchVariancePath(values, garch);
  const residuals = standardizedResiduals(values, path, garch === null ? EWMA_RUN_IN : 0);
  const ownDays = new Map<number, number>();
  residuals.forEach((residual, t) => {
    if (!Number.isNaN(residual)) ownDays.set(days[t] as number, residual);
  });
  const dailyVolatility = Math.sqrt(path.at(-1) ?? Number.NaN);
  const filter = garch === null ? 'ewma' : 'garch';
  return { asset, outcome: { filter, dailyVolatility, ewmaVolatility, ownDays } };
}

function lateOrNone({ candles }: CandleSeries): OmissionReason {
  return candles.length === 0 ? 'no-candles' : 'stale-candles';
}

function rowOf(ownDays: ReadonlyMap<number, number>, days: Int32Array): Float64Array {
  return Float64Array.from(days, (day) => ownDays.get(day) ?? Number.NaN);
}

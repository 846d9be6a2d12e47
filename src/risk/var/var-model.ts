import type { CandleSeries } from '../statistics/candle-series.ts';
import { completeResiduals } from './complete-residuals.ts';
import type { FilteredAsset } from './filter-asset.ts';
import { filterAsset, MIN_OWN_DAYS } from './filter-asset.ts';
import type { GarchByAsset } from './filters.ts';
import type { Completion, OmissionReason } from './var-answer.ts';

/** Whole days that are drawn from. */
export const SCENARIO_DAYS = 500;

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

export interface ModelAsset
  extends Pick<FilteredAsset, 'filter' | 'dailyVolatility' | 'ewmaVolatility'> {
  readonly asset: string;
  /** Standardised residuals of the model's days, no NaN. */
  readonly residuals: Float64Array;
  /** Null when every day is the asset's own. */
  readonly completion: Completion | null;
}

/**
 * Filters every asset's returns and lays the residuals side by side, whole days kept together: what the
 * coins did on one day stays one row, and with it how they fall together. The days are those of the anchor,
 * the first asset with 500 of them, or the one with most; see `completeResiduals` for days that others lack.
 * Without `garch` all filters are EWMA, which needs no fitting.
 */
export function varModel(input: {
  readonly series: readonly CandleSeries[];
  readonly asOfDay: number;
  readonly garch?: GarchByAsset;
}): VarModel {
  const { series, asOfDay, garch } = input;
  const filtered = new Map<string, FilteredAsset>();
  const refused = new Map<string, OmissionReason>();
  for (const one of series) {
    const outcome = filterAsset(one, asOfDay, garch?.get(one.asset) ?? null);
    if (typeof outcome === 'string') refused.set(one.asset, outcome);
    else filtered.set(one.asset, outcome);
  }
  const assets = new Map<string, ModelAsset>();
  const anchor = anchorOf(filtered);
  const days = anchor === null ? new Int32Array() : anchor.own.days.slice(-SCENARIO_DAYS);
  for (const [asset, own] of filtered) {
    const modelled = anchor === null ? null : modelAsset({ asset, own, anchor, days });
    if (modelled === null) refused.set(asset, 'too-little-history');
    else assets.set(asset, modelled);
  }
  return { asOfDay, days, assets, refused };
}

interface Named {
  readonly asset: string;
  readonly own: FilteredAsset;
}

function anchorOf(filtered: ReadonlyMap<string, FilteredAsset>): Named | null {
  let best: Named | null = null;
  for (const [asset, own] of filtered) {
    const most = Math.min(best?.own.days.length ?? 0, SCENARIO_DAYS);
    if (own.days.length > most && most < SCENARIO_DAYS) best = { asset, own };
  }
  return best;
}

function modelAsset({
  asset,
  own,
  anchor,
  days,
}: Named & { readonly anchor: Named; readonly days: Int32Array }): ModelAsset | null {
  const done = completeResiduals(rowOf(own, days), rowOf(anchor.own, days), MIN_OWN_DAYS);
  if (done === null) return null;
  const { residuals, observedDays, drawnDays } = done;
  const { filter, dailyVolatility, ewmaVolatility } = own;
  const completion =
    drawnDays === 0 ? null : { asset, observedDays, drawnDays, after: anchor.asset };
  return { asset, filter, dailyVolatility, ewmaVolatility, residuals, completion };
}

/** The residuals on these days, NaN where there is none; both lists of days ascend. */
function rowOf(own: FilteredAsset, days: Int32Array): Float64Array {
  const row = new Float64Array(days.length).fill(Number.NaN);
  let at = 0;
  days.forEach((day, t) => {
    while (at < own.days.length && (own.days[at] as number) < day) at += 1;
    if (own.days[at] === day) row[t] = own.residuals[at] as number;
  });
  return row;
}

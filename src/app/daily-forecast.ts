import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { ForecastStore, ScoredForecast } from '../ports/forecast-store.ts';
import type { Log } from '../ports/log.ts';
import { assessExposure } from '../risk/exposure.ts';
import type { CandleSeries } from '../risk/statistics/candle-series.ts';
import { utcDay } from '../risk/statistics/candle-series.ts';
import { assessVar } from '../risk/var/assess-var.ts';
import type { VarForecast } from '../risk/var/forecast.ts';
import { forecastOutcomeUsd, makeForecast } from '../risk/var/forecast.ts';
import { netExposures } from '../risk/var/net-exposure.ts';
import { scoreForecasts, type VarScore } from '../risk/var/score-forecasts.ts';
import { dayStart } from './day-start.ts';
import type { MarketView } from './market-view.ts';

/** The whole desk; books of their own may come. */
const SERIES = { book: 'desk', method: 'fhs' } as const;
/** As far back as breaks are counted and missing outcomes are looked for. */
const SCORED_DAYS = 1000;
/** A forecast that waits for a missing candle this long still counts: see FORECAST_GRACE_MS. */
const PATIENCE_MS = 2_700_000;
/** An outcome whose candles have not come by then will not come. */
const AWAITED_DAYS = 30;

export interface DailyForecastDeps {
  readonly forecasts: ForecastStore;
  readonly lastKnown: () => Snapshot;
  readonly market: (snapshot: Snapshot) => MarketView;
  /** Closed days of an asset, held or not. */
  readonly dailySeries: (asset: string) => CandleSeries | null;
  /** Told each round whose candles the open forecasts need: what was sold, or liquidated, is scored too. */
  readonly owe: (assets: readonly string[]) => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/** One round: today's forecast if it can still be made, and outcomes that have become known. */
export async function forecastOnce(deps: Omit<DailyForecastDeps, 'signal'>): Promise<void> {
  const { forecasts, clock, log } = deps;
  const today = utcDay(clock.now());
  const made = forecastNow(deps);
  if (made !== null) {
    const stored = await forecasts.put({ ...made, book: SERIES.book });
    if (!stored.ok) log.error('forecast not stored', { kind: stored.error.kind });
  }
  const stored = await forecasts.read(SERIES, { from: today - SCORED_DAYS, to: today + 1 });
  if (!stored.ok) return log.error('forecasts not read', { kind: stored.error.kind });
  const open = stored.value.filter(({ outcome }) => outcome === null);
  const awaited = open.filter(({ day }) => day > today - AWAITED_DAYS);
  deps.owe([...new Set(awaited.flatMap(({ exposures }) => exposures.map(({ asset }) => asset)))]);
  for (const forecast of open.filter(({ day }) => day < today)) await settle(forecast, deps);
}

function forecastNow({
  lastKnown,
  market: marketOf,
  clock,
}: Omit<DailyForecastDeps, 'signal'>): VarForecast | null {
  const now = clock.now();
  const snapshot = lastKnown();
  // A forecast over a desk with a hole in it would be scored as if it were whole.
  if (!snapshot.accounts.every(({ status }) => status === 'ok')) return null;
  const { varModel, gaps } = marketOf(snapshot);
  if (varModel === null) return null;
  const answer = assessVar(varModel, netExposures(assessExposure(snapshot)));
  // The day's candles come one asset after the other, and the first forecast stands.
  const isWhole = answer.omitted.length === 0 && gaps.every(({ what }) => what !== 'candles');
  if (!isWhole && now - dayStart(now) < PATIENCE_MS) return null;
  const made = makeForecast(answer, now);
  return made?.method === SERIES.method && made.day === utcDay(now) ? made : null;
}

async function settle(
  forecast: ScoredForecast,
  { forecasts, dailySeries, clock, log }: Omit<DailyForecastDeps, 'signal'>,
): Promise<void> {
  const series = forecast.exposures.flatMap(({ asset }) => dailySeries(asset) ?? []);
  const pnlUsd = forecastOutcomeUsd(forecast, series);
  if (pnlUsd === null) return;
  const key = { ...SERIES, day: forecast.day };
  const settled = await forecasts.settle(key, { pnlUsd, recordedAt: clock.now() });
  if (!settled.ok) log.error('outcome not stored', { kind: settled.error.kind });
}

/** How the stored forecasts did; null while there are none or they cannot be read. */
export async function varScoreOf(forecasts: ForecastStore, now: number): Promise<VarScore | null> {
  const today = utcDay(now);
  const stored = await forecasts.read(SERIES, { from: today - SCORED_DAYS, to: today + 1 });
  return stored.ok && stored.value.length > 0 ? scoreForecasts(stored.value) : null;
}

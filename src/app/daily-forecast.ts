import type { Snapshot } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { ForecastStore } from '../ports/forecast-store.ts';
import type { Log } from '../ports/log.ts';
import { assessExposure } from '../risk/exposure.ts';
import { DAY_MS, utcDay } from '../risk/statistics/candle-series.ts';
import { assessVar } from '../risk/var/assess-var.ts';
import { forecastOutcomeUsd, makeForecast } from '../risk/var/forecast.ts';
import { netExposures } from '../risk/var/net-exposure.ts';
import { scoreForecasts, type VarScore } from '../risk/var/score-forecasts.ts';
import type { MarketView } from './market-view.ts';

/** The whole desk; books of their own may come. */
const SERIES = { book: 'desk', method: 'fhs' } as const;
const EVERY_MS = 300_000;
/** As far back as breaks are counted and missing outcomes are looked for. */
const SCORED_DAYS = 1000;

export interface DailyForecastDeps {
  readonly forecasts: ForecastStore;
  readonly lastKnown: () => Snapshot;
  readonly market: (snapshot: Snapshot) => MarketView;
  readonly clock: Clock;
  readonly log: Log;
  readonly signal: AbortSignal;
}

/**
 * Stores each UTC day's value at risk before the day's outcome, as soon as the day before has closed,
 * and the outcome when it is known. The first forecast of a day stands; later rounds change nothing.
 */
export function startDailyForecast(deps: DailyForecastDeps): {
  lastAt(): number | null;
  readonly done: Promise<void>;
} {
  const { clock, signal } = deps;
  let lastAt: number | null = null;
  const run = async () => {
    while (!signal.aborted) {
      await clock.after(EVERY_MS, signal);
      if (signal.aborted) break;
      await forecastOnce(deps);
      lastAt = clock.now();
    }
  };
  return { lastAt: () => lastAt, done: run() };
}

/** One round: today's forecast if it can still be made, and outcomes that have become known. */
export async function forecastOnce(deps: Omit<DailyForecastDeps, 'signal'>): Promise<void> {
  const { forecasts, clock, log } = deps;
  const snapshot = deps.lastKnown();
  const market = deps.market(snapshot);
  const today = utcDay(clock.now());
  // A forecast over a desk with a hole in it would be scored as if it were whole.
  const isWhole = snapshot.accounts.every(({ status }) => status === 'ok');
  if (market.varModel && isWhole) {
    const answer = assessVar(market.varModel, netExposures(assessExposure(snapshot)));
    const made = makeForecast(answer, clock.now());
    if (made?.method === SERIES.method && made.day === today) {
      const stored = await forecasts.put({ ...made, book: SERIES.book });
      if (!stored.ok) log.error('forecast not stored', { kind: stored.error.kind });
    }
  }
  const stored = await forecasts.read(SERIES, { from: today - SCORED_DAYS, to: today });
  if (!stored.ok) return log.error('forecasts not read', { kind: stored.error.kind });
  for (const forecast of stored.value.filter(({ outcome }) => outcome === null)) {
    const pnlUsd = forecastOutcomeUsd(forecast, market.series);
    if (pnlUsd === null) continue;
    const key = { ...SERIES, day: forecast.day };
    await forecasts.settle(key, { pnlUsd, recordedAt: clock.now() });
  }
}

/** How the stored forecasts did; null while there are none or they cannot be read. */
export async function varScoreOf(forecasts: ForecastStore, now: number): Promise<VarScore | null> {
  const today = utcDay(now);
  const stored = await forecasts.read(SERIES, { from: today - SCORED_DAYS, to: today + 1 });
  return stored.ok && stored.value.length > 0 ? scoreForecasts(stored.value) : null;
}

/** The first moment of the UTC day. */
export function dayStart(now: number): number {
  return utcDay(now) * DAY_MS;
}

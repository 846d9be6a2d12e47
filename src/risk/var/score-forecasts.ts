import { acerbiSzekelyZ2 } from '../statistics/acerbi-szekely.ts';
import { DAY_MS } from '../statistics/candle-series.ts';
import type { Christoffersen } from '../statistics/coverage-tests.ts';
import { christoffersen } from '../statistics/coverage-tests.ts';
import { ES_TAIL, VAR_TAIL } from './assess-var.ts';
import type { VarForecast } from './forecast.ts';

/** A forecast made later into its day than this has seen part of the outcome and does not count. */
const FORECAST_GRACE_MS = 3_600_000;

export interface SettledForecast extends VarForecast {
  /** See `forecastOutcomeUsd`; null: the day is not over, or a candle is missing. */
  readonly outcome: { readonly pnlUsd: number } | null;
}

export interface LevelScore {
  readonly scoredDays: number;
  /** Days whose loss exceeded the VaR. */
  readonly breaks: number;
  readonly expectedBreaks: number;
  /** Kupiec is its `unconditional` part. */
  readonly coverage: Christoffersen;
}

export interface VarScore {
  /** Null before the first scored day. */
  readonly var99: LevelScore | null;
  /** At 5 %: the same forecasts, with enough breaks to judge after months. */
  readonly var95: LevelScore | null;
  /** Acerbi and Szekely's Z2 of the ES 97.5 %; negative when it is too small. */
  readonly z2: number | null;
  /** Forecasts that do not count, by reason. */
  readonly unscored: Readonly<Record<Unscored, number>>;
}

/** `flat`: a forecast of no loss, which no day can test. `repeated`: not the first of its day. */
type Unscored = 'open' | 'late' | 'flat' | 'repeated';

/** Stored forecasts of one book and one method against what happened, in any order. */
export function scoreForecasts(forecasts: readonly SettledForecast[]): VarScore {
  const unscored = { open: 0, late: 0, flat: 0, repeated: 0 };
  const days = new Map<number, Outcome>();
  const seen = new Set<number>();
  for (const forecast of forecasts.toSorted((a, b) => a.madeAt - b.madeAt)) {
    const reason = seen.has(forecast.day) ? 'repeated' : reasonNotToScore(forecast);
    seen.add(forecast.day);
    if (reason !== null) unscored[reason] += 1;
    else if (forecast.outcome !== null) {
      days.set(forecast.day, { forecast, pnlUsd: forecast.outcome.pnlUsd });
    }
  }
  const scored = [...days.values()].sort((a, b) => a.forecast.day - b.forecast.day);
  return {
    var99: levelScore(scored, VAR_TAIL, ({ var99Usd }) => var99Usd),
    var95: levelScore(scored, 0.05, ({ var95Usd }) => var95Usd),
    z2: shortfallScore(scored),
    unscored,
  };
}

interface Outcome {
  readonly forecast: VarForecast;
  readonly pnlUsd: number;
}

function reasonNotToScore({ day, madeAt, var99Usd, outcome }: SettledForecast): Unscored | null {
  if (madeAt >= day * DAY_MS + FORECAST_GRACE_MS) return 'late';
  if (!(var99Usd > 0)) return 'flat';
  return outcome === null ? 'open' : null;
}

/** A day without a score is a null in the row, where a chain of transitions ends. */
function levelScore(
  scored: readonly Outcome[],
  tail: number,
  varOf: (forecast: VarForecast) => number | null,
): LevelScore | null {
  const hits: (boolean | null)[] = [];
  let before: number | null = null;
  for (const { forecast, pnlUsd } of scored) {
    const valueAtRisk = varOf(forecast);
    if (valueAtRisk === null) continue;
    if (before !== null && before !== forecast.day - 1) hits.push(null);
    hits.push(-pnlUsd > valueAtRisk);
    before = forecast.day;
  }
  const counted = hits.filter((hit) => hit !== null);
  if (counted.length === 0) return null;
  return {
    scoredDays: counted.length,
    breaks: counted.filter((hit) => hit).length,
    expectedBreaks: counted.length * tail,
    coverage: christoffersen(hits, tail),
  };
}

function shortfallScore(scored: readonly Outcome[]): number | null {
  const days = scored.flatMap(({ forecast: { var975Usd, es975Usd }, pnlUsd }) =>
    var975Usd === null ? [] : [{ pnl: pnlUsd, valueAtRisk: var975Usd, shortfall: es975Usd }],
  );
  return days.length === 0 ? null : acerbiSzekelyZ2(days, ES_TAIL);
}

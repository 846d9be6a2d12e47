import { acerbiSzekelyZ2 } from '../statistics/acerbi-szekely.ts';
import type { CandleSeries } from '../statistics/candle-series.ts';
import { DAY_MS } from '../statistics/candle-series.ts';
import type { Christoffersen } from '../statistics/coverage-tests.ts';
import { christoffersen } from '../statistics/coverage-tests.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { ES_TAIL, VAR_TAIL } from './assess-var.ts';
import type { VarForecast } from './forecast.ts';

/** A forecast made later into its day than this has seen part of the outcome and does not count. */
const FORECAST_GRACE_MS = 3_600_000;

/** `flat`: a forecast of no loss, which no day can test. `no-outcome`: a candle of its day is missing. */
type ForecastStatus = 'scored' | 'pending' | 'late' | 'flat' | 'no-outcome';

interface ScoredDay {
  readonly forecast: VarForecast;
  readonly status: ForecastStatus;
  /**
   * What the recorded book made from close to close had nobody traded; the loss a VaR speaks of, not the
   * desk's own profit of the day. Null unless scored.
   */
  readonly pnlUsd: number | null;
  /** The loss exceeded the VaR 99 %; null unless scored. */
  readonly isBreak: boolean | null;
}

export interface VarScore {
  /** One per day, oldest first: of several forecasts for a day the first made counts. */
  readonly days: readonly ScoredDay[];
  readonly scoredDays: number;
  readonly breaks: number;
  /** scoredDays × 1 %. */
  readonly expectedBreaks: number;
  /** Kupiec (`unconditional`) and Christoffersen of the VaR 99 %; null before the first scored day. */
  readonly coverage: Christoffersen | null;
  /** Acerbi and Szekely's Z2 of the ES 97.5 %; negative when it is too small. */
  readonly z2: number | null;
}

/** Stored forecasts against what happened, as known at the end of `asOfDay`. */
export function scoreForecasts(input: {
  readonly forecasts: readonly VarForecast[];
  readonly series: readonly CandleSeries[];
  readonly asOfDay: number;
}): VarScore {
  const returns = new Map(input.series.map((series) => [series.asset, returnsByDay(series)]));
  const days = firstOfEachDay(input.forecasts).map((forecast) =>
    scoreDay(forecast, returns, input.asOfDay),
  );
  const scored = days.flatMap(({ forecast, pnlUsd }) =>
    pnlUsd === null ? [] : [{ forecast, pnlUsd }],
  );
  const breaks = days.filter(({ isBreak }) => isBreak === true).length;
  return {
    days,
    scoredDays: scored.length,
    breaks,
    expectedBreaks: scored.length * VAR_TAIL,
    coverage: scored.length === 0 ? null : christoffersen(chainOf(days), VAR_TAIL),
    z2:
      scored.length === 0
        ? null
        : acerbiSzekelyZ2(
            scored.map(({ forecast: { var975Usd, es975Usd }, pnlUsd }) => ({
              pnl: pnlUsd,
              valueAtRisk: var975Usd,
              shortfall: es975Usd,
            })),
            ES_TAIL,
          ),
  };
}

type Returns = ReadonlyMap<string, ReadonlyMap<number, number>>;

function scoreDay(forecast: VarForecast, returns: Returns, asOfDay: number): ScoredDay {
  const { forDay, madeAt, var99Usd } = forecast;
  const unscored = (status: ForecastStatus): ScoredDay => ({
    forecast,
    status,
    pnlUsd: null,
    isBreak: null,
  });
  if (madeAt >= forDay * DAY_MS + FORECAST_GRACE_MS) return unscored('late');
  if (!(var99Usd > 0)) return unscored('flat');
  if (forDay > asOfDay) return unscored('pending');
  let pnlUsd = 0;
  for (const { asset, usd } of forecast.exposures) {
    const move = returns.get(asset)?.get(forDay);
    if (move === undefined && usd !== 0) return unscored('no-outcome');
    if (move !== undefined) pnlUsd += usd * move;
  }
  return { forecast, status: 'scored', pnlUsd, isBreak: -pnlUsd > var99Usd };
}

function firstOfEachDay(forecasts: readonly VarForecast[]): VarForecast[] {
  const first = new Map<number, VarForecast>();
  for (const forecast of forecasts.toSorted((a, b) => a.madeAt - b.madeAt)) {
    if (!first.has(forecast.forDay)) first.set(forecast.forDay, forecast);
  }
  return [...first.values()].sort((a, b) => a.forDay - b.forDay);
}

/** Hits in order of days; a day without a forecast or a score is a null, where a chain ends. */
function chainOf(days: readonly ScoredDay[]): (boolean | null)[] {
  return days.flatMap(({ forecast, isBreak }, index) => {
    const before = days[index - 1]?.forecast.forDay;
    return before === undefined || before === forecast.forDay - 1 ? [isBreak] : [null, isBreak];
  });
}

function returnsByDay(series: CandleSeries): ReadonlyMap<number, number> {
  const { days, values } = dailyReturns(series, 'simple');
  return new Map(Array.from(days, (day, i) => [day, values[i] ?? Number.NaN]));
}

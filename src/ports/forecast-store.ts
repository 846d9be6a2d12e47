import type { StoreAnswer, TimeRange } from './store.ts';

/** Which forecast: of which book, by which method, for which UTC day. */
export interface ForecastKey {
  /** `desk`, or a book of it. */
  readonly book: string;
  /** As in KnownVar. */
  readonly method: string;
  /** Days since 1970-01-01: the day whose outcome it foretells. */
  readonly day: number;
}

/** Value at risk as it was foretold. Doubles: estimates, never money. A loss is positive. */
export interface Forecast extends ForecastKey {
  readonly madeAt: number;
  readonly var99Usd: number;
  readonly es975Usd: number;
  /** VaR at 95 %, for the scores with more power; null when it was not computed. */
  readonly var95Usd: number | null;
}

/** What then happened to the exposures the forecast was made for. A loss is negative. */
export interface ForecastOutcome {
  readonly pnlUsd: number;
  readonly recordedAt: number;
}

export interface ScoredForecast extends Forecast {
  /** Null: the day is not over, or nobody looked. */
  readonly outcome: ForecastOutcome | null;
}

/** A forecast is written once, before its outcome, and never changed; so is the outcome. */
export interface ForecastStore {
  /** False when there is one for that book, method and day already: the first stands. */
  put(forecast: Forecast): StoreAnswer<boolean>;
  /** False when there is no such forecast, or its outcome is recorded already. */
  settle(key: ForecastKey, outcome: ForecastOutcome): StoreAnswer<boolean>;
  /** By day, ascending; `range` counts in days here. */
  read(series: Omit<ForecastKey, 'day'>, days: TimeRange): StoreAnswer<readonly ScoredForecast[]>;
}

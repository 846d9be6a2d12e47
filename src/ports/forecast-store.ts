import type { StoreAnswer } from './store.ts';

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
  /** Where the tail of the ES begins; null in forecasts of older programs. */
  readonly var975Usd: number | null;
  /** What it was made for, net USD by asset: the outcome is that of these, not of what was traded later. */
  readonly exposures: readonly { readonly asset: string; readonly usd: number }[];
}

/** What the exposures of the forecast then made. A loss is negative. */
interface ForecastOutcome {
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
  /** By day, ascending. Days since 1970-01-01, the last not included. */
  read(
    series: Omit<ForecastKey, 'day'>,
    days: { readonly from: number; readonly to: number },
  ): StoreAnswer<readonly ScoredForecast[]>;
}

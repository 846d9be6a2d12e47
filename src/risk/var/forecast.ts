import type { CandleSeries } from '../statistics/candle-series.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import type { VarAnswer } from './var-answer.ts';

/** What was said about one UTC day, with the book it was said of; plain data, to be stored as it is. */
export interface VarForecast {
  /** The day whose outcome it foretells: days since 1970-01-01. */
  readonly day: number;
  /** Epoch ms. */
  readonly madeAt: number;
  /** As in KnownVar. */
  readonly method: string;
  readonly var99Usd: number;
  readonly es975Usd: number;
  /** More breaks than at 99 %, so that a year of days can tell; null when not recorded. */
  readonly var95Usd: number | null;
  /** Where the tail of the ES begins; without it there is no Z2. */
  readonly var975Usd: number | null;
  /** Exposures inside the figures; the outcome is that of exactly these. */
  readonly exposures: readonly { readonly asset: string; readonly usd: number }[];
}

/** The record the daily job stores before the day's outcome; null when there is no answer to record. */
export function makeForecast(answer: VarAnswer, madeAt: number): VarForecast | null {
  if (answer.kind === 'unknown') return null;
  const { asOfDay, method, var99Usd, es975Usd, var95Usd, var975Usd, components } = answer;
  const exposures = components.map(({ asset, exposureUsd }) => ({ asset, usd: exposureUsd }));
  return { day: asOfDay + 1, madeAt, method, var99Usd, es975Usd, var95Usd, var975Usd, exposures };
}

/**
 * What the recorded book made from close to close had nobody traded, a loss negative: the loss a VaR speaks
 * of, not the desk's own profit of that day. Null while a candle of that day or of the day before is missing.
 * The series must end with the last closed day.
 */
export function forecastOutcomeUsd(
  forecast: VarForecast,
  series: readonly CandleSeries[],
): number | null {
  const moves = new Map(series.map((one) => [one.asset, moveOn(one, forecast.day)]));
  let pnlUsd = 0;
  for (const { asset, usd } of forecast.exposures) {
    if (usd === 0) continue;
    const move = moves.get(asset);
    if (move === undefined || move === null) return null;
    pnlUsd += usd * move;
  }
  return pnlUsd;
}

function moveOn(series: CandleSeries, day: number): number | null {
  const candles = series.candles.filter((candle) => candle.day === day || candle.day === day - 1);
  return dailyReturns({ ...series, candles }, 'simple').values[0] ?? null;
}

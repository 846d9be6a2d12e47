import type { VarAnswer, VarMethod } from './var-answer.ts';

/** What was said about one UTC day, with the book it was said of; plain data, to be stored as it is. */
export interface VarForecast {
  /** The day the forecast is for. */
  readonly forDay: number;
  /** Epoch ms. */
  readonly madeAt: number;
  readonly method: VarMethod;
  readonly var99Usd: number;
  readonly var975Usd: number;
  readonly es975Usd: number;
  /** Exposures inside the figures; the outcome is taken over exactly these. */
  readonly exposures: readonly { readonly asset: string; readonly usd: number }[];
  /** Assets the desk held that are in neither figure nor outcome. */
  readonly omittedAssets: readonly string[];
}

/** The record the daily job stores before the day's outcome; null when there is no answer to record. */
export function makeForecast(answer: VarAnswer, madeAt: number): VarForecast | null {
  if (answer.kind === 'unknown') return null;
  const { asOfDay, method, var99Usd, var975Usd, es975Usd, components, omitted } = answer;
  return {
    forDay: asOfDay + 1,
    madeAt,
    method,
    var99Usd,
    var975Usd,
    es975Usd,
    exposures: components.map(({ asset, exposureUsd }) => ({ asset, usd: exposureUsd })),
    omittedAssets: omitted.map(({ asset }) => asset),
  };
}

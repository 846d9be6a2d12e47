import { normalCdf } from '../statistics/normal.ts';

/** A cross account at one moment, in plain numbers. */
export interface FirstOrderAccount {
  /** Equity − maintenance, USD. */
  readonly spare: number;
  /** dSpare/dP × P per asset, USD: (q − |q| r) P of a linear leg. */
  readonly deltas: readonly number[];
  /** Per square root of a year. */
  readonly sigmasAnnual: readonly number[];
  readonly correlation: readonly ArrayLike<number>[];
}

/**
 * 2Φ(−(equity − maintenance) ÷ (σ_E √T)): the reflection principle with equity itself as a Brownian motion
 * without drift. Instant, and right to some percent of itself where the truth is above a percent; too
 * high in the tail of long books. NaN for figures that are no question.
 */
export function firstOrderProbability(account: FirstOrderAccount, years: number): number {
  const { spare, deltas, sigmasAnnual, correlation } = account;
  if (spare <= 0) return 1;
  const risks = deltas.map((delta, i) => delta * (sigmasAnnual[i] ?? Number.NaN));
  const variance = risks.reduce(
    (sum, a, i) =>
      sum + a * risks.reduce((row, b, j) => row + b * (correlation[i]?.[j] ?? Number.NaN), 0),
    0,
  );
  const spread = Math.sqrt(Math.max(0, variance) * years);
  if (spread === 0) return 0;
  return Math.min(1, 2 * normalCdf(-spare / spread));
}

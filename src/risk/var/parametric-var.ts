import { normalDensity, normalQuantile } from '../statistics/normal.ts';

export interface ParametricVar {
  /** Standard deviation of tomorrow's profit, USD. */
  readonly sigmaUsd: number;
  readonly varUsd: number;
  readonly esUsd: number;
  /** e_i (Σe)_i ÷ σ² of each exposure: they sum to 1, and times VaR or ES are its Euler components. */
  readonly shares: Float64Array;
  /** Σ z|e_i|σ_i: what it would be if nothing offset anything. */
  readonly undiversifiedVarUsd: number;
}

/**
 * Variance–covariance VaR and ES under a normal law with zero mean: z·σ and φ(z_es) ÷ tail_es·σ. A flat book
 * has no risk and shares of zero.
 */
export function parametricVar(input: {
  readonly exposuresUsd: readonly number[];
  readonly volatilities: readonly number[];
  readonly correlations: readonly ArrayLike<number>[];
  readonly varTail: number;
  readonly esTail: number;
}): ParametricVar {
  const { varTail, esTail, correlations } = input;
  const risks = input.exposuresUsd.map((usd, i) => usd * (input.volatilities[i] ?? Number.NaN));
  const products = risks.map(
    (risk, i) =>
      risk * risks.reduce((sum, other, j) => sum + (correlations[i]?.[j] ?? Number.NaN) * other, 0),
  );
  // A perfect hedge may come out a hair below zero.
  const variance = Math.max(
    products.reduce((sum, product) => sum + product, 0),
    0,
  );
  const sigmaUsd = Math.sqrt(variance);
  const z = -normalQuantile(varTail);
  return {
    sigmaUsd,
    varUsd: z * sigmaUsd,
    esUsd: (normalDensity(normalQuantile(esTail)) / esTail) * sigmaUsd,
    shares: Float64Array.from(products, (product) => (variance > 0 ? product / variance : 0)),
    undiversifiedVarUsd: z * risks.reduce((sum, risk) => sum + Math.abs(risk), 0),
  };
}

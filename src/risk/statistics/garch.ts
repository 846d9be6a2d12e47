import { nelderMead } from './nelder-mead.ts';

/** σ²(t+1) = ω + α r²(t) + β σ²(t), zero mean (Bollerslev, Journal of Econometrics 31, 1986). */
export interface Garch {
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
}

/** Fewer returns than this give parameters that are mostly noise. */
const GARCH_MIN_RETURNS = 500;

/** Below 1, so that the long-run variance that is targeted exists. */
const MAX_PERSISTENCE = 0.999;

/**
 * GARCH(1,1) by maximum likelihood under a normal law, with variance targeting: ω = (1 − α − β)·s², s² the
 * mean squared return, so that two parameters are searched instead of three. Null when there are fewer
 * than 500 returns, when they do not move, or when the search finds no bottom: then use EWMA.
 */
export function fitGarch(returns: ArrayLike<number>): Garch | null {
  if (returns.length < GARCH_MIN_RETURNS) return null;
  const target = meanSquare(returns);
  if (!(target > 0 && Number.isFinite(target))) return null;
  const toGarch = (free: readonly number[]): Garch => fromFree(free, target);
  const found = nelderMead((free) => negativeLogLikelihood(returns, toGarch(free), target), START, {
    step: 0.5,
    tolerance: 1e-6,
    maxSteps: 400,
  });
  return found.hasConverged && Number.isFinite(found.value) ? toGarch(found.at) : null;
}

/** Persistence 0.95 with α = 0.08: the middle of what daily returns of liquid assets give. */
const START = [Math.log(0.95 / (MAX_PERSISTENCE - 0.95)), Math.log(0.0842 / (1 - 0.0842))] as const;

/** Two numbers of any size as a persistence in (0, max) and the share of it that is α. */
function fromFree(free: readonly number[], target: number): Garch {
  const persistence = MAX_PERSISTENCE * logistic(free[0] ?? Number.NaN);
  const alpha = persistence * logistic(free[1] ?? Number.NaN);
  return { alpha, beta: persistence - alpha, omega: (1 - persistence) * target };
}

/**
 * Variances forecast for each day by the day before, and one more for tomorrow; the first is `start`
 * (the mean squared return where no better is known).
 */
export function garchVariancePath(
  returns: ArrayLike<number>,
  { omega, alpha, beta }: Garch,
  start = meanSquare(returns),
): Float64Array {
  const path = new Float64Array(returns.length + 1);
  let variance = start;
  path[0] = variance;
  for (let t = 0; t < returns.length; t += 1) {
    variance = omega + alpha * (returns[t] as number) ** 2 + beta * variance;
    path[t + 1] = variance;
  }
  return path;
}

function negativeLogLikelihood(
  returns: ArrayLike<number>,
  { omega, alpha, beta }: Garch,
  start: number,
): number {
  let variance = start;
  let sum = 0;
  for (let t = 0; t < returns.length; t += 1) {
    const squared = (returns[t] as number) ** 2;
    sum += Math.log(variance) + squared / variance;
    variance = omega + alpha * squared + beta * variance;
  }
  return sum / 2;
}

export function meanSquare(returns: ArrayLike<number>): number {
  let sum = 0;
  for (let t = 0; t < returns.length; t += 1) sum += (returns[t] as number) ** 2;
  return sum / returns.length;
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

import { chiSquareSurvival } from './chi-square.ts';

/** LR statistic and its p-value; small p: the forecasts do not hold what they say. */
export interface LikelihoodRatio {
  readonly lr: number;
  readonly pValue: number;
}

/**
 * Did losses exceed the VaR as often as it said? `days` forecasts, `breaks` exceedances, `tail` the promised
 * rate (Kupiec, Journal of Derivatives 3, 1995; χ² with 1 degree). NaN without days.
 */
export function kupiec(days: number, breaks: number, tail: number): LikelihoodRatio {
  if (days <= 0) return { lr: Number.NaN, pValue: Number.NaN };
  const seen = breaks / days;
  const gain =
    logLikelihood(days - breaks, breaks, seen) - logLikelihood(days - breaks, breaks, tail);
  return ratioTest(gain, 1);
}

export interface Christoffersen {
  /** n_ab: days in state b after a day in state a; 1 is a break. */
  readonly n00: number;
  readonly n01: number;
  readonly n10: number;
  readonly n11: number;
  readonly unconditional: LikelihoodRatio;
  /** Breaks come one by one, not in clusters. */
  readonly independence: LikelihoodRatio;
  /** Both at once, χ² with 2 degrees. */
  readonly conditional: LikelihoodRatio;
}

/**
 * Conditional coverage (Christoffersen, International Economic Review 39, 1998). Null in the row is a day
 * without a score: it breaks the chain of transitions and is not counted.
 */
export function christoffersen(hits: readonly (boolean | null)[], tail: number): Christoffersen {
  const counts = { n00: 0, n01: 0, n10: 0, n11: 0 };
  hits.forEach((hit, index) => {
    const before = index === 0 ? null : hits[index - 1];
    if (hit === null || before === null || before === undefined) return;
    counts[before ? (hit ? 'n11' : 'n10') : hit ? 'n01' : 'n00'] += 1;
  });
  const scored = hits.filter((hit) => hit !== null);
  const breaks = scored.filter((hit) => hit).length;
  const unconditional = kupiec(scored.length, breaks, tail);
  const independence = ratioTest(dependenceGain(counts), 1);
  const sum = unconditional.lr + independence.lr;
  return {
    ...counts,
    unconditional,
    independence,
    conditional: { lr: sum, pValue: chiSquareSurvival(sum, 2) },
  };
}

type Counts = Pick<Christoffersen, 'n00' | 'n01' | 'n10' | 'n11'>;

function dependenceGain({ n00, n01, n10, n11 }: Counts): number {
  const pooled = (n01 + n11) / (n00 + n01 + n10 + n11);
  const afterCalm = n01 / (n00 + n01);
  const afterBreak = n11 / (n10 + n11);
  return (
    logLikelihood(n00, n01, afterCalm) +
    logLikelihood(n10, n11, afterBreak) -
    logLikelihood(n00 + n10, n01 + n11, pooled)
  );
}

/** ln((1 − p)^misses · p^hits), where 0·ln 0 is 0. */
function logLikelihood(misses: number, hits: number, p: number): number {
  return (misses === 0 ? 0 : misses * Math.log1p(-p)) + (hits === 0 ? 0 : hits * Math.log(p));
}

/** Twice the gain in log-likelihood; rounding may bring a hair below zero, which counts as none. */
function ratioTest(gain: number, degrees: 1 | 2): LikelihoodRatio {
  const lr = Math.max(2 * gain, 0);
  return { lr, pValue: chiSquareSurvival(lr, degrees) };
}

import { eachHorizon, unknownProbability } from './barrier-probability.ts';
import type { LiquidationProbability, ProbabilityFigure } from './liquidation-probability.ts';

/** Per horizon the highest that is known; unknown, with the first reason, when none is. */
export function worstProbability(all: readonly LiquidationProbability[]): LiquidationProbability {
  const [first, ...others] = all;
  if (first === undefined) return unknownProbability('account-unknown');
  return others.reduce(
    (worst, next) => eachHorizon((horizon) => worse(worst[horizon], next[horizon])),
    first,
  );
}

function worse(a: ProbabilityFigure, b: ProbabilityFigure): ProbabilityFigure {
  if (b.kind === 'unknown') return a;
  return a.kind === 'unknown' || b.probability > a.probability ? b : a;
}

import type { HitQuestion } from './hit-probability.ts';
import { logHitProbability } from './hit-probability.ts';

export interface BarrierQuestion extends Omit<HitQuestion, 'barrier'> {
  /** `long` looks below the mark, `short` above. */
  readonly side: 'long' | 'short';
  /** Strictly between 0 and 1. */
  readonly probability: number;
}

/** So far in the logarithm of the price that no asset lives there. */
const FARTHEST = 40;

/**
 * The barrier touched with just this probability, by bisection on the logarithm of the reflection formula
 * (it falls strictly with distance). Null where there is none: a probability outside (0, 1), no
 * volatility, or one so small that no price reaches it.
 */
export function barrierForProbability(question: BarrierQuestion): number | null {
  const { side, probability, mark } = question;
  if (!(probability > 0 && probability < 1)) return null;
  const target = Math.log(probability);
  const sign = side === 'long' ? -1 : 1;
  const barrierAt = (way: number): number => mark * Math.exp(sign * way);
  const excess = (way: number): number =>
    logHitProbability({ ...question, barrier: barrierAt(way) }) - target;
  if (!(question.sigmaAnnual > 0 && question.years > 0) || !(excess(FARTHEST) < 0)) return null;
  let near = 0;
  let far = FARTHEST;
  for (let middle = far / 2; middle > near && middle < far; middle = (near + far) / 2) {
    if (excess(middle) > 0) near = middle;
    else far = middle;
  }
  return barrierAt(near);
}

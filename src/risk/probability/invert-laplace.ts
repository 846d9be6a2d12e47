import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, ZERO } from '../../domain/decimal.ts';

/** Even. Each takes about a digit of the 40 there are and gives half a digit of the answer. */
const TERMS = 28;

/**
 * The function of time whose Laplace transform is given, at one moment (Gaver–Stehfest, Communications of
 * the ACM 13, 1970). Six digits and more for smooth functions.
 */
export function invertLaplace(transform: (s: Decimal) => Decimal, time: Decimal): Decimal {
  const unit = new D(2).ln().div(time);
  return WEIGHTS.reduce(
    (sum, weight, index) => sum.plus(transform(unit.times(index + 1)).times(weight)),
    ZERO,
  ).times(unit);
}

const WEIGHTS: readonly Decimal[] = Array.from({ length: TERMS }, (_, i) => weight(i + 1));

function weight(k: number): Decimal {
  const half = TERMS / 2;
  let sum = ZERO;
  for (let j = Math.floor((k + 1) / 2); j <= Math.min(k, half); j += 1) {
    const below = factorial(half - j)
      .times(factorial(j))
      .times(factorial(j - 1))
      .times(factorial(k - j))
      .times(factorial(2 * j - k));
    sum = sum.plus(
      new D(j)
        .pow(half)
        .times(factorial(2 * j))
        .div(below),
    );
  }
  return (k + half) % 2 === 0 ? sum : sum.neg();
}

function factorial(n: number): Decimal {
  let product = new D(1);
  for (let i = 2; i <= n; i += 1) product = product.times(i);
  return product;
}

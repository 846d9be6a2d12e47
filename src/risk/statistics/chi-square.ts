import { erfc } from './normal.ts';

/** P(X > x) of a chi-square with 1 or 2 degrees of freedom: all that the coverage tests need. */
export function chiSquareSurvival(x: number, degrees: 1 | 2): number {
  if (Number.isNaN(x)) return Number.NaN;
  if (x <= 0) return 1;
  return degrees === 1 ? erfc(Math.sqrt(x / 2)) : Math.exp(-x / 2);
}

import type { Decimal } from '../domain/decimal.ts';

/** decimal.js keeps seven digits a word. */
const WORD = 7;
const FARTHEST = 40;
const SCALES = Float64Array.from({ length: 2 * FARTHEST + 1 }, (_, index) =>
  Number(`1e${(index - FARTHEST) * WORD}`),
);

/**
 * The value as a double, within a few parts in 10^15 and many times faster than toNumber, which goes by way
 * of text. To choose where to solve or whether a comparison is close; never a figure, never a decision
 * where it is close. Infinity and NaN stay what they are.
 */
export function roughly(value: Decimal): number {
  const { d: words, e: exponent, s: sign } = value;
  if (!words) return value.toNumber();
  const scale = SCALES[Math.floor(exponent / WORD) + FARTHEST];
  if (scale === undefined) return value.toNumber();
  const [a = 0, b = 0, c = 0, d = 0] = words;
  return sign * (a + (b + (c + d * 1e-7) * 1e-7) * 1e-7) * scale;
}

/** Relative distance within which a comparison of doubles is left to decimals. */
export const CLOSE = 1e-9;

/** a > b, by doubles unless they are close. */
export function isAbove(a: Decimal, b: Decimal): boolean {
  const x = roughly(a);
  const y = roughly(b);
  const hair = (Math.abs(x) + Math.abs(y)) * CLOSE;
  if (x - y > hair) return true;
  return x - y < -hair ? false : a.gt(b);
}

/** value > 0, without making a zero to compare with. */
export function isPositive(value: Decimal): boolean {
  return value.isPositive() && !value.isZero();
}

/** value = 1, without a comparison that copies both: most contracts are one unit. */
export function isOne({ d: words, e: exponent, s: sign }: Decimal): boolean {
  return exponent === 0 && sign === 1 && words?.length === 1 && words[0] === 1;
}

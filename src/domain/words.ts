import { Decimal } from './decimal.ts';

/** decimal.js keeps a coefficient in words of seven digits; floor(exponent ÷ 7) is the first one's place. */
export const WORD_DIGITS = 7;
export const WORD = 1e7;

export function placeOf({ e: exponent }: Decimal): number {
  return Math.floor(exponent / WORD_DIGITS);
}

export function digitsOf(word: number): number {
  let digits = 1;
  for (let limit = 10; word >= limit; limit *= 10) digits += 1;
  return digits;
}

/** No zero in front or behind, forty digits at most; `place`: of the first word. */
export function decimalOf(words: number[], place: number, isNegative: boolean): Decimal {
  const value = new Decimal(0);
  const made = value as { d: number[]; e: number; s: number };
  made.s = isNegative ? -1 : 1;
  made.e = place * WORD_DIGITS + digitsOf(words[0] as number) - 1;
  made.d = words;
  return value;
}

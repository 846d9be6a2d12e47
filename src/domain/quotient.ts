import type { Decimal } from './decimal.ts';
import { decimalOf, digitsOf, placeOf, WORD, WORD_DIGITS } from './words.ts';

const DIGITS = 40;
/** One to seven digits in the first of them: forty, and at least one more to round by. */
const WORDS = 7;
/** Of an operand; what is longer was never rounded to forty digits. */
const LONGEST = 24;
const UNITS = [1, 10, 100, 1000, 1e4, 1e5, 1e6] as const;

/** What is left of the dividend, one word more in front. Of the call that runs. */
const rest = new Float64Array(LONGEST + WORDS + 2);

/**
 * a ÷ b, the very forty digits of `a.div(b)`, several times faster: half of a pass over a desk is division.
 * Long division word by word as there, but without a list for every step. Zeros and oddities are left to
 * decimal.js.
 */
export function quotient(a: Decimal, b: Decimal): Decimal {
  const { d: x } = a;
  const { d: y } = b;
  if (!x?.[0] || !y?.[0] || x.length > LONGEST || y.length > LONGEST) return a.div(b);
  // There decimal.js is as fast.
  if (y.length === 1) return a.div(b);
  rest.fill(0);
  rest.set(x, 1);
  const words: number[] = [];
  let at = 0;
  for (; words.length < WORDS; at += 1) {
    const word = nextWord(y, at);
    // As an integer to the engine too: one list of doubles among them slows every other decimal down.
    if (word > 0 || words.length > 0) words.push(word | 0);
  }
  const isInexact = isLeft(at);
  // A copy is as long as it has to be; what was pushed to is longer, and most quotients are kept.
  const rounded = round(words, isInexact).slice();
  const place = placeOf(a) - placeOf(b) - (at - WORDS);
  const isNegative = a.s !== b.s;
  return rounded[0] === WORD
    ? decimalOf([1], place + 1, isNegative)
    : decimalOf(rounded, place, isNegative);
}

/** How often the divisor goes into the rest from word `at` on, and takes it out of there. */
function nextWord(y: readonly number[], at: number): number {
  const top = ((read(at) * WORD + read(at + 1)) * WORD + read(at + 2)) * WORD + read(at + 3);
  // By three words of the divisor: wrong by less than a millionth, so by one at most when cut.
  let word = Math.floor(top / (((y[0] as number) * WORD + (y[1] ?? 0)) * WORD + (y[2] ?? 0)));
  if (word > 0) takeOut(y, at, word);
  while (read(at) < 0) {
    takeOut(y, at, -1);
    word -= 1;
  }
  while (fits(y, at)) {
    takeOut(y, at, 1);
    word += 1;
  }
  return word;
}

function read(at: number): number {
  return rest[at] as number;
}

/** The word in front falls below zero when that was once too often. */
function takeOut(y: readonly number[], at: number, times: number): void {
  let borrowed = 0;
  for (let index = y.length - 1; index >= 0; index -= 1) {
    const left = read(at + 1 + index) - times * (y[index] as number) - borrowed;
    borrowed = -Math.floor(left / WORD);
    rest[at + 1 + index] = left + borrowed * WORD;
  }
  rest[at] = read(at) - borrowed;
}

function fits(y: readonly number[], at: number): boolean {
  if (read(at) > 0) return true;
  for (let index = 0; index < y.length; index += 1) {
    const apart = read(at + 1 + index) - (y[index] as number);
    if (apart !== 0) return apart > 0;
  }
  return true;
}

function isLeft(from: number): boolean {
  for (let at = from; at < rest.length; at += 1) if (read(at) !== 0) return true;
  return false;
}

/** To forty digits, a half to the even one. The first word may come out as one followed by seven zeros. */
function round(words: number[], isInexact: boolean): number[] {
  const kept = DIGITS - digitsOf(words[0] as number);
  const last = Math.ceil(kept / WORD_DIGITS);
  const unit = UNITS[last * WORD_DIGITS - kept] as number;
  const isWhole = unit === 1;
  const cut = isWhole ? (words[last + 1] ?? 0) : (words[last] as number) % unit;
  const half = isWhole ? WORD / 2 : unit / 2;
  const isMore = isInexact || hasMore(words, isWhole ? last + 2 : last + 1);
  words.length = last + 1;
  words[last] = (words[last] as number) - (isWhole ? 0 : cut);
  const isOdd = Math.floor((words[last] as number) / unit) % 2 === 1;
  if (cut > half || (cut === half && (isMore || isOdd))) carryUp(words, unit);
  while (words.at(-1) === 0) words.pop();
  return words;
}

function hasMore(words: readonly number[], from: number): boolean {
  for (let at = from; at < words.length; at += 1) if (words[at] !== 0) return true;
  return false;
}

function carryUp(words: number[], unit: number): void {
  let index = words.length - 1;
  words[index] = (words[index] as number) + unit;
  while (index > 0 && words[index] === WORD) {
    words[index] = 0;
    index -= 1;
    words[index] = (words[index] as number) + 1;
  }
}

import { Decimal } from './decimal.ts';

// Quick arithmetic: half of a pass over a desk of thousands is decimals, and decimal.js makes a list a step
// and a copy an operand. Here the words of a result are summed up in one shared room, unrounded and not yet
// carried, and become a decimal once, of the very digits decimal.js finds.

/** decimal.js keeps a coefficient in words of seven digits; floor(exponent ÷ 7) is the first one's place. */
const WORD_DIGITS = 7;
export const WORD = 1e7;
const DIGITS = 40;
const UNITS = [1, 10, 100, 1000, 1e4, 1e5, 1e6] as const;

/** Words a result may have before it is rounded. */
export const ROOM = 64;
/** Those of the result that is being made: whole, of either sign, below 2 × 10^15. Of the call that runs. */
export const room = new Float64Array(ROOM);

export function placeOf({ e: exponent }: Decimal): number {
  return Math.floor(exponent / WORD_DIGITS);
}

/**
 * The first `count` words of the room as a decimal, to forty digits, a half to the even one. `place`: of
 * the first word, which is left free for what is carried into it. `isMore`: something is left behind the
 * last word, of a value above zero.
 */
export function decimalOfRoom(count: number, place: number, isMore: boolean): Decimal {
  const isNegative = carry(count, 1) < 0;
  if (isNegative) carry(count, -1);
  let first = 0;
  while (first < count && room[first] === 0) first += 1;
  if (first === count) return new Decimal(0);
  let end = round(first, count, isMore);
  while (room[end] === 0) end -= 1;
  const lead = room[first] as number;
  if (lead === WORD) return made([1], (place - first + 1) * WORD_DIGITS, isNegative);
  const exponent = (place - first) * WORD_DIGITS + digitsOf(lead) - 1;
  return made(copied(first, end - first + 1), exponent, isNegative);
}

/** Every word between zero and 10^7, after a change of sign or not; what is carried out of the first. */
function carry(count: number, sign: 1 | -1): number {
  let carried = 0;
  for (let at = count - 1; at >= 0; at -= 1) {
    const word = sign * (room[at] as number) + carried;
    carried = Math.floor(word * 1e-7);
    room[at] = word - carried * WORD;
  }
  return carried;
}

function digitsOf(word: number): number {
  if (word >= 1e4) return word >= 1e6 ? 7 : word >= 1e5 ? 6 : 5;
  if (word >= 100) return word >= 1000 ? 4 : 3;
  return word >= 10 ? 2 : 1;
}

/** The last word that stays. The first one may come out as one followed by seven zeros. */
function round(first: number, count: number, isInexact: boolean): number {
  const kept = DIGITS - digitsOf(room[first] as number);
  const words = Math.ceil(kept / WORD_DIGITS);
  const last = first + words;
  if (last >= count) return count - 1;
  const unit = UNITS[words * WORD_DIGITS - kept] as number;
  const isWhole = unit === 1;
  const word = room[last] as number;
  const next = last + 1 < count ? (room[last + 1] as number) : 0;
  const cut = isWhole ? next : word % unit;
  const half = (isWhole ? WORD : unit) / 2;
  room[last] = isWhole ? word : word - cut;
  if (cut < half) return last;
  const isTie = cut === half && !isInexact && !hasMore(isWhole ? last + 2 : last + 1, count);
  if (!isTie || Math.floor(word / unit) % 2 === 1) carryUp(first, last, unit);
  return last;
}

function hasMore(from: number, count: number): boolean {
  for (let at = from; at < count; at += 1) if (room[at] !== 0) return true;
  return false;
}

function carryUp(first: number, last: number, unit: number): void {
  let at = last;
  room[at] = (room[at] as number) + unit;
  while (at > first && room[at] === WORD) {
    room[at] = 0;
    at -= 1;
    room[at] = (room[at] as number) + 1;
  }
}

/** A list as long as it has to be, of integers to the engine too: one list of doubles slows all others. */
function copied(from: number, length: number): number[] {
  const a = wordAt(from);
  if (length === 1) return [a];
  const b = wordAt(from + 1);
  if (length === 2) return [a, b];
  const c = wordAt(from + 2);
  if (length === 3) return [a, b, c];
  const d = wordAt(from + 3);
  if (length === 4) return [a, b, c, d];
  const e = wordAt(from + 4);
  if (length === 5) return [a, b, c, d, e];
  const f = wordAt(from + 5);
  return length === 6 ? [a, b, c, d, e, f] : [a, b, c, d, e, f, wordAt(from + 6)];
}

function wordAt(index: number): number {
  return (room[index] as number) | 0;
}

/** The fields of a decimal without the questions its constructor asks first. */
function Made(this: Fields, words: number[], exponent: number, isNegative: boolean): void {
  this.constructor = Decimal;
  this.s = isNegative ? -1 : 1;
  this.e = exponent;
  this.d = words;
}
Made.prototype = Decimal.prototype;

interface Fields {
  constructor: typeof Decimal;
  s: number;
  e: number;
  d: number[];
}

const made = (words: number[], exponent: number, isNegative: boolean): Decimal =>
  new (Made as unknown as new (...of: Parameters<typeof Made>) => Decimal)(
    words,
    exponent,
    isNegative,
  );

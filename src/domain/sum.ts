import type { Decimal } from './decimal.ts';
import { ZERO } from './decimal.ts';
import { decimalOfRoom, placeOf, ROOM, room } from './words.ts';

/** a + b, the very digits of `a.plus(b)`, several times faster; oddities are left to decimal.js. */
export function sum(a: Decimal, b: Decimal): Decimal {
  return added(a, b, 1) ?? a.plus(b);
}

/** a − b, the very digits of `a.minus(b)`. */
export function difference(a: Decimal, b: Decimal): Decimal {
  return added(a, b, -1) ?? a.minus(b);
}

function added(a: Decimal, b: Decimal, sign: 1 | -1): Decimal | null {
  const { d: x } = a;
  const { d: y } = b;
  if (!x || !y || (x[0] === 0 && y[0] === 0)) return null;
  const [atA, atB] = [placeOf(a), placeOf(b)];
  // The first word is left for what is carried.
  const place = (atA > atB ? atA : atB) + 1;
  const [fromA, fromB] = [place - atA, place - atB];
  const [endA, endB] = [fromA + x.length, fromB + y.length];
  const count = endA > endB ? endA : endB;
  if (count > ROOM) return null;
  for (let at = 0; at < count; at += 1) room[at] = 0;
  for (let k = 0; k < x.length; k += 1) room[fromA + k] = a.s * (x[k] as number);
  const signed = sign * b.s;
  for (let k = 0; k < y.length; k += 1) {
    room[fromB + k] = (room[fromB + k] as number) + signed * (y[k] as number);
  }
  return decimalOfRoom(count, place, false);
}

/** The sum of all of them, rounded once: in any order the same forty digits. An empty list sums to zero. */
export function total(values: readonly Decimal[]): Decimal {
  const [first, second] = values;
  if (first === undefined) return ZERO;
  if (second === undefined) return first;
  let top = Number.NEGATIVE_INFINITY;
  let end = Number.POSITIVE_INFINITY;
  for (const value of values) {
    const { d: words } = value;
    if (!words) return values.reduce((sum, each) => sum.plus(each));
    if (words[0] === 0) continue;
    const place = placeOf(value);
    top = Math.max(top, place);
    end = Math.min(end, place - words.length);
  }
  if (top === Number.NEGATIVE_INFINITY) return ZERO;
  // Room for what many of them carry.
  const place = top + 2;
  const count = place - end;
  if (count > ROOM) return values.reduce((sum, each) => sum.plus(each));
  for (let at = 0; at < count; at += 1) room[at] = 0;
  for (const value of values) addTo(place - placeOf(value), value);
  return decimalOfRoom(count, place, false);
}

function addTo(from: number, { d: words, s: sign }: Decimal): void {
  if (words[0] === 0) return;
  for (let k = 0; k < words.length; k += 1) {
    room[from + k] = (room[from + k] as number) + sign * (words[k] as number);
  }
}

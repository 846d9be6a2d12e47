import type { Decimal } from './decimal.ts';
import { decimalOfRoom, placeOf, room } from './words.ts';

/** Words of a factor: their products still add up below what the room takes. */
const LONGEST = 12;

/**
 * a × b, the very digits of `a.times(b)`, several times faster; zeros, oddities and what is longer than
 * anything that was rounded are left to decimal.js.
 */
export function product(a: Decimal, b: Decimal): Decimal {
  const { d: x } = a;
  const { d: y } = b;
  if (!x?.[0] || !y?.[0] || x.length > LONGEST || y.length > LONGEST) return a.times(b);
  const [n, m] = [x.length, y.length];
  for (let at = n + m - 1; at >= 0; at -= 1) room[at] = 0;
  for (let i = 0; i < n; i += 1) {
    const factor = x[i] as number;
    for (let k = 0; k < m; k += 1) {
      room[i + k + 1] = (room[i + k + 1] as number) + factor * (y[k] as number);
    }
  }
  const value = decimalOfRoom(n + m, placeOf(a) + placeOf(b) + 1, false);
  return a.s === b.s ? value : negated(value);
}

/** Of a value nobody has seen yet. */
function negated(value: Decimal): Decimal {
  (value as { s: number }).s = -1;
  return value;
}

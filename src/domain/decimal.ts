import { Decimal as Base } from 'decimal.js';

/**
 * The one Decimal of the program: 40 digits, plain notation in text and JSON.
 * The stock clone keeps 20 digits and prints "1e-8"; both lose money here.
 */
export const Decimal = Base.clone({
  precision: 40,
  rounding: Base.ROUND_HALF_EVEN,
  toExpNeg: -40,
  toExpPos: 40,
});
export type Decimal = Base;

export const ZERO = new Decimal(0);
export const ONE = new Decimal(1);

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/**
 * A venue's figure as a Decimal, or null when it is absent, empty or not a finite number.
 * Numbers are accepted only because some venues send JSON numbers; text keeps every digit.
 */
export function parseDecimal(raw: unknown): Decimal | null {
  if (typeof raw === 'number') return Number.isFinite(raw) ? new Decimal(String(raw)) : null;
  if (typeof raw !== 'string') return null;
  const text = raw.trim();
  return PLAIN.test(text) ? new Decimal(text) : null;
}

/** For literals in our own code; throws on anything that is not a finite number. */
export function dec(text: string | number): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new TypeError(`not a decimal: ${JSON.stringify(text)}`);
  return value;
}

/** Null-propagating sum: one unknown term makes the sum unknown. An empty list sums to zero. */
export function sumKnown(values: Iterable<Decimal | null>): Decimal | null {
  let total = ZERO;
  for (const value of values) {
    if (value === null) return null;
    total = total.plus(value);
  }
  return total;
}

/** a ÷ b, or null when either is not known or b is zero. */
export function ratioOf(a: Decimal | null, b: Decimal | null): Decimal | null {
  if (a === null || b === null || b.isZero()) return null;
  return a.div(b);
}

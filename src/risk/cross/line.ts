import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { product } from '../../domain/product.ts';
import { quotient } from '../../domain/quotient.ts';
import { sum as add, difference } from '../../domain/sum.ts';

/** base + slope × t. */
export interface Line {
  readonly base: Decimal;
  readonly slope: Decimal;
}

export const ZERO_LINE: Line = { base: ZERO, slope: ZERO };

export function constant(base: Decimal): Line {
  return { base, slope: ZERO };
}

export function plus(a: Line, b: Line): Line {
  return { base: added(a.base, b.base), slope: added(a.slope, b.slope) };
}

export function minus(a: Line, b: Line): Line {
  return { base: less(a.base, b.base), slope: less(a.slope, b.slope) };
}

export function times(line: Line, factor: Decimal): Line {
  if (factor === ONE) return line;
  return { base: scaled(line.base, factor), slope: scaled(line.slope, factor) };
}

export function at(line: Line, t: Decimal): Decimal {
  return line.slope.isZero() ? line.base : add(line.base, scaled(line.slope, t));
}

/** Where the line is zero; null when it never or always is. */
export function zeroOf(line: Line): Decimal | null {
  return line.slope.isZero() ? null : quotient(line.base, line.slope).neg();
}

// Most lines of a pool have a zero or a one in them, and decimals copy what they are given.

function added(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) return a;
  return a.isZero() ? b : add(a, b);
}

function less(a: Decimal, b: Decimal): Decimal {
  if (b.isZero()) return a;
  return a.isZero() ? b.neg() : difference(a, b);
}

function scaled(a: Decimal, b: Decimal): Decimal {
  if (a === ONE) return b;
  if (b === ONE) return a;
  return a.isZero() ? ZERO : product(a, b);
}

import type { Decimal } from '../../domain/decimal.ts';
import { ZERO } from '../../domain/decimal.ts';
import { quotient } from '../../domain/quotient.ts';

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
  return { base: a.base.plus(b.base), slope: a.slope.plus(b.slope) };
}

export function minus(a: Line, b: Line): Line {
  return { base: a.base.minus(b.base), slope: a.slope.minus(b.slope) };
}

export function times(line: Line, factor: Decimal): Line {
  return { base: line.base.times(factor), slope: line.slope.times(factor) };
}

export function at(line: Line, t: Decimal): Decimal {
  return line.slope.isZero() ? line.base : line.base.plus(line.slope.times(t));
}

/** Where the line is zero; null when it never or always is. */
export function zeroOf(line: Line): Decimal | null {
  return line.slope.isZero() ? null : quotient(line.base, line.slope).neg();
}

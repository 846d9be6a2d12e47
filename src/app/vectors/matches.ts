import { Decimal, dec, parseDecimal } from '../../domain/decimal.ts';
import type { Got, Tolerance } from './vector.ts';

const NEAR_ZERO = dec('1e-9');

/**
 * True when every part of `expected` is met: figures within the tolerance, other text, booleans and
 * null exactly, lists item by item. More keys in `got` than asked for are welcome.
 */
export function matches(expected: unknown, got: Got | undefined, tolerance: Tolerance): boolean {
  if (got === undefined) return false;
  if (expected === null || typeof expected === 'boolean') return got === expected;
  if (typeof expected === 'string' || typeof expected === 'number') {
    const figure = parseDecimal(expected);
    if (figure === null) return got === expected;
    return Decimal.isDecimal(got) && isNear(figure, got, tolerance);
  }
  if (typeof expected !== 'object' || got === null || typeof got !== 'object') return false;
  if (Array.isArray(expected)) return Array.isArray(got) && matchList(expected, got, tolerance);
  if (Decimal.isDecimal(got) || Array.isArray(got)) return false;
  const record = got as { readonly [key: string]: Got };
  return Object.entries(expected).every(([key, value]) => matches(value, record[key], tolerance));
}

function matchList(
  expected: readonly unknown[],
  got: readonly Got[],
  tolerance: Tolerance,
): boolean {
  return (
    expected.length === got.length &&
    expected.every((value, index) => matches(value, got[index], tolerance))
  );
}

function isNear(expected: Decimal, got: Decimal, { type, value }: Tolerance): boolean {
  if (type === 'abs') return got.minus(expected).abs().lte(value);
  if (expected.isZero()) return got.abs().lte(NEAR_ZERO);
  return got.minus(expected).abs().lte(value.times(expected.abs()));
}

import { Decimal as D } from '../../domain/decimal.ts';
import type { Ratio } from '../../domain/units.ts';
import { asRatio } from '../../domain/units.ts';

const DIGITS = 6;

/**
 * A ratio or probability out of statistics, for a table or for JSON: six significant digits, because it
 * has no more. Null where it is not known or not finite.
 */
export function estimateRatio(ratio: number | null): Ratio | null {
  if (ratio === null || !Number.isFinite(ratio)) return null;
  return asRatio(new D(ratio).toSignificantDigits(DIGITS));
}

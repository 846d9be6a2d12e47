import { Decimal as D } from '../../domain/decimal.ts';
import type { Usd } from '../../domain/units.ts';
import { asUsd } from '../../domain/units.ts';

/**
 * A stressed amount for a table or for JSON: rounded to cents, because a what-if is a statistic and
 * its further digits are none. Never an amount to send. Null where it is not known or not finite.
 */
export function whatIfUsd(amount: number | null): Usd | null {
  if (amount === null || !Number.isFinite(amount)) return null;
  return asUsd(new D(amount).toDecimalPlaces(2, D.ROUND_HALF_EVEN));
}

import type { CollateralBracket } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';
import { asRatio } from '../../domain/units.ts';
import { continuousTiers, maintenanceOf } from '../maintenance.ts';

/** Every coin counts in full. */
export const IN_FULL: readonly CollateralBracket[] = [{ floor: ZERO, rate: asRatio(ONE) }];

/**
 * Marginal haircut brackets in the form rate × quantity − deduction, the algebra maintenance brackets
 * have too.
 */
export function weightTiers(brackets: readonly CollateralBracket[]): readonly MaintenanceTier[] {
  const known = WEIGHTS.get(brackets);
  if (known !== undefined) return known;
  const tiers = continuousTiers(brackets);
  WEIGHTS.set(brackets, tiers);
  return tiers;
}

/** Every question about a coin asks for them again. */
const WEIGHTS = new WeakMap<readonly CollateralBracket[], readonly MaintenanceTier[]>();

/** Whether every coin counts as one, however many there are. */
export function countsInFull(brackets: readonly CollateralBracket[]): boolean {
  return brackets === IN_FULL || brackets.every(({ rate }) => rate.eq(1));
}

/**
 * How much of a coin counts as margin, in coin: each part of the quantity at the rate of its bracket. A
 * debt counts in full.
 */
export function countedQuantity(
  quantity: Decimal,
  brackets: readonly CollateralBracket[],
): Decimal {
  if (quantity.lte(0)) return quantity;
  return maintenanceOf(weightTiers(brackets), quantity) ?? ZERO;
}

/** The inverse: how much of the coin has to be there for this much to count; null when no amount does. */
export function quantityCounting(
  counted: Decimal,
  brackets: readonly CollateralBracket[],
): Decimal | null {
  if (counted.lte(0)) return counted;
  for (const { cap, rate, deduction } of weightTiers(brackets)) {
    if (rate.lte(0)) continue;
    const quantity = counted.plus(deduction).div(rate);
    if (cap === null || quantity.lte(cap)) return quantity;
  }
  return null;
}

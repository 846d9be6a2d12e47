import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import type { Side } from '../../domain/position.ts';
import type { Ratio } from '../../domain/units.ts';
import { asRatio } from '../../domain/units.ts';

/**
 * How far the liquidation price of one linear position is from the mark at this health factor, as a share
 * of the mark: m(HF − 1) ÷ (1 − s·m), s = ±1. Why a health factor of 2 may be half a percent away. Null at
 * a maintenance rate of 100 % of a long.
 */
export function distanceOfHealth(
  side: Side,
  maintenanceRate: Decimal,
  health: Decimal,
): Ratio | null {
  const rate = side === 'long' ? maintenanceRate : maintenanceRate.neg();
  const below = ONE.minus(rate);
  if (below.isZero()) return null;
  return asRatio(maintenanceRate.times(health.minus(ONE)).div(below));
}

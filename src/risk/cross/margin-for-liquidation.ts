import type { Decimal } from '../../domain/decimal.ts';
import { ZERO } from '../../domain/decimal.ts';
import type { IsolatedLeg } from '../isolated-liquidation.ts';
import { maintenanceOf } from '../maintenance.ts';
import { requirementWithFee } from '../margin-ratio.ts';
import { settleValue } from '../notional.ts';

/**
 * The margin that puts an isolated position's liquidation at this price: requirement − PnL there, with the
 * bracket of that price. Where the closing fee is reserved inside the margin (Bybit), the margin whose
 * bankruptcy value is the requirement away. Negative: even without margin it would live there. Null when
 * no margin does it.
 */
export function marginForLiquidation(
  leg: Omit<IsolatedLeg, 'margin'>,
  target: Decimal,
): Decimal | null {
  const { kind, side, size, entry, profile, takerFee, tiers } = leg;
  if (target.lte(0) || entry.lte(0)) return null;
  const gain = (side === 'long') === (kind === 'linear') ? 1 : -1;
  const value = settleValue(kind, size, target);
  const atEntry = settleValue(kind, size, entry);
  const maintenance = maintenanceOf(tiers, profile.maintenanceOn === 'entry' ? atEntry : value);
  if (maintenance === null) return null;
  if (profile.closingFee === 'reserved') {
    const bankrupt = value.minus(maintenance.times(gain));
    if (bankrupt.lte(0)) return null;
    return atEntry.minus(bankrupt).times(gain).plus(bankrupt.times(takerFee));
  }
  const fee = profile.closingFee === 'added' ? takerFee : ZERO;
  const required = requirementWithFee(maintenance, value, fee);
  return required.minus(value.minus(atEntry).times(gain));
}

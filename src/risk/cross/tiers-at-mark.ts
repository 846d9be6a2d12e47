import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../domain/instrument.ts';
import { settleValue, sizeOf } from '../notional.ts';

/**
 * The instrument's brackets over the settle value at this mark, whatever unit they are in: for questions
 * where the size changes and the price does not. Null when the venue gave none.
 */
export function tiersAtMark(instrument: Instrument, mark: Decimal): MaintenanceTier[] | null {
  const { tiers, tierUnit, kind, contractSize } = instrument;
  if (tiers === null || tiers.length === 0 || mark.lte(0)) return null;
  if (tierUnit === (kind === 'linear' ? 'quote' : 'base')) return [...tiers];
  // One contract, or one base unit (one dollar of an inverse contract), in settle.
  const size = tierUnit === 'contracts' ? sizeOf(ONE, contractSize) : ONE;
  const unit = settleValue(kind, size, mark);
  return tiers.map(({ floor, cap, rate, deduction }) => ({
    floor: floor.times(unit),
    cap: cap === null ? null : cap.times(unit),
    rate,
    deduction: deduction.times(unit),
  }));
}

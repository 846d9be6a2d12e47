import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../domain/instrument.ts';
import { product } from '../domain/product.ts';
import { difference } from '../domain/sum.ts';
import { asRatio } from '../domain/units.ts';
import { bracketTable } from './bracket-table.ts';
import { sizeOf } from './notional.ts';
import { CLOSE, roughly } from './roughly.ts';

/**
 * The bracket a value falls in; a value exactly at a cap still belongs to the bracket below it, and a
 * value past the last cap to the last bracket. Brackets ascend and do not overlap.
 */
export function tierAt(tiers: readonly MaintenanceTier[], value: Decimal): MaintenanceTier | null {
  const last = tiers.length - 1;
  if (last <= 0) return tiers[0] ?? null;
  const { caps } = bracketTable(tiers);
  const near = roughly(value);
  for (let index = 0; index < last; index += 1) {
    const cap = caps[index] as number;
    const hair = Math.abs(cap) * CLOSE;
    if (near > cap + hair) continue;
    const tier = tiers[index] as MaintenanceTier;
    if (near < cap - hair || tier.cap === null || value.lte(tier.cap)) return tier;
  }
  return tiers[last] ?? null;
}

/** rate × value − deduction of the bracket; null without brackets. */
export function maintenanceOf(tiers: readonly MaintenanceTier[], value: Decimal): Decimal | null {
  const tier = tierAt(tiers, value);
  return tier === null ? null : tierMaintenance(tier, value);
}

export function tierMaintenance(tier: MaintenanceTier, value: Decimal): Decimal {
  const charged = product(value, tier.rate);
  return tier.deduction.isZero() ? charged : difference(charged, tier.deduction);
}

export interface DeductionStep {
  readonly floor: Decimal;
  readonly rate: Decimal;
  readonly previousRate: Decimal;
  readonly previousDeduction: Decimal;
}

/**
 * The deduction that keeps maintenance continuous where a bracket starts: d + floor × (rate − previous
 * rate). Binance calls it cum, Bybit mmDeduction, Hyperliquid maintenance deduction.
 */
export function nextDeduction(step: DeductionStep): Decimal {
  return step.previousDeduction.plus(step.floor.times(step.rate.minus(step.previousRate)));
}

/** Brackets from ascending floors and rates, with the deductions that make them continuous. */
export function continuousTiers(
  steps: readonly { readonly floor: Decimal; readonly rate: Decimal }[],
): MaintenanceTier[] {
  const tiers: MaintenanceTier[] = [];
  for (const [index, { floor, rate }] of steps.entries()) {
    const previous = tiers.at(-1);
    const deduction =
      previous === undefined
        ? ZERO
        : nextDeduction({
            floor,
            rate,
            previousRate: previous.rate,
            previousDeduction: previous.deduction,
          });
    tiers.push({ floor, cap: steps[index + 1]?.floor ?? null, rate: asRatio(rate), deduction });
  }
  return tiers;
}

/**
 * The instrument's brackets restated over the settle value (linear: size × price, inverse: size ÷
 * price). Brackets that the price cannot move a position out of (contracts, base units of a linear
 * contract, dollars of an inverse one) become the one bracket this many contracts are in.
 * Null when the venue gave no brackets.
 */
export function valueTiers(
  instrument: Instrument,
  contracts: Decimal,
): readonly MaintenanceTier[] | null {
  const { tiers, tierUnit, kind, contractSize } = instrument;
  if (tiers === null || tiers.length === 0) return null;
  const movesWithPrice = tierUnit === (kind === 'linear' ? 'quote' : 'base');
  if (movesWithPrice) return tiers;
  const held = tierUnit === 'contracts' ? contracts : sizeOf(contracts, contractSize);
  const tier = tierAt(tiers, held);
  if (tier === null || held.isZero()) return null;
  const rate = asRatio(tier.rate.minus(tier.deduction.div(held)));
  return [{ floor: ZERO, cap: null, rate, deduction: ZERO }];
}

import type { Decimal } from '../domain/decimal.ts';
import type { MaintenanceTier } from '../domain/instrument.ts';
import { roughly } from './roughly.ts';

/** Brackets as doubles, to find the one to solve in. Entry i belongs to bracket i. */
export interface BracketTable {
  /** Infinity where a bracket has no upper end. */
  readonly caps: Float64Array;
  readonly rates: Float64Array;
  readonly deductions: Float64Array;
}

/** Brackets are the venue's and live as long as it does: each list is turned into doubles once. */
const TABLES = new WeakMap<readonly MaintenanceTier[], BracketTable>();

export function bracketTable(tiers: readonly MaintenanceTier[]): BracketTable {
  const known = TABLES.get(tiers);
  if (known !== undefined) return known;
  const table = {
    caps: Float64Array.from(tiers, ({ cap }) =>
      cap === null ? Number.POSITIVE_INFINITY : roughly(cap),
    ),
    rates: Float64Array.from(tiers, ({ rate }) => roughly(rate)),
    deductions: Float64Array.from(tiers, ({ deduction }) => roughly(deduction)),
  };
  TABLES.set(tiers, table);
  return table;
}

interface Cost {
  readonly fee: Decimal;
  readonly cost: Decimal;
}
const COSTS = {
  '1': new WeakMap<MaintenanceTier, Cost>(),
  '-1': new WeakMap<MaintenanceTier, Cost>(),
};

/** rate + fee − gain: what a unit of value requires beyond what it earns. */
export function costPerValue(tier: MaintenanceTier, fee: Decimal, gain: 1 | -1): Decimal {
  const costs = COSTS[gain];
  const known = costs.get(tier);
  if (known?.fee === fee) return known.cost;
  const cost = tier.rate.plus(fee).minus(gain);
  costs.set(tier, { fee, cost });
  return cost;
}

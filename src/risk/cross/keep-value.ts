import type { Decimal } from '../../domain/decimal.ts';
import { ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';

export interface KeepInput {
  /** Equity now, in settle. */
  readonly equity: Decimal;
  /** Value of the position at the mark, in settle. */
  readonly value: Decimal;
  /** Over the value at the mark, at least one. */
  readonly tiers: readonly MaintenanceTier[];
  /** Maintenance that stays whatever is closed, in settle; zero of an isolated position. */
  readonly otherMaintenance: Decimal;
  /** Equity ÷ maintenance to reach. */
  readonly target: Decimal;
  /** Share of the closed value that closing costs. */
  readonly closingFee: Decimal;
}

/**
 * The most of a position that can stay when closing the rest at the mark shall reach a health factor:
 * equity − fee × (v − v') = target × (other + rate × v' − deduction), solved bracket by bracket from the
 * top. Where target × rate ≤ fee closing costs more than it frees, so only a lower bracket helps. The
 * whole value when the target is met already; null when even closing all does not reach it.
 */
export function keepValue(input: KeepInput): Decimal | null {
  const { equity, value, tiers, otherMaintenance, target, closingFee } = input;
  const left = equity.minus(value.times(closingFee)).minus(target.times(otherMaintenance));
  for (const [index, tier] of [...tiers.entries()].reverse()) {
    const from = index === 0 ? ZERO : (tiers[index - 1]?.cap ?? tier.floor);
    const cap = index === tiers.length - 1 ? null : tier.cap;
    const to = cap === null || cap.gt(value) ? value : cap;
    if (to.lt(from)) continue;
    // Spare equity at a kept value v' of this bracket is room − cost × v'.
    const room = left.plus(target.times(tier.deduction));
    const cost = tier.rate.times(target).minus(closingFee);
    if (room.gte(cost.times(to))) return to;
    if (cost.lte(0)) continue;
    const kept = room.div(cost);
    if (kept.gte(from) && kept.gte(0)) return kept;
  }
  return null;
}

import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { MaintenanceTier } from '../domain/instrument.ts';
import { tierMaintenance } from './maintenance.ts';

/** Tables are the venue's and live as long as it does: each is looked at once. */
const CONVEX = new WeakMap<readonly MaintenanceTier[], boolean>();

/** Whether maintenance rises without a jump, and never more slowly than in the bracket before. */
export function isConvexTable(tiers: readonly MaintenanceTier[]): boolean {
  if (tiers.length === 1) return true;
  const known = CONVEX.get(tiers);
  if (known !== undefined) return known;
  const answer = tiers.every((tier, index) => {
    const next = tiers[index + 1];
    if (next === undefined) return true;
    return tier.cap !== null && tier.rate.lte(next.rate) && isContinuous(tier, next, tier.cap);
  });
  CONVEX.set(tiers, answer);
  return answer;
}

const HAIR = dec('1e-12');

function isContinuous(tier: MaintenanceTier, next: MaintenanceTier, cap: Decimal): boolean {
  const before = tierMaintenance(tier, cap);
  return tierMaintenance(next, cap).minus(before).abs().lte(before.abs().times(HAIR));
}

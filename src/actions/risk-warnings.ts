import type { Decimal } from '../domain/decimal.ts';
import { ONE, ZERO } from '../domain/decimal.ts';
import type { Ratio } from '../domain/units.ts';
import type { Figures } from './figures.ts';

/** Why an act raises risk. For words, and to tell acts that lower risk from all others. */
export type RiskWarning =
  | 'health-falls'
  | 'liquidation-nearer'
  | 'probability-rises'
  | 'would-liquidate'
  | 'stop-removed'
  | 'stop-beyond-liquidation'
  | 'payer-health-falls';

/** What gets worse from before to after. A figure that is known on one side only seldom warns. */
export function figureWarnings(before: Figures, after: Figures): RiskWarning[] {
  const warnings: RiskWarning[] = [];
  if (falls(before.healthFactor, after.healthFactor)) warnings.push('health-falls');
  if (falls(before.liquidationDistance, after.liquidationDistance) || appears(before, after)) {
    warnings.push('liquidation-nearer');
  }
  if (falls(after.probability24h, before.probability24h)) warnings.push('probability-rises');
  if (endsAt(ONE, before.healthFactor, after.healthFactor)) warnings.push('would-liquidate');
  else if (endsAt(ZERO, before.liquidationDistance, after.liquidationDistance)) {
    warnings.push('would-liquidate');
  }
  return warnings;
}

function falls(before: Ratio | null, after: Ratio | null): boolean {
  if (before === null) return false;
  return after?.lt(before) === true;
}

/** Not when it was worse before: what helps too little still helps. */
function endsAt(end: Decimal, before: Ratio | null, after: Ratio | null): boolean {
  if (!after?.lte(end)) return false;
  return before === null || after.lt(before);
}

/** There was no price that liquidates it, and now there is. */
function appears(before: Figures, after: Figures): boolean {
  const wasNone =
    before.liquidationPrice.kind === 'none' && before.estimatedLiquidationPrice === null;
  return wasNone && after.estimatedLiquidationPrice !== null;
}

import type { PositionRisk } from './position-risk.ts';

/**
 * What the full-size stop does against liquidation. `before`: it triggers first, or there is nothing to
 * liquidate; `beyond`: liquidation comes first, so it protects nothing; `unchecked`: there is one, but no
 * liquidation price to compare it with; `unknown`: nobody said whether there is one.
 */
export type StopCoverage = 'before' | 'beyond' | 'none' | 'unchecked' | 'unknown';

export function stopCoverage(risk: PositionRisk): StopCoverage {
  const { stopLoss, liquidation, side } = risk.position;
  if (stopLoss.kind !== 'price') return stopLoss.kind;
  if (risk.liquidationState === 'none') return 'before';
  const price = liquidation.kind === 'price' ? liquidation.price : risk.estimatedLiquidationPrice;
  if (price === null) return 'unchecked';
  // At the very price both trigger at once, and the venue's own engine is the faster one.
  const isBefore = side === 'long' ? stopLoss.price.gt(price) : stopLoss.price.lt(price);
  return isBefore ? 'before' : 'beyond';
}

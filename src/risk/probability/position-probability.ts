import type { Position } from '../../domain/position.ts';
import { tierAt, valueTiers } from '../maintenance.ts';
import { settleValue, sizeOf } from '../notional.ts';
import type { PositionRisk } from '../position-risk.ts';
import { barrierGrowth } from './barrier-growth.ts';
import {
  barrierProbability,
  certainProbability,
  unknownProbability,
} from './barrier-probability.ts';
import { widenBarrier } from './exit-impact.ts';
import type { LiquidationProbability } from './liquidation-probability.ts';
import { positionExitImpact } from './position-exit.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';

export interface PositionProbability {
  /** Of liquidation itself. */
  readonly liquidation: LiquidationProbability;
  /**
   * That the price gets so near that closing at the market would leave less than maintenance; null where
   * closing does not move the market, or nobody knows whether it does.
   */
  readonly widened: LiquidationProbability | null;
  /** Share of the price that closing the position costs; null: not known. */
  readonly exitImpact: number | null;
}

/** The figure to show and to act on: with the way out counted, where it matters. */
export function headlineOf({ liquidation, widened }: PositionProbability): LiquidationProbability {
  return widened ?? liquidation;
}

/** By the position's own liquidation price: the venue's, else ours. */
export function priceProbability(
  risk: PositionRisk,
  evidence: Omit<ProbabilityEvidence, 'simulation'>,
): PositionProbability {
  const barrier = barrierOf(risk);
  if (barrier.kind === 'known') {
    return { liquidation: barrier.probability, widened: null, exitImpact: null };
  }
  const outlook = evidence.outlooks.get(risk.position.instrument.asset);
  const touch = (price: number): LiquidationProbability =>
    barrierProbability(outlook, {
      mark: barrier.mark,
      below: barrier.isBelow ? price : null,
      above: barrier.isBelow ? null : price,
      growthAnnual: growthOf(risk.position, { ...barrier, barrier: price }, evidence),
    });
  const impact = positionExitImpact(risk.position, evidence);
  const wide =
    impact === null ? barrier.price : widenBarrier({ ...barrier, barrier: barrier.price }, impact);
  return {
    liquidation: touch(barrier.price),
    widened: wide === barrier.price ? null : touch(wide),
    exitImpact: impact,
  };
}

type Barrier =
  | { readonly kind: 'known'; readonly probability: LiquidationProbability }
  | {
      readonly kind: 'price';
      readonly mark: number;
      readonly price: number;
      readonly isBelow: boolean;
    };

function barrierOf(risk: PositionRisk): Barrier {
  const { position, liquidationDistance: distance, estimateMissing } = risk;
  const { liquidation, markPrice } = position;
  const price = liquidation.kind === 'price' ? liquidation.price : risk.estimatedLiquidationPrice;
  if (estimateMissing === 'past') return { kind: 'known', probability: certainProbability(1) };
  if (risk.liquidationState === 'none') {
    return { kind: 'known', probability: certainProbability(0) };
  }
  if (price === null) {
    return { kind: 'known', probability: unknownProbability('no-liquidation-price') };
  }
  if (markPrice === null || distance === null || !markPrice.gt(0) || !price.gt(0)) {
    return { kind: 'known', probability: unknownProbability('no-mark') };
  }
  if (distance.lte(0)) return { kind: 'known', probability: certainProbability(1) };
  const isBelow = price.lt(markPrice);
  return { kind: 'price', mark: markPrice.toNumber(), price: price.toNumber(), isBelow };
}

/** Funding comes out of the margin of an isolated position alone; unknown funding moves nothing. */
function growthOf(
  position: Position,
  { mark, barrier }: { readonly mark: number; readonly barrier: number },
  { fundingAnnual }: Pick<ProbabilityEvidence, 'fundingAnnual'>,
): number {
  const funding = fundingAnnual.get(position.instrument.id);
  const rate = maintenanceRate(position);
  if (funding === undefined || rate === null || position.marginMode !== 'isolated') return 0;
  const { side } = position;
  return barrierGrowth({ side, mark, barrier, fundingAnnual: funding, maintenanceRate: rate });
}

function maintenanceRate({ instrument, contracts, markPrice }: Position): number | null {
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null || markPrice === null || markPrice.isZero()) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  return tierAt(tiers, settleValue(instrument.kind, size, markPrice))?.rate.toNumber() ?? null;
}

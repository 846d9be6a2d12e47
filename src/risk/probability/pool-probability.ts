import type { AssetOutlook } from './asset-outlook.ts';
import { HORIZON_HOURS } from './asset-outlook.ts';
import {
  barrierProbability,
  certainProbability,
  eachHorizon,
  unknownProbability,
} from './barrier-probability.ts';
import { firstOrderProbability } from './first-order-probability.ts';
import type { HorizonName, LiquidationProbability } from './liquidation-probability.ts';
import type { MarketModel } from './market-model.ts';
import type { PoolCurves } from './pool-curves.ts';
import type { PoolAtRisk } from './pools-at-risk.ts';
import type { AssetCurve, SimulationResult } from './simulation.ts';
import { isCovered } from './simulation-request.ts';

/** What a cross pool is judged by. */
export interface PoolEvidence {
  readonly outlooks: ReadonlyMap<string, AssetOutlook>;
  readonly market: MarketModel | null;
  readonly simulation: { readonly result: SimulationResult; readonly paths: number } | null;
}

const HOURS_A_YEAR = 365 * 24;

/**
 * A pool that one asset moves is a pair of barriers for that asset's excursions; one that several move is
 * simulated, or estimated to first order while no simulation is there.
 */
export function poolProbability(pool: PoolAtRisk, evidence: PoolEvidence): LiquidationProbability {
  const { model } = pool;
  if (model === null) return unknownProbability('account-unknown');
  if (model.spare <= 0) return certainProbability(1);
  const [first, ...others] = model.curves;
  if (first === undefined) return certainProbability(0);
  if (others.length === 0) return oneAsset(first, pool, evidence);
  const { market } = evidence;
  if (market === null || !isCovered(pool, market)) return unknownProbability('no-volatility');
  return eachHorizon((horizon) => severalAssets({ pool, model, market, evidence, horizon }));
}

/** Exact factors of today's price, from the account's own answer to "if only this asset moves". */
function oneAsset(
  { asset }: AssetCurve,
  { deaths }: PoolAtRisk,
  { outlooks }: PoolEvidence,
): LiquidationProbability {
  const factors = deaths.find((death) => death.asset === asset)?.factors;
  if (factors === undefined) return unknownProbability('account-unknown');
  const below = factors.below?.toNumber() ?? null;
  const above = factors.above?.toNumber() ?? null;
  if (below === null && above === null) return certainProbability(0);
  return barrierProbability(outlooks.get(asset), { mark: 1, below, above, growthAnnual: 0 });
}

interface PoolQuestion {
  readonly pool: PoolAtRisk;
  readonly model: PoolCurves;
  readonly market: MarketModel;
  readonly evidence: PoolEvidence;
  readonly horizon: HorizonName;
}

function severalAssets({ pool, model, market, evidence, horizon }: PoolQuestion) {
  const years = HORIZON_HOURS[horizon] / HOURS_A_YEAR;
  const { dataAt } = market;
  const simulated = simulatedFigure(pool.id, years, evidence.simulation);
  if (simulated !== null) {
    const label = { method: 'simulation', isCalibrated: false, dataAt } as const;
    return { kind: 'known', probability: simulated, ...label } as const;
  }
  const probability = firstOrderProbability(firstOrder(model, market), years);
  if (Number.isNaN(probability)) return { kind: 'unknown', because: 'not-finite' } as const;
  const label = { method: 'first-order', isCalibrated: false, dataAt } as const;
  return { kind: 'known', probability, ...label } as const;
}

/** Never nothing: a path among so many may just not have been drawn. */
function simulatedFigure(
  id: string,
  years: number,
  simulation: PoolEvidence['simulation'],
): number | null {
  const horizon = simulation?.result.horizons.find((each) => Math.abs(each.years - years) < 1e-12);
  const found = horizon?.accounts.find((account) => account.id === id)?.probability;
  if (simulation === null || found === undefined || !Number.isFinite(found)) return null;
  return (found * simulation.paths + 0.5) / (simulation.paths + 1);
}

function firstOrder({ spare, curves }: PoolCurves, market: MarketModel) {
  const deltas = market.assets.map((asset) => {
    const curve = curves.find((each) => each.asset === asset);
    const piece = curve?.breaks.filter((at) => at <= 1).length ?? 0;
    return curve?.slopes[piece] ?? 0;
  });
  return { spare, deltas, sigmasAnnual: market.sigmas, correlation: market.correlation };
}

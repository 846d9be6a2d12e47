import { HORIZON_HOURS } from './asset-outlook.ts';
import type { MarketModel } from './market-model.ts';
import type { PoolAtRisk } from './pools-at-risk.ts';
import type { SimulatedHorizon, SimulationRequest } from './simulation.ts';

const PATHS = 20_000;
const HOURS_A_YEAR = 365 * 24;

/** Finer at first: 84 steps in all, so that the first hour has as many as a coarse day. */
const HORIZONS: readonly SimulatedHorizon[] = [
  { years: HORIZON_HOURS['1h'] / HOURS_A_YEAR, steps: 12 },
  { years: HORIZON_HOURS['8h'] / HOURS_A_YEAR, steps: 28 },
  { years: HORIZON_HOURS['24h'] / HOURS_A_YEAR, steps: 44 },
];

/** True when the market model knows every asset that moves the pool. */
export function isCovered({ model }: PoolAtRisk, market: MarketModel): boolean {
  return model?.curves.every(({ asset }) => market.assets.includes(asset)) ?? false;
}

/**
 * The pools that can be simulated together, over 1, 8 and 24 hours. Null when there is none. Prices are
 * factors of today's, so that marks of several venues are one asset.
 */
export function simulationRequest(
  pools: readonly PoolAtRisk[],
  market: MarketModel,
  seed: number,
): SimulationRequest | null {
  const accounts = pools
    .filter((pool) => isCovered(pool, market))
    .flatMap(({ id, model }) =>
      model === null || model.curves.length === 0
        ? []
        : [{ id, constant: model.spare, curves: model.curves }],
    );
  if (accounts.length === 0) return null;
  return {
    seed,
    paths: PATHS,
    assets: market.assets.map((asset, i) => ({
      asset,
      price: 1,
      sigmaAnnual: market.sigmas[i] ?? Number.NaN,
      driftAnnual: 0,
    })),
    correlation: market.correlation,
    horizons: HORIZONS,
    accounts,
  };
}

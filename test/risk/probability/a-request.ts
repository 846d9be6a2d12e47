import type { SimulationRequest } from '../../../src/risk/probability/simulation.ts';

/** Long 2 BTC and 300 SOL against a short in ETH, 14,000 in the wallet; a day in 84 steps. */
export function aRequest(changes: Partial<SimulationRequest> = {}): SimulationRequest {
  const leg = (asset: string, size: number, entry: number, rate: number) => ({
    asset,
    breaks: [],
    slopes: [size - Math.abs(size) * rate],
    intercepts: [-size * entry],
  });
  return {
    seed: 7,
    paths: 2000,
    assets: [
      { asset: 'BTC', price: 60_000, sigmaAnnual: 0.55, driftAnnual: 0 },
      { asset: 'ETH', price: 3000, sigmaAnnual: 0.75, driftAnnual: 0 },
      { asset: 'SOL', price: 150, sigmaAnnual: 1, driftAnnual: 0 },
    ],
    correlation: [
      [1, 0.83, 0.65],
      [0.83, 1, 0.69],
      [0.65, 0.69, 1],
    ],
    horizons: [{ years: 1 / 365, steps: 84 }],
    accounts: [
      {
        id: 'mixed',
        constant: 14_000,
        curves: [
          leg('BTC', 2, 60_000, 0.005),
          leg('ETH', -30, 3000, 0.005),
          leg('SOL', 400, 150, 0.01),
        ],
      },
    ],
    ...changes,
  };
}

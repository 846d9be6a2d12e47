import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createWorkerPool } from '../src/adapters/compute/worker-pool.ts';
import { seededUnit } from '../src/risk/probability/seeded-unit.ts';
import type { SimulationRequest } from '../src/risk/probability/simulation.ts';
import { fillStandardNormals } from '../src/risk/probability/standard-normals.ts';
import type { Row } from './row.ts';

const PATHS = 20_000;
const STEPS = 84;
const ROUNDS = 7;

const REQUEST: SimulationRequest = {
  seed: 1,
  paths: PATHS,
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
  horizons: [{ years: 7 / 365, steps: STEPS }],
  accounts: [
    {
      id: 'mixed',
      constant: 14_000,
      curves: [
        { asset: 'BTC', breaks: [], slopes: [1.99], intercepts: [-120_000] },
        { asset: 'ETH', breaks: [], slopes: [-30.15], intercepts: [90_000] },
        { asset: 'SOL', breaks: [], slopes: [396], intercepts: [-60_000] },
      ],
    },
  ],
};

/**
 * The Monte Carlo of a cross account of three assets in a worker, and how late the main loop was
 * meanwhile; beside the bare random numbers it cannot do without, drawn here in the same run.
 */
export async function benchSimulation(): Promise<Row[]> {
  const pool = createWorkerPool({ threads: 1 });
  await pool.simulate({ ...REQUEST, paths: 2 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    await pool.simulate(REQUEST);
    times.push(performance.now() - start);
  }
  delay.disable();
  await pool.close();
  const bare = bareNumbers();
  const median = times.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? Number.NaN;
  const late = `main loop late by ${(delay.percentile(99) / 1e6).toFixed(1)} ms (p99)`;
  return [
    {
      name: `Monte Carlo ${PATHS} × ${STEPS} × ${REQUEST.assets.length}, in a worker`,
      figure: `${ms(median)}, first ${ms(times[0] ?? Number.NaN)}; ${late}`,
      baseline: `its random numbers alone ${ms(bare)}`,
      ratio: (median / bare).toFixed(2),
    },
  ];
}

/** Normals and exponentials of half the paths: the other half mirrors them. */
function bareNumbers(): number {
  const normals = new Float64Array(STEPS * REQUEST.assets.length);
  const unit = seededUnit(1);
  let sum = 0;
  const start = performance.now();
  for (let pair = 0; pair < PATHS / 2; pair += 1) {
    fillStandardNormals(normals, unit);
    for (const z of normals) sum += Math.exp(z / 100);
  }
  const spent = performance.now() - start;
  return Number.isFinite(sum) ? spent : Number.NaN;
}

const ms = (value: number) => `${Math.round(value)} ms`;

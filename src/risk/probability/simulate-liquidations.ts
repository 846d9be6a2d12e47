import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { SimulatedPath } from './simulated-path.ts';
import { fillMoves, newPath, runPath } from './simulated-path.ts';
import type {
  HorizonOutcome,
  SimulationError,
  SimulationRequest,
  SimulationResult,
} from './simulation.ts';
import { planSimulation } from './simulation-plan.ts';
import { fillStandardNormals } from './standard-normals.ts';

/**
 * How likely each account is to reach equity = maintenance, and at least one or all of them: correlated
 * geometric Brownian motions, mirrored in pairs, the same for every account. Between two grid points a
 * Brownian bridge on equity − maintenance with the local variance a'Σa·Δt gives the chance of a touch
 * the grid did not see; without it 84 steps a week understate by a tenth. In `any` and `all` the bridges
 * of one path agree as far as they can, so that two equal accounts are liquidated together.
 */
export function simulateLiquidations(
  request: SimulationRequest,
  unit: () => number,
): Result<SimulationResult, SimulationError> {
  const planned = planSimulation(request);
  if (!planned.ok) return err(planned.error);
  const plan = planned.value;
  const normals = new Float64Array(plan.steps.length * plan.assets);
  const moves = new Float64Array(normals.length);
  const path = newPath(plan, false);
  const mirror = newPath(plan, true);
  const tallies = request.horizons.map(() => newTally(plan.constants.length));
  for (let pair = 0; pair < plan.pairs; pair += 1) {
    fillStandardNormals(normals, unit);
    fillMoves(plan, moves, normals);
    runPath(plan, path, moves);
    runPath(plan, mirror, moves);
    for (const [horizon, tally] of tallies.entries()) countPair(tally, horizon, path, mirror);
  }
  return ok({
    horizons: tallies.map((tally, horizon) => outcomeOf(request, horizon, tally, plan.pairs)),
  });
}

/** Sums over pairs of paths. A pair counts as one observation: its halves are not independent. */
interface Tally {
  readonly hits: Float64Array;
  readonly squares: Float64Array;
  any: number;
  all: number;
}

function newTally(accounts: number): Tally {
  return {
    hits: new Float64Array(accounts),
    squares: new Float64Array(accounts),
    any: 0,
    all: 0,
  };
}

function countPair(
  tally: Tally,
  horizon: number,
  path: SimulatedPath,
  mirror: SimulatedPath,
): void {
  const accounts = tally.hits.length;
  const row = horizon * accounts;
  let [least, most, leastMirrored, mostMirrored] = [1, 0, 1, 0];
  for (let a = 0; a < accounts; a += 1) {
    const first = path.aliveAt[row + a] ?? Number.NaN;
    const second = mirror.aliveAt[row + a] ?? Number.NaN;
    const hit = 1 - (first + second) / 2;
    tally.hits[a] = (tally.hits[a] ?? Number.NaN) + hit;
    tally.squares[a] = (tally.squares[a] ?? Number.NaN) + hit * hit;
    least = Math.min(least, first);
    most = Math.max(most, first);
    leastMirrored = Math.min(leastMirrored, second);
    mostMirrored = Math.max(mostMirrored, second);
  }
  tally.any += 1 - (least + leastMirrored) / 2;
  tally.all += 1 - (most + mostMirrored) / 2;
}

function outcomeOf(
  { horizons, accounts }: SimulationRequest,
  horizon: number,
  tally: Tally,
  pairs: number,
): HorizonOutcome {
  return {
    years: horizons[horizon]?.years ?? Number.NaN,
    accounts: accounts.map(({ id }, a) => {
      const probability = (tally.hits[a] ?? Number.NaN) / pairs;
      const variance = (tally.squares[a] ?? Number.NaN) / pairs - probability ** 2;
      return { id, probability, standardError: Math.sqrt(Math.max(0, variance) / pairs) };
    }),
    any: tally.any / pairs,
    all: tally.all / pairs,
  };
}

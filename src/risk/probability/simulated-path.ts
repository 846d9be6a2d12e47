import type { BentCurve, SimulationPlan } from './simulation-plan.ts';

/** One path's working memory, used again for every path: the inner loop allocates nothing. */
export interface SimulatedPath {
  readonly isMirror: boolean;
  readonly prices: Float64Array;
  /** equity − maintenance per account at the last grid point. */
  readonly spare: Float64Array;
  /** Σ |delta| × σ per account: the root of its variance if every asset moved the worse way together. */
  readonly widest: Float64Array;
  /** dSpare/dP × P per account, a row of assets each, at the last grid point. */
  readonly deltas: Float64Array;
  /** Chance per account that it was never liquidated. */
  readonly alive: Float64Array;
  /** `alive` as it was at the end of each horizon, a row of accounts each. */
  readonly aliveAt: Float64Array;
}

export function newPath(plan: SimulationPlan, isMirror: boolean): SimulatedPath {
  const accounts = plan.constants.length;
  return {
    isMirror,
    prices: new Float64Array(plan.assets),
    spare: new Float64Array(accounts),
    widest: new Float64Array(accounts),
    deltas: new Float64Array(accounts * plan.assets),
    alive: new Float64Array(accounts),
    aliveAt: new Float64Array(accounts * plan.horizons),
  };
}

/**
 * The random part e^(√Δt Σ_j factor_ij z_j) of every step, a row of assets per step. Computed once for a
 * path and its mirror image, which takes the reciprocal: the exponential is what a step costs.
 */
export function fillMoves(
  { assets, factors, steps }: SimulationPlan,
  moves: Float64Array,
  normals: Float64Array,
): void {
  let row = 0;
  for (const { rootYears } of steps) {
    for (let i = 0; i < assets; i += 1) {
      let shock = 0;
      for (let j = 0; j <= i; j += 1) shock += at(factors, i * assets + j) * at(normals, row + j);
      moves[row + i] = Math.exp(rootYears * shock);
    }
    row += assets;
  }
}

/** Runs the path through all steps of these moves. */
export function runPath(plan: SimulationPlan, path: SimulatedPath, moves: Float64Array): void {
  const { assets, steps } = plan;
  const { alive, spare } = path;
  const accounts = plan.constants.length;
  path.prices.set(plan.prices);
  for (let a = 0; a < accounts; a += 1) {
    revalue(plan, path, a);
    alive[a] = at(spare, a) > 0 ? 1 : 0;
  }
  let row = 0;
  for (const { growth, years, horizon } of steps) {
    movePrices(path, growth, moves, row);
    row += assets;
    for (let a = 0; a < accounts; a += 1) {
      if (alive[a] !== 0) liveThrough(plan, path, a, years);
    }
    if (horizon !== null) path.aliveAt.set(alive, horizon * accounts);
  }
}

function movePrices(
  { prices, isMirror }: SimulatedPath,
  growth: Float64Array,
  moves: Float64Array,
  row: number,
): void {
  for (let i = 0; i < prices.length; i += 1) {
    const certain = at(prices, i) * at(growth, i);
    const move = at(moves, row + i);
    prices[i] = isMirror ? certain / move : certain * move;
  }
}

/** A chance below e^−45 is not worth working out. */
const NEGLIGIBLE = 45;

/**
 * The bridge over one step: with variance v a touch of zero between g₀ and g₁ has chance e^(−2g₀g₁÷v). The
 * variance if everything moved the worse way bounds it from above and costs less, so it is asked first.
 */
function liveThrough(plan: SimulationPlan, path: SimulatedPath, a: number, years: number): void {
  const { spare, widest, alive } = path;
  const before = at(spare, a);
  revalue(plan, path, a);
  const after = at(spare, a);
  if (after <= 0) {
    alive[a] = 0;
  } else if (2 * before * after < NEGLIGIBLE * years * at(widest, a) * at(widest, a)) {
    const variance = years * varianceOf(plan, path, a);
    alive[a] = at(alive, a) * (1 - Math.exp((-2 * before * after) / variance));
  }
}

/** a'Σa of one account, per year. */
function varianceOf(
  { assets, factors }: SimulationPlan,
  { deltas }: SimulatedPath,
  a: number,
): number {
  let variance = 0;
  for (let j = 0; j < assets; j += 1) {
    let exposure = 0;
    for (let i = j; i < assets; i += 1) {
      exposure += at(deltas, a * assets + i) * at(factors, i * assets + j);
    }
    variance += exposure * exposure;
  }
  return variance;
}

/** equity − maintenance of one account at the path's prices, and what it takes to judge its next step. */
function revalue(plan: SimulationPlan, path: SimulatedPath, a: number): void {
  const { assets, slopes, sigmas } = plan;
  const { prices, deltas } = path;
  const row = a * assets;
  let spare = at(plan.constants, a);
  let widest = 0;
  for (let i = 0; i < assets; i += 1) {
    const moving = at(slopes, row + i) * at(prices, i);
    deltas[row + i] = moving;
    spare += moving;
    widest += Math.abs(moving) * at(sigmas, i);
  }
  path.spare[a] = spare;
  path.widest[a] = widest;
  const bent = plan.bentCurves[a];
  if (bent !== undefined && bent.length > 0) addBent(plan, path, a, bent);
}

/** Curves of more than one piece, on top of the straight ones. */
function addBent(
  { assets, sigmas }: SimulationPlan,
  { prices, deltas, spare, widest }: SimulatedPath,
  a: number,
  curves: readonly BentCurve[],
): void {
  for (const { asset, breaks, slopes, intercepts } of curves) {
    const price = at(prices, asset);
    let piece = 0;
    while (piece < breaks.length && price >= at(breaks, piece)) piece += 1;
    const moving = at(slopes, piece) * price;
    spare[a] = at(spare, a) + at(intercepts, piece) + moving;
    // Two parts of one asset that offset each other are counted as if they did not: still a bound.
    widest[a] = at(widest, a) + Math.abs(moving) * at(sigmas, asset);
    deltas[a * assets + asset] = at(deltas, a * assets + asset) + moving;
  }
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

import type { BentCurve, SimulationPlan } from './simulation-plan.ts';

/** One path's working memory, used again for every path: the inner loops allocate nothing. */
export interface SimulatedPath {
  readonly isMirror: boolean;
  /** A row of assets at every grid point, the start apart. */
  readonly prices: Float64Array;
  /** dSpare/dP × P per asset, of the account and the grid point that are looked at. */
  readonly deltas: Float64Array;
  /** Chance per account that it was not liquidated by the end of each horizon, a row of accounts each. */
  readonly aliveAt: Float64Array;
}

export function newPath(plan: SimulationPlan, isMirror: boolean): SimulatedPath {
  return {
    isMirror,
    prices: new Float64Array(plan.steps.length * plan.assets),
    deltas: new Float64Array(plan.assets),
    aliveAt: new Float64Array(plan.constants.length * plan.horizons),
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
  fillPrices(plan, path, moves);
  for (let a = 0; a < plan.constants.length; a += 1) {
    const bent = plan.bentCurves[a];
    liveThrough(plan, path, { a, bent: bent === undefined || bent.length === 0 ? null : bent });
  }
}

function fillPrices(
  { assets, steps, prices: start }: SimulationPlan,
  { prices, isMirror }: SimulatedPath,
  moves: Float64Array,
): void {
  let last = start;
  let from = 0;
  let row = 0;
  for (const { growth } of steps) {
    for (let i = 0; i < assets; i += 1) {
      const certain = at(last, from + i) * at(growth, i);
      const move = at(moves, row + i);
      prices[row + i] = isMirror ? certain / move : certain * move;
    }
    last = prices;
    from = row;
    row += assets;
  }
}

/** A chance below e^−45 is not worth working out. */
const NEGLIGIBLE = 45;

/**
 * One account along the whole path, step by step: what happens to it stays in registers. The bridge over
 * one step: with variance v a touch of zero between g₀ and g₁ has chance e^(−2g₀g₁÷v). The variance if
 * everything moved the worse way together bounds it from above and costs less, so it is asked first.
 */
function liveThrough(
  plan: SimulationPlan,
  path: SimulatedPath,
  { a, bent }: { readonly a: number; readonly bent: readonly BentCurve[] | null },
): void {
  const { assets, slopes, sigmas, steps, factors } = plan;
  const { prices, deltas, aliveAt } = path;
  const constant = at(plan.constants, a);
  const accounts = plan.constants.length;
  const own = a * assets;
  let before = spareAtStart(plan, a, bent);
  let alive = before > 0 ? 1 : 0;
  let row = 0;
  for (const { years, horizon } of steps) {
    if (alive > 0) {
      let after = constant;
      let widest = 0;
      for (let i = 0; i < assets; i += 1) {
        const moving = at(slopes, own + i) * at(prices, row + i);
        deltas[i] = moving;
        after += moving;
        widest += Math.abs(moving) * at(sigmas, i);
      }
      if (bent !== null) {
        for (const curve of bent) {
          const piece = pieceAt(curve, at(prices, row + curve.asset));
          const moving = at(curve.slopes, piece) * at(prices, row + curve.asset);
          after += at(curve.intercepts, piece) + moving;
          // Two parts of one asset that offset each other are counted as if they did not: still a bound.
          widest += Math.abs(moving) * at(sigmas, curve.asset);
          deltas[curve.asset] = at(deltas, curve.asset) + moving;
        }
      }
      const twice = 2 * before * after;
      if (after <= 0) alive = 0;
      else if (twice < NEGLIGIBLE * years * widest * widest) {
        // Of a hedged book far below the bound: most exponentials are not worked out either.
        const variance = years * varianceOf(assets, factors, deltas);
        if (twice < NEGLIGIBLE * variance) alive *= 1 - Math.exp(-twice / variance);
      }
      before = after;
    }
    row += assets;
    if (horizon !== null) aliveAt[horizon * accounts + a] = alive;
  }
}

/** a'Σa of one account, per year. */
function varianceOf(assets: number, factors: Float64Array, deltas: Float64Array): number {
  let variance = 0;
  for (let j = 0; j < assets; j += 1) {
    let exposure = 0;
    for (let i = j; i < assets; i += 1) exposure += at(deltas, i) * at(factors, i * assets + j);
    variance += exposure * exposure;
  }
  return variance;
}

/** equity − maintenance of one account at the prices of now. */
function spareAtStart(
  { assets, prices, slopes, constants }: SimulationPlan,
  a: number,
  bent: readonly BentCurve[] | null,
): number {
  let spare = at(constants, a);
  for (let i = 0; i < assets; i += 1) spare += at(slopes, a * assets + i) * at(prices, i);
  for (const curve of bent ?? []) {
    const price = at(prices, curve.asset);
    const piece = pieceAt(curve, price);
    spare += at(curve.intercepts, piece) + at(curve.slopes, piece) * price;
  }
  return spare;
}

function pieceAt({ breaks }: BentCurve, price: number): number {
  let piece = 0;
  while (piece < breaks.length && price >= at(breaks, piece)) piece += 1;
  return piece;
}

function at(values: Float64Array, index: number): number {
  return values[index] ?? Number.NaN;
}

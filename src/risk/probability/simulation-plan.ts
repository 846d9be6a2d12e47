import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { cholesky } from './cholesky.ts';
import type { SimulatedAccount, SimulationError, SimulationRequest } from './simulation.ts';

/** A request checked and laid out flat for the inner loop. */
export interface SimulationPlan {
  readonly assets: number;
  readonly horizons: number;
  readonly pairs: number;
  readonly prices: Float64Array;
  readonly sigmas: Float64Array;
  /** σ_i × L_ij, row after row: a step of asset i is √Δt Σ_j factor_ij z_j. */
  readonly factors: Float64Array;
  readonly steps: readonly PlannedStep[];
  /** Per account: what no price moves. */
  readonly constants: Float64Array;
  /** Per account a row of assets: the slopes of its straight curves. */
  readonly slopes: Float64Array;
  /** Per account: its curves of more than one piece. */
  readonly bentCurves: readonly (readonly BentCurve[])[];
}

interface PlannedStep {
  readonly years: number;
  readonly rootYears: number;
  /** e^(ν_i Δt): the certain part of the step. */
  readonly growth: Float64Array;
  /** The horizon that ends with this step. */
  readonly horizon: number | null;
}

/** As in the request, in typed arrays; the asset by its place. */
export interface BentCurve {
  readonly asset: number;
  readonly breaks: Float64Array;
  readonly slopes: Float64Array;
  readonly intercepts: Float64Array;
}

/** Longer than any question here; keeps a slip of the caller from running for hours. */
const MOST_STEPS = 100_000;

export function planSimulation(
  request: SimulationRequest,
): Result<SimulationPlan, SimulationError> {
  const { assets, correlation, accounts, horizons, paths } = request;
  if (assets.length === 0 || accounts.length === 0 || horizons.length === 0) return err('empty');
  if (!isSound(request) || !accounts.every((account) => isSoundAccount(account, request))) {
    return err('not-finite');
  }
  const lower = correlation.length === assets.length ? cholesky(correlation) : null;
  if (lower === null) return err('correlation');
  const sigmas = Float64Array.from(assets, ({ sigmaAnnual }) => sigmaAnnual);
  return ok({
    assets: assets.length,
    horizons: horizons.length,
    pairs: Math.ceil(paths / 2),
    prices: Float64Array.from(assets, ({ price }) => price),
    sigmas,
    factors: lower.map((x, at) => x * (sigmas[Math.floor(at / assets.length)] ?? Number.NaN)),
    steps: planSteps(request),
    ...planAccounts(request),
  });
}

function isSound({ assets, horizons, paths }: SimulationRequest): boolean {
  const steps = horizons.reduce((sum, horizon) => sum + horizon.steps, 0);
  const areAssetsSound = assets.every(
    ({ price, sigmaAnnual, driftAnnual }) =>
      price > 0 && sigmaAnnual >= 0 && Number.isFinite(price * sigmaAnnual + driftAnnual),
  );
  const areHorizonsSound = horizons.every(
    ({ years, steps: own }, i) =>
      Number.isFinite(years) &&
      years > (horizons[i - 1]?.years ?? 0) &&
      Number.isInteger(own) &&
      own > 0,
  );
  const isBounded = steps <= MOST_STEPS && Number.isSafeInteger(paths) && paths > 0;
  return areAssetsSound && areHorizonsSound && isBounded;
}

function isSoundAccount(
  { constant, curves }: SimulatedAccount,
  { assets }: SimulationRequest,
): boolean {
  return (
    Number.isFinite(constant) &&
    curves.every(
      ({ asset, breaks, slopes, intercepts }) =>
        assets.some((other) => other.asset === asset) &&
        slopes.length === breaks.length + 1 &&
        intercepts.length === slopes.length &&
        [...breaks, ...slopes, ...intercepts].every(Number.isFinite),
    )
  );
}

function planSteps({ assets, horizons }: SimulationRequest): PlannedStep[] {
  return horizons.flatMap(({ years, steps }, horizon) => {
    const length = (years - (horizons[horizon - 1]?.years ?? 0)) / steps;
    const growth = Float64Array.from(assets, ({ driftAnnual, sigmaAnnual }) =>
      Math.exp((driftAnnual - sigmaAnnual ** 2 / 2) * length),
    );
    return Array.from({ length: steps }, (_, step) => ({
      years: length,
      rootYears: Math.sqrt(length),
      growth,
      horizon: step === steps - 1 ? horizon : null,
    }));
  });
}

/** Straight curves become one slope per asset and a share of the constant: what most accounts are made of. */
function planAccounts({
  accounts,
  assets,
}: SimulationRequest): Pick<SimulationPlan, 'constants' | 'slopes' | 'bentCurves'> {
  const constants = Float64Array.from(accounts, ({ constant }) => constant);
  const slopes = new Float64Array(accounts.length * assets.length);
  const bentCurves = accounts.map(({ curves }, a) =>
    curves.flatMap((curve): BentCurve[] => {
      const asset = assets.findIndex((other) => other.asset === curve.asset);
      const [slope, intercept] = [curve.slopes[0], curve.intercepts[0]];
      if (curve.breaks.length > 0 || slope === undefined || intercept === undefined) {
        const breaks = Float64Array.from(curve.breaks);
        const bent = Float64Array.from(curve.slopes);
        return [{ asset, breaks, slopes: bent, intercepts: Float64Array.from(curve.intercepts) }];
      }
      const place = a * assets.length + asset;
      slopes[place] = (slopes[place] ?? Number.NaN) + slope;
      constants[a] = (constants[a] ?? Number.NaN) + intercept;
      return [];
    }),
  );
  return { constants, slopes, bentCurves };
}

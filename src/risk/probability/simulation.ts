/**
 * Everything a Monte Carlo of cross accounts needs, in plain numbers (statistics, never money): it must
 * survive being copied to a worker thread.
 */
export interface SimulationRequest {
  /** Same seed and same assets, steps and paths: same prices, whatever the accounts. */
  readonly seed: number;
  /** Rounded up to an even number: paths come in mirrored pairs. */
  readonly paths: number;
  readonly assets: readonly SimulatedAsset[];
  /** Of log returns, symmetric with ones on the diagonal; rows in the order of `assets`. */
  readonly correlation: readonly (readonly number[])[];
  /** Ascending in time. */
  readonly horizons: readonly SimulatedHorizon[];
  /** All see the same prices, so that "any" and "all" mean something. */
  readonly accounts: readonly SimulatedAccount[];
}

interface SimulatedAsset {
  readonly asset: string;
  /** USD per unit, now. */
  readonly price: number;
  /** Per square root of a year of 365 days. */
  readonly sigmaAnnual: number;
  /** Of the price itself: 0 is a martingale. */
  readonly driftAnnual: number;
}

export interface SimulatedHorizon {
  /** From now. */
  readonly years: number;
  /** Grid steps from the horizon before (or from now) to this one. */
  readonly steps: number;
}

/** equity − maintenance = constant + Σ curve(price of its asset), in USD; liquidated at zero and below. */
export interface SimulatedAccount {
  readonly id: string;
  readonly constant: number;
  readonly curves: readonly AssetCurve[];
}

/**
 * A piecewise affine function of one asset's price: intercepts[k] + slopes[k] × P on piece k, which
 * ends where breaks[k] begins the next. One more piece than there are breaks. Linear, inverse, coin
 * collateral and brackets are all of this form.
 */
export interface AssetCurve {
  /** One of the request’s assets, by name. */
  readonly asset: string;
  /** Prices, ascending. */
  readonly breaks: readonly number[];
  readonly slopes: readonly number[];
  readonly intercepts: readonly number[];
}

export interface SimulationResult {
  /** As in the request. */
  readonly horizons: readonly HorizonOutcome[];
}

export interface HorizonOutcome {
  readonly years: number;
  /** In the order of the request's accounts. */
  readonly accounts: readonly SimulatedProbability[];
  /** At least one account is liquidated. */
  readonly any: number;
  /** Every account is. */
  readonly all: number;
}

interface SimulatedProbability {
  readonly id: string;
  readonly probability: number;
  readonly standardError: number;
}

/** `empty`: nothing to simulate; `not-finite`: a figure is missing or absurd; `correlation`: no such matrix. */
export type SimulationError = 'empty' | 'not-finite' | 'correlation';

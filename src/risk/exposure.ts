import type { Decimal } from '../domain/decimal.ts';
import type { AccountId, Handle, Ratio, Usd } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';

/**
 * Long, short and net of the desk. Sums count what is known; a figure is null when there is
 * something to count and none of it is known. What was left out is in `unpriced`,
 * `unpricedCollateral` and `missing`.
 */
export interface ExposureReport {
  readonly totals: ExposureTotals;
  /** Largest |net| first; unknown net first of all. */
  readonly byAsset: readonly AssetExposure[];
  /** In desk order; accounts never read are in `missing` instead. */
  readonly byAccount: readonly AccountExposure[];
  /** In order of first appearance on the desk. */
  readonly byVenue: readonly VenueExposure[];
  readonly concentration: Concentration;
  /** Positions whose value in USD is not known: in no USD figure. */
  readonly unpriced: readonly Handle[];
  /** Coins held as collateral whose price nobody gave. */
  readonly unpricedCollateral: readonly { readonly account: AccountId; readonly asset: string }[];
  /** Accounts whose positions were never read. */
  readonly missing: readonly AccountId[];
  readonly takenAt: number;
}

export interface ExposureFigures {
  /** Positions only. */
  readonly longUsd: Usd | null;
  readonly shortUsd: Usd | null;
  /** Long − short + coin collateral. */
  readonly netUsd: Usd | null;
  /** Long + short. */
  readonly grossUsd: Usd | null;
}

export interface ExposureTotals extends ExposureFigures {
  readonly unrealizedPnlUsd: Usd | null;
  readonly equityUsd: Usd | null;
  readonly positions: number;
  /** Accounts that are in these totals. */
  readonly accounts: number;
}

export interface AssetExposure extends ExposureFigures {
  readonly asset: string;
  /** The asset itself held as coin collateral, its equity at mark; dollar coins are not here. */
  readonly collateralUsd: Usd | null;
  /** Long − short + collateral in units of the asset itself (not of 1000PEPE). */
  readonly netQuantity: Decimal | null;
  /** min ÷ max of the two sides, collateral beside the longs; null when there is nothing to hedge. */
  readonly hedgeRatio: Ratio | null;
  /** |net| ÷ Σ|net| over assets. */
  readonly share: Ratio | null;
  /** How many accounts hold it. */
  readonly accounts: number;
}

export interface AccountExposure extends ExposureFigures {
  readonly account: AccountId;
  readonly equityUsd: Usd | null;
}

export interface VenueExposure extends ExposureFigures {
  readonly venue: string;
  readonly equityUsd: Usd | null;
}

export interface Concentration {
  /** Σ share². Null when there is no exposure. */
  readonly hhi: Ratio | null;
  readonly top: { readonly asset: string; readonly share: Ratio } | null;
}

export function assessExposure(snapshot: Snapshot): ExposureReport {
  throw new Error(`not yet: ${snapshot.takenAt}`);
}

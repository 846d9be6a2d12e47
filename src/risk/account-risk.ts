import type { VenueRatio } from '../domain/position.ts';
import type { Ratio, Usd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Band } from './band.ts';

/** Margin figures in one convention, of an account or of the pool. Null: not known. */
export interface MarginFigures {
  readonly equityUsd: Usd | null;
  readonly availableUsd: Usd | null;
  /** Positions and open orders. */
  readonly initialMarginUsd: Usd | null;
  /** The part of it held by open orders; null when the venue does not split it. */
  readonly orderMarginUsd: Usd | null;
  readonly maintenanceMarginUsd: Usd | null;
  /** Initial margin (orders included) ÷ equity. Null when equity is zero or less. */
  readonly marginUsage: Ratio | null;
  /** Maintenance ÷ equity; liquidation at 1. Null when equity is zero or less: see healthFactor. */
  readonly riskUse: Ratio | null;
  /** Equity ÷ maintenance; liquidation at 1. Null without positions. */
  readonly healthFactor: Ratio | null;
  readonly band: Band | null;
}

export interface AccountRisk extends MarginFigures {
  readonly account: AccountSnapshot;
  /** The venue's own figure under its own name. */
  readonly venueRatio: VenueRatio | null;
  /** The same, turned into riskUse. */
  readonly venueRiskUse: Ratio | null;
}

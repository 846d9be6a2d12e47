import type { AccountId, Handle } from '../../domain/units.ts';
import type { PoolBasis } from '../cross/live-pool.ts';
import type { Scenario } from './scenario.ts';
import type { StressUnknown } from './stress-book.ts';

/**
 * What a scenario does to the desk. Plain numbers in US dollars: an estimate, never money to act on; see
 * whatIfUsd for how it is printed. Null: not known.
 */
export interface ScenarioOutcome {
  readonly scenario: Scenario;
  /** Every account of the desk, in its order: accounts cannot help each other. */
  readonly accounts: readonly AccountOutcome[];
  /** The same market for the accounts as one pool: money flows freely, nothing is liquidated before. */
  readonly pooled: PooledOutcome;
  /** Value of what is held per asset, longs less shorts and coins included, today and at the worst point. */
  readonly net: readonly NetChange[];
}

export interface AccountOutcome {
  readonly account: AccountId;
  /**
   * At the worst point of the path, after what was liquidated on the way there. Never below zero where the
   * venue can take no more than the account holds.
   */
  readonly equityUsd: number | null;
  readonly maintenanceUsd: number | null;
  /** At the end of the path. */
  readonly endEquityUsd: number | null;
  /** Today's equity less that at the worst point. */
  readonly lossUsd: number | null;
  /** Something of it was liquidated somewhere on the path; null: cannot be said, `unknown` says why. */
  readonly isLiquidated: boolean | null;
  /** In the order they happened. */
  readonly liquidations: readonly LiquidationOutcome[];
  /** Winning legs closed by the venue. */
  readonly deleveraged: readonly DeleveragedLeg[];
  /** All at once at the worst point, nothing liquidated before: fills at the gap price. */
  readonly gap: GapOutcome | null;
  /** Portfolio margin that ends below zero in the gap: the venue may claim the rest. */
  readonly mayBeClaimed: boolean;
  readonly unknown: StressUnknown | null;
  /** How well the equity its venue counts is known. */
  readonly basis: PoolBasis | null;
}

export interface GapOutcome {
  readonly equityUsd: number;
  /** Null: not known. */
  readonly maintenanceUsd: number | null;
  /** Equity ÷ maintenance; null without a requirement. */
  readonly healthFactor: number | null;
  readonly isLiquidated: boolean | null;
}

export interface LiquidationOutcome {
  /** `partial`: cut until it stood again; `full`: taken over. */
  readonly extent: 'partial' | 'full';
  /** The isolated position; null: the cross pool. */
  readonly isolated: Handle | null;
  /** The stretch of the path, 0 for the way to its first point, and how far along it, 0 to 1. */
  readonly stretch: number;
  readonly share: number;
  readonly legs: readonly Handle[];
}

export interface DeleveragedLeg {
  readonly leg: Handle;
  /** Its rank in the venue's queue today, comparable inside a venue; null: not known. */
  readonly rank: number | null;
  readonly closedUsd: number;
  readonly stretch: number;
  readonly share: number;
}

export interface PooledOutcome {
  /** At the worst point of the path, as the accounts. */
  readonly equityUsd: number;
  readonly maintenanceUsd: number;
  readonly endEquityUsd: number;
  /** Null without a requirement. */
  readonly healthFactor: number | null;
  /** At any point of it. */
  readonly isLiquidated: boolean;
  /** Accounts that are not in the pool because a figure of theirs is not known. */
  readonly missing: readonly AccountId[];
}

export interface NetChange {
  readonly asset: string;
  readonly todayUsd: number;
  /** At the prices of the worst point, with what is still there. */
  readonly thenUsd: number;
}

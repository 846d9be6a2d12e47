import type { Decimal } from './decimal.ts';
import type { VenueRatio } from './position.ts';
import type { AccountId, Ratio, Usd } from './units.ts';

/** One set of keys and one margin pool at one venue. Holds no secret. */
export interface Account {
  readonly id: AccountId;
  readonly name: string;
  readonly venue: string;
  readonly books: readonly string[];
  /** Accounts that may send collateral here. */
  readonly fundedBy: readonly AccountId[];
}

/** From this coin quantity on, `rate` of each further coin counts as margin (marginal brackets). */
export interface CollateralBracket {
  readonly floor: Decimal;
  readonly rate: Ratio;
}

/** A coin held in the margin pool: equity of that coin (wallet + PnL settled in it), signed. */
export interface CollateralBalance {
  readonly asset: string;
  readonly quantity: Decimal;
  /** The venue's own valuation, or null when it gives none. */
  readonly venueUsd: Usd | null;
  /** Haircut of a positive equity, ascending from floor zero; a debt counts in full. Null: not known. */
  readonly brackets: readonly CollateralBracket[] | null;
}

/**
 * Who stands in for whom under cross margin. `account`: every coin for every cross position, in US
 * dollars. `coin`: each settle coin is a pool of its own.
 */
type MarginPooling = 'account' | 'coin';

/**
 * The margin pool as the venue reports it, in US dollars (dollar coins at par).
 * Equity is the whole account's net asset value at mark, before haircuts; what the venue's own
 * liquidation rule uses after haircuts is in `venueRatio`.
 */
export interface AccountMargin {
  readonly equityUsd: Usd | null;
  /** Free to open or to withdraw, as the venue says. */
  readonly availableUsd: Usd | null;
  /** Positions and open orders. */
  readonly initialMarginUsd: Usd | null;
  /** The part of initialMarginUsd held by open orders; null when the venue does not split it. */
  readonly orderMarginUsd: Usd | null;
  readonly maintenanceMarginUsd: Usd | null;
  readonly venueRatio: VenueRatio | null;
  /** The venue's word for the account's state (`normal`, `reduce_only`, …), or null. */
  readonly venueStatus: string | null;
  /** Null: not known, or more pools than these totals tell apart. */
  readonly pooling: MarginPooling | null;
  readonly collateral: readonly CollateralBalance[];
  readonly observedAt: number;
  readonly venueUpdatedAt: number | null;
}

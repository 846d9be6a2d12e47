import type { CollateralBracket } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Position } from '../../domain/position.ts';
import type { CrossRules } from './cross-rules.ts';

/**
 * Why nothing can be said about where a cross pool dies. A closed list: `no-equity` balances or margins
 * were never read, `no-pooling` who stands in for whom is not known, `no-maintenance` the requirement of
 * some position in the pool is not known, `no-haircut` coin collateral counts for an unknown part and
 * without it there is nothing left, `unread-position` a position could not be read, `portfolio` the venue
 * requires what its loss scenarios cost, `no-isolated` an isolated position's own margin is not known.
 */
export type PoolMissing =
  | 'no-equity'
  | 'no-pooling'
  | 'no-margin-mode'
  | 'no-maintenance'
  | 'no-haircut'
  | 'no-coin-price'
  | 'no-isolated'
  | 'no-fee'
  | 'unread-position'
  | 'portfolio';

/**
 * How the equity that counts is known. `reported`: from balances and known haircuts; `venue-ratio`: from
 * the venue's own ratio, which knows haircuts, as exact as its digits; `bound`: the safe end of what it
 * can be, so the real price is farther away.
 */
export type PoolBasis = 'reported' | 'venue-ratio' | 'bound';

/** One margin pool of an account as it stands: what it counts, what it requires, and its parts. */
export interface LivePool {
  /** The settle coin that is a pool of its own; null: the account's one pool. */
  readonly coin: string | null;
  /** Cross positions. */
  readonly positions: readonly Position[];
  readonly coins: readonly LiveCoin[];
  /** Equity the venue's rule counts now. */
  readonly equityUsd: Decimal;
  /** Maintenance and fees now, isolated positions apart. */
  readonly requiredUsd: Decimal;
  readonly rules: CrossRules;
  readonly basis: PoolBasis;
}

/** A currency in the pool, isolated margin apart. */
export interface LiveCoin {
  readonly coin: string;
  readonly price: Decimal;
  readonly quantity: Decimal;
  /** What part of a positive equity counts: known brackets, or the ends of what a single rate can be. */
  readonly haircut: Haircut;
}

export type Haircut =
  | { readonly kind: 'brackets'; readonly brackets: readonly CollateralBracket[] }
  | { readonly kind: 'between'; readonly low: Decimal; readonly high: Decimal };

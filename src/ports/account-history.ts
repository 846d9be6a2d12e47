import type { AccountId, Ratio, Usd } from '../domain/units.ts';
import type { StoreAnswer, TimeRange } from './store.ts';

/** What an account was worth and needed at one moment. Null: not known then. */
export interface AccountPoint {
  readonly account: AccountId;
  /** When the figures were read, epoch ms. */
  readonly at: number;
  readonly equityUsd: Usd | null;
  readonly initialMarginUsd: Usd | null;
  readonly maintenanceMarginUsd: Usd | null;
  readonly healthFactor: Ratio | null;
}

/**
 * One point a minute and account. Thinned with age: every minute for 2 days, every 15 minutes up to
 * 30 days, one a UTC day beyond. Of each slot the first point stays, so the point of a day is its opening.
 */
export interface AccountHistory {
  /** Of the points of one account and minute the first that came stays. */
  append(points: readonly AccountPoint[]): StoreAnswer<null>;
  /** Ascending. */
  read(account: AccountId, range: TimeRange): StoreAnswer<readonly AccountPoint[]>;
  /** The account's first point in the range: what it opened with. Null: there is none. */
  opening(account: AccountId, range: TimeRange): StoreAnswer<AccountPoint | null>;
  /** Deletes what age makes superfluous; answers how many points. To be called about once an hour. */
  thin(now: number): StoreAnswer<number>;
  /** Deletes points before then; answers how many. */
  forget(before: number): StoreAnswer<number>;
}

import type { ActionSettings } from '../../actions/action-settings.ts';
import type { Consenter } from '../../actions/consent.ts';
import type { HashText } from '../../actions/hash-text.ts';
import type { Account } from '../../domain/account.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { AccountWriter } from '../../ports/venue-writer.ts';
import type { Desk } from '../desk.ts';
import type { MarketView } from '../market-view.ts';
import type { OneAtATime } from './one-at-a-time.ts';

export interface ActionDeps {
  readonly store: ActionStore;
  readonly desk: Pick<Desk, 'snapshot' | 'refresh' | 'lastKnown'>;
  readonly accounts: readonly Account[];
  /** By account; an account without one is read only by nature. */
  readonly writers: ReadonlyMap<string, AccountWriter>;
  /** Accounts with `access: trade`. */
  readonly tradeAccess: ReadonlySet<string>;
  /** As configured. Without it nobody may act. */
  readonly settings: ActionSettings | null;
  /** Somebody the desk file names, as they are now; null: nobody of that id. */
  readonly personNow: (person: string) => Consenter | null;
  readonly market: (snapshot: Snapshot) => Pick<MarketView, 'outlooks' | 'fundingAnnual'>;
  /** Resolves when the market has been read once, or after a moment. */
  readonly marketReady: () => Promise<void>;
  /** Whether automatic acts are stopped; absent where nothing acts by itself. */
  readonly isStopped?: () => Promise<boolean>;
  /** Orders consent and step, so that two clicks cannot both pass a cap. One per process. */
  readonly inTurn: OneAtATime;
  readonly clock: Clock;
  readonly log: Log;
  readonly hash: HashText;
  /** 24 characters of [a-z0-9]. */
  readonly newId: () => string;
  /** At least 22 characters of base64url that nobody can guess. */
  readonly newToken: () => string;
}

/** A read past every cache, and a call that changes something. */
export const LOOK_MS = 10_000;
export const CALL_MS = 20_000;

import type { AccountId } from '../domain/units.ts';
import type { StoreAnswer } from './store.ts';

/** The last good picture of an account, so that a restart can show it with its age. */
export interface SavedReading {
  readonly account: AccountId;
  /** When the figures in it were read, epoch ms. */
  readonly readAt: number;
  /** Of the form of `body`; a reader skips a form it does not know. */
  readonly version: number;
  /** JSON. Holds no secret. */
  readonly body: string;
}

export interface ReadingStore {
  /** Replaces the account's older reading; one that is older than the stored one changes nothing. */
  put(readings: readonly SavedReading[]): StoreAnswer<null>;
  /** One for each account that ever had one, by account. */
  read(): StoreAnswer<readonly SavedReading[]>;
}

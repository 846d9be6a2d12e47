import type { Result } from '../domain/result.ts';
import type { AccountHistory } from './account-history.ts';
import type { ActionStore } from './action-store.ts';
import type { AlertStore } from './alert-store.ts';
import type { CandleStore } from './candle-store.ts';
import type { FactStore } from './fact-store.ts';
import type { ForecastStore } from './forecast-store.ts';
import type { FundingStore } from './funding-store.ts';
import type { ReadingStore } from './reading-store.ts';
import type { StoreError } from './store-error.ts';

/** Never rejects. A write is answered when it is safe on disk; a read sees every write answered before. */
export type StoreAnswer<T> = Promise<Result<T, StoreError>>;

/** From here (included) to here (not included), epoch ms. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** What survives a restart. Each call is all or nothing. */
export interface Store {
  readonly candles: CandleStore;
  readonly funding: FundingStore;
  readonly history: AccountHistory;
  readonly forecasts: ForecastStore;
  readonly readings: ReadingStore;
  readonly facts: FactStore;
  readonly actions: ActionStore;
  readonly alerts: AlertStore;
  /** Why nothing can be written any more (`crashed`, `closed`); null while writes are taken. */
  fault(): StoreError | null;
  /** Ends after what was asked before is answered. Later calls answer `closed`. */
  close(): Promise<void>;
}

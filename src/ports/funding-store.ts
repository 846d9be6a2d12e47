import type { Ratio } from '../domain/units.ts';
import type { InstrumentRef } from './market-data.ts';
import type { StoreAnswer, TimeRange } from './store.ts';

/** A rate that was settled: what a long paid a short then, as a share of notional. Signed. */
export interface FundingPayment {
  readonly paidAt: number;
  readonly rate: Ratio;
  /** Length of the interval it was for; null: the venue does not say. */
  readonly intervalMs: number | null;
}

export interface FundingStore {
  /** Adds; a payment of the same instrument and instant is replaced. */
  put(instrument: InstrumentRef, payments: readonly FundingPayment[]): StoreAnswer<null>;
  /** Ascending. */
  read(instrument: InstrumentRef, range: TimeRange): StoreAnswer<readonly FundingPayment[]>;
}

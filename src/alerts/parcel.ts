import type { IntentNote } from './incident.ts';

export type FinalOutcome = 'delivered' | 'absorbed' | 'suppressed' | 'cancelled';

/** One intent for one destination, and what became of it. Nothing leaves this record unaccounted. */
export interface Parcel {
  /** Intent and destination: the same again is the same one. */
  readonly id: string;
  readonly intent: IntentNote;
  readonly incident: string;
  readonly destination: string;
  readonly outcome: 'collecting' | 'enqueued' | FinalOutcome;
  /** The outbox row, the digest, or the reason: `ack`, `silence k4tz`, `below-level`, … */
  readonly ref: string | null;
  /** When it came to its outcome. */
  readonly at: number;
}

/** Parcels ever taken in, and how those ended whose rows were tidied away. */
export interface Ledger {
  readonly id: 'ledger';
  readonly taken: number;
  readonly closed: Readonly<Record<FinalOutcome, number>>;
}

export const EMPTY_LEDGER: Ledger = {
  id: 'ledger',
  taken: 0,
  closed: { delivered: 0, absorbed: 0, suppressed: 0, cancelled: 0 },
};

export function parcelId(intent: { readonly id: string }, destination: string): string {
  return `${intent.id} ${destination}`;
}

export function isFinal(outcome: Parcel['outcome']): outcome is FinalOutcome {
  return outcome !== 'collecting' && outcome !== 'enqueued';
}

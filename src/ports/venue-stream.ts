import type { Price } from '../domain/units.ts';
import type { InstrumentRef } from './market-data.ts';

/** A mark that moved. */
export interface MarkTick {
  readonly instrument: InstrumentRef;
  readonly markPrice: Price;
  /** When the venue says it was so; where it does not say, when we heard of it. Epoch ms. */
  readonly observedAt: number;
}

/** What a stream tells. Never the truth about positions: an account that changed has to be read. */
export interface StreamListener {
  mark(tick: MarkTick): void;
  /** Something happened to this account, or may have while nobody listened. */
  changed(account: string): void;
}

/** One connection that is kept up: its state, and how old what it says is. */
export interface StreamHealth {
  /** `marks bybit`, or the account it is for. */
  readonly name: string;
  /** Null: it is about marks. */
  readonly account: string | null;
  /** `unsupported`: this venue or these credentials have no such stream; readings alone tell. */
  readonly state: 'connected' | 'connecting' | 'unsupported' | 'closed';
  /** When anything was last heard on it, a sign of life included; null: never. */
  readonly heardAt: number | null;
}

/**
 * Streams of one venue. They come back by themselves, with growing pauses, and every time they do they
 * say `changed` of the accounts they are for. What is silent for a minute is closed and built anew.
 */
export interface VenueStream {
  readonly venue: string;
  /** Of which instruments marks are wanted from now on; the same list again changes nothing. */
  follow(symbols: readonly string[]): void;
  health(): readonly StreamHealth[];
  close(): Promise<void>;
}

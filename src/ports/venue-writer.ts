import type { Decimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import type { StopsState } from '../domain/stops.ts';
import type { AccountId } from '../domain/units.ts';
import type { VenueError } from '../domain/venue-error.ts';

/**
 * Why a venue said no. Each is a sentence a trader acts on; nothing was changed. `not-sent`: our side
 * knows that the venue never heard of it (no connection, our own rate lane, a clock it would refuse).
 */
export type WriteRefusalReason =
  | 'insufficient-balance'
  | 'insufficient-collateral'
  | 'would-liquidate'
  | 'wrong-side'
  | 'price-rule'
  | 'position-not-owned'
  | 'position-not-found'
  | 'amount-too-small'
  | 'amount-too-large'
  | 'not-isolated'
  | 'nothing-changes'
  | 'too-many-orders'
  | 'reduce-only-rejected'
  | 'not-permitted'
  | 'market-closed'
  | 'rate-limited'
  | 'clock'
  | 'not-offered'
  | 'not-sent'
  | 'other';

/**
 * What became of a call that changes something. `unknown`: it may have happened (timeout or reset after
 * the request was on its way, 5xx, a venue code that says so, an answer nobody can read): the caller reads
 * back and never sends it again. `partly`: of two orders that belong together one stands and the other does
 * not, and it could not be undone; the caller reads back as well.
 */
export type WriteOutcome =
  | { readonly kind: 'accepted'; readonly venueRef: string | null }
  | {
      readonly kind: 'refused';
      readonly reason: WriteRefusalReason;
      /** The venue's own code, never its text. Null: it was not the venue. */
      readonly venueCode: string | null;
    }
  | { readonly kind: 'partly' }
  | { readonly kind: 'unknown'; readonly error: VenueError };

/** An act on one leg. The position is as last read: instrument, side, size, venue id, margin mode. */
interface LegOrder {
  readonly position: Position;
  /** Our own id of the act: at most 32 characters of [a-z0-9]. Where the venue takes one, it goes there. */
  readonly clientRef: string;
}

interface MarginOrder extends LegOrder {
  readonly direction: 'add' | 'remove';
  /** Above zero, in settle, whole steps: sent to the last digit. */
  readonly amount: Money;
}

export interface StopsOrder extends LegOrder {
  /** All that shall stand afterwards. */
  readonly stops: StopsState;
  /** What stands now. What is in both is left alone where the venue can. */
  readonly current: StopsState;
}

interface ReduceOrder extends LegOrder {
  /** Above zero, at most the position's; all of them: the leg is closed. */
  readonly contracts: Decimal;
}

interface TransferOrder {
  readonly to: AccountId;
  readonly amount: Money;
  readonly clientRef: string;
}

/** At abort of `signal` the outcome is `unknown`, or `refused` with `not-sent` when nothing had left. */
export interface MarginWriter {
  change(order: MarginOrder, signal: AbortSignal): Promise<WriteOutcome>;
}

export interface StopsWriter {
  /** More than one trigger of a kind, each with its share. */
  readonly hasLadder: boolean;
  readonly hasTrailing: boolean;
  set(order: StopsOrder, signal: AbortSignal): Promise<WriteOutcome>;
}

export interface ReduceWriter {
  /** Reduce-only at the market: it can never open or flip a position. */
  reduce(order: ReduceOrder, signal: AbortSignal): Promise<WriteOutcome>;
}

export interface TransferWriter {
  /** Accounts of the desk that this one can send to, and in which currencies' wallets that is. */
  reaches(to: AccountId): boolean;
  transfer(order: TransferOrder, signal: AbortSignal): Promise<WriteOutcome>;
}

/** What an act with this reference became, asked of the venue by that reference. */
export interface SentAct {
  readonly kind: 'add-margin' | 'remove-margin' | 'set-stops' | 'reduce' | 'transfer';
  readonly clientRef: string;
  /** When the call was made, epoch ms. */
  readonly sentAt: number;
}

/** A leg as it stands, read past every cache. Null: not known, or not a thing this leg has. */
export interface LegGround {
  /** Zero: the leg is not there (any more). */
  readonly contracts: Decimal;
  /** Of an isolated position, in settle, without its PnL. */
  readonly collateral: Decimal | null;
  readonly stops: StopsState | null;
  readonly markPrice: Decimal | null;
  /** What the account may still give as margin, in settle. */
  readonly free: Money | null;
  /** Smallest steps the venue takes; null: any amount. */
  readonly marginStep: Decimal | null;
  readonly contractStep: Decimal | null;
}

/** A currency of the account, read past every cache. */
export interface WalletGround {
  /** What the account holds of it in the wallet that transfers move, without PnL. */
  readonly wallet: Decimal | null;
  /** What of it may leave. */
  readonly free: Decimal | null;
  /** Smallest step of a transfer; null: any amount. */
  readonly step: Decimal | null;
}

/** `absent`: it has none of that reference now, which soon after the call proves nothing. */
export type ActTrace = 'done' | 'refused' | 'absent' | 'not-offered';

/**
 * Changes one account at one venue, and looks. A capability that the venue or these credentials do not
 * have is null. Never rejects. No method ever repeats a call that may have reached the venue.
 */
export interface AccountWriter {
  readonly account: AccountId;
  readonly venue: string;
  /** What becomes of an isolated position's margin when a part of it is closed. */
  readonly marginOnReduce: 'released' | 'kept';
  readonly margin: MarginWriter | null;
  readonly stops: StopsWriter | null;
  readonly reduce: ReduceWriter | null;
  readonly transfer: TransferWriter | null;
  leg(position: Position, signal: AbortSignal): Promise<Result<LegGround, VenueError>>;
  wallet(currency: string, signal: AbortSignal): Promise<Result<WalletGround, VenueError>>;
  /** `position`: of an act on a leg; null for a transfer. */
  trace(
    act: SentAct,
    position: Position | null,
    signal: AbortSignal,
  ): Promise<Result<ActTrace, VenueError>>;
}

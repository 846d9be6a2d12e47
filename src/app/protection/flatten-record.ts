import type { Consenter } from '../../actions/consent.ts';
import type { Position } from '../../domain/position.ts';

/** One leg of a flatten, by name; figures as text, as they were when it was looked at. */
export interface FlattenLeg {
  readonly account: string;
  readonly venue: string;
  readonly instrument: string;
  readonly symbol: string;
  readonly asset: string;
  readonly side: 'long' | 'short';
  readonly isIsolated: boolean;
  readonly handle: string;
  readonly quantity: string | null;
  readonly notionalUsd: string | null;
  readonly markPrice: string | null;
}

/**
 * Why a leg is not known to be flat. `read-only` and `not-offered`: nothing was sent. `unknown`: a close
 * was sent and the venue has not shown what became of it. `open`: the time was up with a rest.
 */
export type NotFlat =
  | 'read-only'
  | 'not-offered'
  | 'not-read'
  | 'refused'
  | 'unknown'
  | 'open'
  | 'failed';

export interface LegReport {
  readonly leg: FlattenLeg;
  readonly isFlat: boolean;
  readonly why: NotFlat | null;
  /** The venue's or our own word of the last refusal, from a closed list; null: there was none. */
  readonly reason: string | null;
  /** Calls that were sent. */
  readonly closes: number;
  /** What is left, as last seen; null: not known. */
  readonly left: string | null;
  /** Stops that stayed behind without a position. */
  readonly orphans: 'none' | 'cancelled' | 'kept' | 'not-known';
}

export type FlattenState =
  | 'pending'
  | 'confirmed'
  | 'running'
  | 'done'
  | 'partly'
  | 'cancelled'
  | 'expired'
  | 'interrupted';

/** A flatten from its preview to its report: all that the store knows of it. */
export interface FlattenRecord {
  readonly id: string;
  readonly scope: string;
  readonly asker: Consenter;
  readonly state: FlattenState;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** As previewed; what is there when it runs is closed. */
  readonly legs: readonly FlattenLeg[];
  /** Accounts of the scope whose positions are not known now. */
  readonly unread: readonly string[];
  readonly approvedBy: string | null;
  readonly report: readonly LegReport[] | null;
  readonly changedAt: number;
}

export function isLegOf(leg: FlattenLeg, position: Position): boolean {
  return (
    position.account === leg.account &&
    position.instrument.id === leg.instrument &&
    position.side === leg.side &&
    (position.marginMode === 'isolated') === leg.isIsolated
  );
}

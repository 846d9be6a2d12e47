import type { Account, AccountMargin } from '../domain/account.ts';
import type { Position } from '../domain/position.ts';
import type { AccountId } from '../domain/units.ts';
import type { GapKind, VenueErrorDetail } from '../domain/venue-error.ts';

/** Which part of an account is not known, or is older than it should be. */
export type GapScope = 'account' | 'positions' | 'margin' | 'stops' | 'row';

/** A named hole in the picture. A silent venue is a gap, not an absence. */
export interface Gap {
  readonly account: AccountId;
  readonly venue: string;
  readonly kind: GapKind;
  readonly scope: GapScope;
  readonly detail: VenueErrorDetail;
  readonly retryAfterMs: number | null;
  /** When the figures still shown in its place were read; null when there are none. */
  readonly lastGoodAt: number | null;
}

/**
 * What is known of one account. `missing`: no positions were ever read, so it is in no total.
 * `stale`: figures are there, but the last read failed or they are older than allowed.
 */
export interface AccountSnapshot {
  readonly account: Account;
  readonly status: 'ok' | 'stale' | 'missing';
  readonly positions: readonly Position[];
  /** When the positions were read; null when they never were. */
  readonly positionsAt: number | null;
  readonly margin: AccountMargin | null;
  readonly gaps: readonly Gap[];
}

/** The whole desk at one moment. */
export interface Snapshot {
  readonly accounts: readonly AccountSnapshot[];
  readonly takenAt: number;
}

export function positionsOf(snapshot: Snapshot): Position[] {
  return snapshot.accounts.flatMap((account) => account.positions);
}

export function gapsOf(snapshot: Snapshot): Gap[] {
  return snapshot.accounts.flatMap((account) => account.gaps);
}

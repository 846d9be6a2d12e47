import type { Side } from '../domain/position.ts';
import type { AccountId, Handle, Usd } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import type { JudgedDesk } from '../risk/probability/judge-desk.ts';
import type { Count, Fact } from './fact.ts';
import type { Remedy } from './remedy.ts';

/** The report that commentary speaks about: one snapshot, judged once. */
export interface Report {
  readonly snapshot: Snapshot;
  readonly desk: JudgedDesk;
}

/** Displayed values of the last comparable report, by what they are about; empty: none. */
export type Remembered = ReadonlyMap<string, string>;

/** Everything that may be said about a report. Immutable; names come in only where it is rendered. */
export interface Sheet {
  readonly facts: readonly Fact[];
  readonly remedies: readonly Remedy[];
  /** By `kind metric`, over the whole desk; only of kinds of which every one is known and fresh. */
  readonly counts: ReadonlyMap<string, Count>;
  /** By fact id: an account that is well and has free what the fact's account lacks. */
  readonly idle: ReadonlyMap<string, IdleMargin>;
  /** Ids of facts that acts were tried on, and none is proven to help. */
  readonly helpless: ReadonlySet<string>;
  /** Accounts that nothing is known of. */
  readonly missing: number;
  /** Every account was read, and no position is open. */
  readonly isFlat: boolean;
  /** Positions of which nobody knows how near their liquidation is. */
  readonly unknown: number;
  /** What the tables mark as critical or worse while no figure here is beyond its line. */
  readonly unsaid: readonly Unsaid[];
  readonly takenAt: number;
  /** Accounts that alone are spoken of, and shortly; absent: the whole desk. What is compared stays whole. */
  readonly about?: ReadonlySet<AccountId>;
}

export type Unsaid =
  | { readonly kind: 'account'; readonly account: AccountId }
  | {
      readonly kind: 'position';
      readonly account: AccountId;
      readonly handle: Handle;
      readonly asset: string;
      readonly side: Side;
    };

export interface IdleMargin {
  readonly account: AccountId;
  readonly availableUsd: Usd;
}

export function countKey({ entity, metric }: Pick<Fact, 'entity' | 'metric'>): string {
  return `${entity.kind} ${metric}`;
}

export function factOf(sheet: Sheet, id: string): Fact | null {
  return sheet.facts.find((fact) => fact.id === id) ?? null;
}

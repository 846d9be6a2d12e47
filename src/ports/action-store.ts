import type { ActionState } from '../actions/action-state.ts';
import type { AuditEntry, AuditHead, AuditLine } from '../actions/audit-chain.ts';
import type { StoreAnswer } from './store.ts';

/** One action from its preview to its end. Columns are what the desk asks for; the rest is in `body`. */
export interface StoredAction {
  /** Also its clientRef at the venue: 24 characters of [a-z0-9]. */
  readonly id: string;
  /** SHA-256 of the token that people confirm with: who reads the store cannot confirm. */
  readonly tokenHash: string;
  readonly state: ActionState;
  /** Grows with every step; compare and set. */
  readonly revision: number;
  readonly kind: string;
  readonly account: string;
  readonly requestedBy: string;
  /** US dollars that count against the day, as text; null: none, or not known. */
  readonly countedUsd: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly expiresAt: number;
  /** JSON: the preview, consents, what stood before the call, what the venue said. Holds no secret. */
  readonly body: string;
}

/** What is recorded with a step, in the same commit. */
export type AuditNote = Omit<AuditEntry, 'at'> & { readonly at: number };

/**
 * Actions and their audit. A change and its audit lines are one commit: there is no step without its line
 * and no line without its step. Lines are chained by hash (see audit-chain); the chain never forks.
 */
export interface ActionStore {
  /** False: there is one of this id or token already, and nothing was written. */
  create(action: StoredAction, notes: readonly AuditNote[]): StoreAnswer<boolean>;
  /** Writes `next` when the row still has `revision`; false: somebody was faster, nothing was written. */
  step(next: StoredAction, revision: number, notes: readonly AuditNote[]): StoreAnswer<boolean>;
  /** Lines that belong to no action: a refusal before a preview, the latch, a login. */
  note(notes: readonly AuditNote[]): StoreAnswer<null>;
  byId(id: string): StoreAnswer<StoredAction | null>;
  byTokenHash(tokenHash: string): StoreAnswer<StoredAction | null>;
  /** By creation, ascending. */
  inStates(states: readonly ActionState[]): StoreAnswer<readonly StoredAction[]>;
  /** Created since then, in one of the states: what counts against the day. */
  since(createdAt: number, states: readonly ActionState[]): StoreAnswer<readonly StoredAction[]>;
  /** Deletes actions that ended and were last changed before then; answers how many. Lines stay. */
  forget(before: number): StoreAnswer<number>;
  /** The newest lines, newest first. */
  audit(limit: number): StoreAnswer<readonly AuditLine[]>;
  /** The whole chain in pages, ascending, after a sequence. */
  auditAfter(sequence: number, limit: number): StoreAnswer<readonly AuditLine[]>;
  /** Where the chain ends, kept apart from the lines. */
  auditHead(): StoreAnswer<AuditHead | null>;
}

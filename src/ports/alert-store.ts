import type { StoreAnswer } from './store.ts';

/** One thing of the alert desk that lives longer than the process, by kind and id. */
export interface AlertRow {
  readonly kind: AlertRowKind;
  readonly id: string;
  /** JSON. Holds no secret. */
  readonly body: string;
}

export type AlertRowKind =
  | 'instance'
  | 'incident'
  | 'outbox'
  | 'message'
  | 'silence'
  | 'timer'
  | 'intent'
  | 'destination'
  | 'plan';

export type AlertChange =
  | { readonly put: AlertRow }
  | { readonly remove: Pick<AlertRow, 'kind' | 'id'> }
  /** Into the append-only history. */
  | { readonly event: { readonly at: number; readonly body: string } };

/**
 * What alerts must never lose. Who takes the lead gets a number greater than every one before; a commit
 * under an older number changes nothing and says `fenced`: a process that was frozen and wakes up can
 * not write over its successor.
 */
export interface AlertStore {
  /** Answers the fence. `boot` names the process, for operators. */
  lead(boot: string): StoreAnswer<number>;
  /** Every row, by kind and id. */
  load(): StoreAnswer<readonly AlertRow[]>;
  /** All of it or nothing, safe on disk when answered. */
  commit(fence: number, changes: readonly AlertChange[]): StoreAnswer<'committed' | 'fenced'>;
  /** Newest first. */
  events(limit: number): StoreAnswer<readonly { readonly at: number; readonly body: string }[]>;
  /** Deletes events before then; answers how many. */
  forget(before: number): StoreAnswer<number>;
}

import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';

/** Where an action is. `pending` waits for people, `unknown` for the venue to show what happened. */
export type ActionState =
  | 'pending'
  | 'approved'
  | 'executing'
  | 'done'
  | 'refused'
  | 'unknown'
  | 'expired'
  | 'cancelled';

/**
 * What can happen to it. `lose`: nobody knows what the venue did (timeout, reset, a restart while
 * executing). `refuse`: by our rules before the venue heard of it, by the venue after.
 */
export type ActionEvent =
  | 'approve'
  | 'execute'
  | 'succeed'
  | 'refuse'
  | 'lose'
  | 'expire'
  | 'cancel';

/**
 * Every step there is. Only `execute` lets a venue hear of it, and no way leads back to before it: an
 * unknown action is read back, never sent again. After `execute` nothing can be cancelled or expire.
 */
export const STEPS: Readonly<Record<ActionState, Partial<Record<ActionEvent, ActionState>>>> = {
  pending: { approve: 'approved', refuse: 'refused', expire: 'expired', cancel: 'cancelled' },
  approved: { execute: 'executing', refuse: 'refused', expire: 'expired', cancel: 'cancelled' },
  executing: { succeed: 'done', refuse: 'refused', lose: 'unknown' },
  unknown: { succeed: 'done', refuse: 'refused' },
  done: {},
  refused: {},
  expired: {},
  cancelled: {},
};

/** A row of the store; `revision` grows with every step. */
export interface ActionRow {
  readonly state: ActionState;
  readonly revision: number;
}

export const NEW_ACTION: ActionRow = { state: 'pending', revision: 0 };

/** `lost-race`: somebody else moved it since it was read. `not-possible`: no such step from here. */
export type StepRefusal = 'lost-race' | 'not-possible';

/**
 * Compare and set: the row after the event, when it still is the revision the caller has read. Of two
 * that read the same one, the second loses. A store does this inside one write.
 */
export function stepAction(
  row: ActionRow,
  { event, revision }: { readonly event: ActionEvent; readonly revision: number },
): Result<ActionRow, StepRefusal> {
  if (row.revision !== revision) return err('lost-race');
  const state = STEPS[row.state][event];
  return state === undefined ? err('not-possible') : ok({ state, revision: revision + 1 });
}

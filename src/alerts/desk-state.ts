import type { DestinationState } from './destination-state.ts';
import type { Incident } from './incident.ts';
import type { OutboxRow } from './outbox-row.ts';
import type { Ledger, Parcel } from './parcel.ts';
import type { Silence } from './silence.ts';

/** What the alert desk keeps, by the kind of its rows in the store. */
export interface DeskKinds {
  readonly incident: Incident;
  readonly outbox: OutboxRow;
  readonly intent: Parcel;
  readonly silence: Silence;
  readonly destination: DestinationState;
  readonly timer: Ledger;
}
export type DeskKind = keyof DeskKinds;
export const DESK_KINDS: readonly DeskKind[] = [
  'incident',
  'outbox',
  'intent',
  'silence',
  'destination',
  'timer',
];

/** Everything, in the memory of the one leader; the store holds the same rows. */
export type DeskState = { readonly [Kind in DeskKind]: Map<string, DeskKinds[Kind]> } & {
  /** The newest incident of each group key. */
  readonly current: Map<string, string>;
};

/** One row of the store. */
export interface DeskRow {
  readonly kind: DeskKind;
  readonly id: string;
  readonly body: string;
}

/** The desk as the store remembers it. Rows of other kinds are somebody else's. */
export function deskOf(
  rows: Iterable<{ readonly kind: string; readonly id: string; readonly body: string }>,
): DeskState {
  const state: DeskState = {
    incident: new Map(),
    outbox: new Map(),
    intent: new Map(),
    silence: new Map(),
    destination: new Map(),
    timer: new Map(),
    current: new Map(),
  };
  for (const { kind, id, body } of rows) {
    const known = DESK_KINDS.find((each) => each === kind);
    // Written by this module and nobody else: the shape is ours.
    if (known) (state[known] as Map<string, unknown>).set(id, JSON.parse(body));
  }
  const byAge = [...state.incident.values()].sort((a, b) => a.opened - b.opened);
  for (const { key, id } of byAge) state.current.set(key, id);
  return state;
}

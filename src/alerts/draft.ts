import type { DeliverySettings } from './delivery-rules.ts';
import {
  DESK_KINDS,
  type DeskKind,
  type DeskKinds,
  type DeskRow,
  type DeskState,
} from './desk-state.ts';
import { type DestinationState, freshDestination } from './destination-state.ts';
import type { Incident } from './incident.ts';
import { EMPTY_LEDGER, type Ledger } from './parcel.ts';

/** What a decision may use of the world: all of it handed in. */
export interface DeskWorld {
  readonly now: number;
  readonly settings: DeliverySettings;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** A secret nobody can guess. */
  readonly token: () => string;
}

/** Rows of one kind, as they will be. */
interface Shelf<T> {
  get(id: string): T | undefined;
  put(value: T): void;
  remove(id: string): void;
  values(): T[];
}

/** Something for the history. */
interface DeskEvent {
  readonly what: string;
  readonly [detail: string]: string | number | null;
}

/**
 * A change of the desk under way: reads see it, the desk does not, until `apply`. Dropped when the
 * store does not take it, so that memory and store never differ.
 */
export type Draft = DeskWorld & { readonly [Kind in DeskKind]: Shelf<DeskKinds[Kind]> } & {
  incidentOf(key: string): Incident | undefined;
  destinationOf(id: string): DestinationState;
  ledger(): Ledger;
  note(event: DeskEvent): void;
  /** What the store must take. */
  changes(): {
    readonly puts: readonly DeskRow[];
    readonly removes: readonly { readonly kind: DeskKind; readonly id: string }[];
    readonly events: readonly DeskEvent[];
  };
  /** The store has it: the desk is now like this. */
  apply(): void;
};

export function draftOf(state: DeskState, world: DeskWorld): Draft {
  const shelves = {
    incident: shelfOf(state.incident),
    outbox: shelfOf(state.outbox),
    intent: shelfOf(state.intent),
    silence: shelfOf(state.silence),
    destination: shelfOf(state.destination),
    timer: shelfOf(state.timer),
  };
  const current = new Map<string, string>();
  const events: DeskEvent[] = [];
  const incident: Shelf<Incident> = {
    ...shelves.incident,
    put(value) {
      shelves.incident.put(value);
      const known = shelves.incident.get(
        current.get(value.key) ?? state.current.get(value.key) ?? '',
      );
      if (known === undefined || known.opened <= value.opened) current.set(value.key, value.id);
    },
  };
  return {
    ...world,
    ...shelves,
    incident,
    incidentOf: (key) => incident.get(current.get(key) ?? state.current.get(key) ?? ''),
    destinationOf: (id) => shelves.destination.get(id) ?? freshDestination(id),
    ledger: () => shelves.timer.get('ledger') ?? EMPTY_LEDGER,
    note: (event) => {
      events.push(event);
    },
    changes: () => ({
      puts: DESK_KINDS.flatMap((kind) =>
        shelves[kind].puts().map(({ id, value }) => ({ kind, id, body: JSON.stringify(value) })),
      ),
      removes: DESK_KINDS.flatMap((kind) => shelves[kind].removes().map((id) => ({ kind, id }))),
      events,
    }),
    apply: () => {
      for (const kind of DESK_KINDS) shelves[kind].apply();
      for (const [key, id] of current) state.current.set(key, id);
    },
  };
}

function shelfOf<T extends { readonly id: string }>(base: Map<string, T>) {
  /** Null: removed. */
  const changed = new Map<string, T | null>();
  return {
    get: (id: string): T | undefined => {
      const found = changed.get(id);
      return found === undefined ? base.get(id) : (found ?? undefined);
    },
    put: (value: T) => {
      changed.set(value.id, value);
    },
    remove: (id: string) => {
      if (base.has(id)) changed.set(id, null);
      else changed.delete(id);
    },
    values: (): T[] => {
      if (changed.size === 0) return [...base.values()];
      const kept = [...base].filter(([id]) => !changed.has(id)).map(([, value]) => value);
      return [...kept, ...[...changed.values()].filter((value) => value !== null)];
    },
    puts: () => [...changed].flatMap(([id, value]) => (value === null ? [] : [{ id, value }])),
    removes: () => [...changed].flatMap(([id, value]) => (value === null ? [id] : [])),
    apply: () => {
      for (const [id, value] of changed) {
        if (value === null) base.delete(id);
        else base.set(id, value);
      }
    },
  };
}

/** What the desk depends on, as it is now. Ages are ours to judge below. */
export interface VitalSigns {
  readonly startedAt: number;
  readonly loops: readonly {
    readonly name: string;
    /** When it last finished a round; null: never yet. */
    readonly lastAt: number | null;
    readonly graceMs: number;
  }[];
  /** How long the oldest message has been due; null: none is. */
  readonly oldestDueMs: number | null;
  /** The last write that was only made to see whether one is possible. */
  readonly store: { readonly okAt: number | null; readonly isFailing: boolean };
  /** When any venue last answered a reading; null: none ever did. */
  readonly venueAnsweredAt: number | null;
  readonly streams: readonly {
    readonly name: string;
    /** When it was last heard, a sign of life included; null: never yet. */
    readonly heardAt: number | null;
  }[];
  /** When the program last stood still for seconds; null: never. */
  readonly stalledAt: number | null;
}

/** One thing that is not well: a word of a closed list, for pings, probes and labels. */
export interface Ailment {
  readonly kind: 'loop' | 'outbox' | 'store' | 'venues' | 'stream' | 'stalled';
  /** Which one, by our own names; null where there is only one. */
  readonly of: string | null;
}

const START_MS = 60_000;
const OUTBOX_MS = 60_000;
const STORE_MS = 30_000;
const VENUES_MS = 15 * 60_000;
const STREAM_MS = 90_000;
const STALLED_MS = 60_000;

/** Everything that is wrong; empty: the desk is well. In its first minute nothing is overdue yet. */
export function ailmentsOf(signs: VitalSigns, now: number): Ailment[] {
  const { startedAt, store, loops, streams } = signs;
  const isOlder = (at: number | null, ms: number) =>
    now - (at ?? startedAt) >= (at === null ? Math.max(ms, START_MS) : ms);
  const found: (Ailment | false)[] = [
    ...loops.map(
      ({ name, lastAt, graceMs }) =>
        isOlder(lastAt, graceMs) && ({ kind: 'loop', of: name } as const),
    ),
    (signs.oldestDueMs ?? 0) >= OUTBOX_MS && { kind: 'outbox', of: null },
    (store.isFailing || isOlder(store.okAt, STORE_MS)) && { kind: 'store', of: null },
    isOlder(signs.venueAnsweredAt, VENUES_MS) && { kind: 'venues', of: null },
    ...streams.map(
      ({ name, heardAt }) => isOlder(heardAt, STREAM_MS) && ({ kind: 'stream', of: name } as const),
    ),
    signs.stalledAt !== null && now - signs.stalledAt < STALLED_MS && { kind: 'stalled', of: null },
  ];
  return found.filter((each) => each !== false);
}

/** `loop positions`, `outbox`: nothing in it but our own names. */
export function ailmentWord({ kind, of }: Ailment): string {
  return of === null ? kind : `${kind} ${of}`;
}

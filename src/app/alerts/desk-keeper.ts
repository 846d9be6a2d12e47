import { type DeskState, deskOf } from '../../alerts/desk-state.ts';
import { type DeskWorld, type Draft, draftOf } from '../../alerts/draft.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { AlertChange, AlertStore } from '../../ports/alert-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreError } from '../../ports/store-error.ts';

/** `fenced`: another process leads now, this one must not say another word. */
export type KeepFault = StoreError | { readonly kind: 'fenced' };

export interface DeskKeeperDeps {
  readonly store: AlertStore;
  readonly clock: Clock;
  readonly world: () => Omit<DeskWorld, 'now'>;
  /** Names the process, for operators. */
  readonly boot: string;
  /** For tests that end the process at a named point. */
  readonly failpoint: (name: string) => Promise<void> | void;
}

/** The desk's state, and the only way to change it. */
export interface DeskKeeper {
  /**
   * Runs one change: computed on a draft, committed whole, and only then true. One after the other. The
   * desk is as before when the store does not take it.
   */
  change<T>(
    step: (draft: Draft) => T,
    also?: { readonly rows?: readonly AlertChange[]; readonly point?: string },
  ): Promise<Result<T, KeepFault>>;
  /** A look without a change. */
  look<T>(step: (draft: Draft) => T): T;
  /** Of this lead: greater than that of every process before. */
  readonly fence: number;
  isFenced(): boolean;
}

/** Takes the lead and loads what the last process left behind. */
export async function openDeskKeeper(
  deps: DeskKeeperDeps,
): Promise<Result<DeskKeeper, StoreError>> {
  const { store, clock } = deps;
  const fence = await store.lead(deps.boot);
  if (!fence.ok) return fence;
  const rows = await store.load();
  if (!rows.ok) return rows;
  const state: DeskState = deskOf(rows.value);
  const draft = () => draftOf(state, { ...deps.world(), now: clock.now() });
  let isFenced = false;
  let last: Promise<unknown> = Promise.resolve();

  const run = async <T>(
    step: (draft: Draft) => T,
    { rows: others = [], point = '' }: { rows?: readonly AlertChange[]; point?: string },
  ): Promise<Result<T, KeepFault>> => {
    if (isFenced) return err({ kind: 'fenced' });
    await deps.failpoint(`${point} before`);
    const next = draft();
    const answer = step(next);
    const changes = [...others, ...changesOf(next, clock.now())];
    if (changes.length === 0) return ok(answer);
    await deps.failpoint(`${point} inside`);
    const committed = await store.commit(fence.value, changes);
    if (!committed.ok) return committed;
    if (committed.value === 'fenced') {
      isFenced = true;
      return err({ kind: 'fenced' });
    }
    next.apply();
    await deps.failpoint(`${point} after`);
    return ok(answer);
  };

  return ok({
    change: (step, also = {}) => {
      const done = last.then(() => run(step, also));
      last = done.catch(() => undefined);
      return done;
    },
    look: (step) => step(draft()),
    fence: fence.value,
    isFenced: () => isFenced,
  });
}

function changesOf(draft: Draft, at: number): AlertChange[] {
  const { puts, removes, events } = draft.changes();
  return [
    ...puts.map((put) => ({ put })),
    ...removes.map((remove) => ({ remove })),
    ...events.map((event) => ({ event: { at, body: JSON.stringify(event) } })),
  ];
}

import { ok, type Result } from '../../domain/result.ts';
import type { AuditNote } from '../../ports/action-store.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { StoreAnswer } from '../../ports/store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { parseFact } from './parse-fact.ts';

/** Whether anything may act by itself. `by` and `at` of the last turn; null: it was never turned. */
export interface LatchState {
  readonly isStopped: boolean;
  readonly by: string | null;
  readonly at: number | null;
}

interface Who {
  readonly person: string;
  readonly network: string;
}

/** Stops all automatic acts at once, also over a restart; only a person lifts it. */
export interface StopLatch {
  /** A store that cannot be read is no leave to act: stopped. */
  state(): Promise<LatchState>;
  /** Holds in this process from the first moment, whatever the store answers. */
  stop(by: Who): Promise<Result<LatchState, StoreError>>;
  resume(by: Who): Promise<Result<LatchState, StoreError>>;
}

export interface LatchDeps {
  readonly facts: Pick<FactStore, 'get' | 'put'>;
  readonly note: (notes: readonly AuditNote[]) => StoreAnswer<null>;
  readonly clock: Clock;
}

const FACT = 'protection.stop';
const NEVER: LatchState = { isStopped: false, by: null, at: null };

export function createStopLatch({ facts, note, clock }: LatchDeps): StopLatch {
  /** What this process was told and the store does not say yet. */
  let told: LatchState | null = null;
  const turn = (isStopped: boolean, by: Who): LatchState => ({
    ...{ isStopped, by: by.person, at: clock.now() },
  });
  const keep = (state: LatchState) => facts.put(FACT, JSON.stringify(state));
  const record = (what: string, { person, network }: Who) => {
    const about = { account: null, action: null, kind: null, state: null, detail: {} };
    return note([{ at: clock.now(), what, actor: person, network, ...about }]);
  };
  return {
    state: async () => {
      if (told !== null) return told;
      const fact = await facts.get(FACT);
      if (!fact.ok) return { ...NEVER, isStopped: true };
      return parseFact<LatchState>(fact.value) ?? NEVER;
    },
    stop: async (by) => {
      const state = turn(true, by);
      told = state;
      const kept = await keep(state);
      const noted = await record('stop', by);
      if (!kept.ok) return kept;
      if (told === state) told = null;
      return noted.ok ? ok(state) : noted;
    },
    resume: async (by) => {
      // On record before it is so: nobody lifts it unseen.
      const noted = await record('resume', by);
      if (!noted.ok) return noted;
      const state = turn(false, by);
      const kept = await keep(state);
      if (!kept.ok) return kept;
      told = null;
      return ok(state);
    },
  };
}

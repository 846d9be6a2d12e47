import { NEW_PLAN, type PlanDecision, type PlanState } from '../../actions/protection-step.ts';
import { dec } from '../../domain/decimal.ts';
import { asUsd } from '../../domain/units.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import { parseFact } from './parse-fact.ts';

/** What plans remember, in the store. */
export interface PlanBook {
  /** Null: the store does not say. */
  state(plan: string): Promise<PlanState | null>;
  /** For a look that decides nothing: what is not known reads as new. */
  shown(plan: string): Promise<PlanState>;
  /** False: not kept, and then nothing may be done. */
  keep(
    plan: string,
    step: {
      readonly before: PlanState;
      readonly next: PlanState;
      readonly decision: PlanDecision;
    },
  ): Promise<boolean>;
  /** What was begun has ended, one way or the other. */
  end(plan: string, state: PlanState): Promise<void>;
}

interface Kept {
  readonly isArmed: boolean;
  readonly actedAt: number | null;
  readonly day: number;
  readonly spentUsd: string;
  /** What stood before an act that was begun and has not ended; null: none. */
  readonly begun: Omit<Kept, 'begun'> | null;
}

export function createPlanBook(
  facts: Pick<FactStore, 'get' | 'put'>,
  store: Pick<ActionStore, 'since'>,
): PlanBook {
  const nameOf = (plan: string) => `plan.${plan}`;
  /** As last written by this process: a look a second writes nothing when nothing has changed. */
  const written = new Map<string, string>();
  const put = async (plan: string, kept: Kept) => {
    const text = JSON.stringify(kept);
    if (written.get(plan) === text) return true;
    const done = await facts.put(nameOf(plan), text);
    if (done.ok) written.set(plan, text);
    return done.ok;
  };
  const read = async (plan: string): Promise<PlanState | null> => {
    const fact = await facts.get(nameOf(plan));
    if (!fact.ok) return null;
    const kept = parseFact<Kept>(fact.value);
    if (kept === null) return NEW_PLAN;
    if (kept.begun === null) return stateOf(kept);
    // The program was lost between the two. Did anything of it reach the ladder?
    const rows = await store.since(kept.actedAt ?? 0, SENT);
    if (!rows.ok) return null;
    const isSent = rows.value.some(({ requestedBy }) => requestedBy === `plan:${plan}`);
    return stateOf(isSent ? kept : kept.begun);
  };
  return {
    state: read,
    shown: async (plan) => (await read(plan)) ?? NEW_PLAN,
    keep: (plan, { before, next, decision }) => {
      const begun = decision.kind === 'act' && !decision.isDryRun ? textOf(before) : null;
      return put(plan, { ...textOf(next), begun });
    },
    end: async (plan, state) => {
      await put(plan, { ...textOf(state), begun: null });
    },
  };
}

/** Whatever may have reached a venue. */
const SENT = ['approved', 'executing', 'unknown', 'done', 'refused'] as const;

function textOf({ isArmed, actedAt, day, spentUsd }: PlanState): Omit<Kept, 'begun'> {
  return { isArmed, actedAt, day, spentUsd: spentUsd.toString() };
}

function stateOf({ isArmed, actedAt, day, spentUsd }: Omit<Kept, 'begun'>): PlanState {
  return { isArmed, actedAt, day, spentUsd: asUsd(dec(spentUsd)) };
}

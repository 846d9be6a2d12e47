import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import {
  type PlanDecision,
  type PlannedAct,
  type PlanState,
  stepPlan,
} from '../../actions/protection-step.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { JudgedDesk } from '../../risk/probability/judge-desk.ts';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { Acting, ActionCard } from '../actions/action-desk.ts';
import type { ActionsRunning } from '../actions/create-actions.ts';
import type { PlanBook } from './plan-book.ts';
import type { PlanEvent } from './plan-event.ts';
import { planRequest } from './plan-request.ts';
import { planSight } from './plan-sight.ts';
import type { StopLatch } from './stop-latch.ts';

export interface PlanDeps {
  readonly plans: () => readonly ProtectionPlan[];
  readonly book: PlanBook;
  readonly latch: Pick<StopLatch, 'state'>;
  readonly actions: Pick<ActionsRunning, 'of'>;
  readonly personNow: ActionDeps['personNow'];
  /** Does not fail: what cannot be told is logged there. */
  readonly announce: (event: PlanEvent) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How a plan stands, for /status. */
export interface PlanStatus {
  readonly plan: ProtectionPlan;
  readonly state: PlanState;
  /** Of the last look; null: it has not looked yet. */
  readonly last: PlanDecision | null;
}

export interface PlansRunning {
  /** One look of every plan, one after the other. */
  look(desk: JudgedDesk, snapshot: Snapshot): Promise<void>;
  status(): Promise<readonly PlanStatus[]>;
  /** Nobody has to judge a desk for plans it does not have. */
  hasAny(): boolean;
}

export function createPlans(deps: PlanDeps): PlansRunning {
  const last = new Map<string, PlanDecision>();
  return {
    async look(desk, snapshot) {
      for (const plan of deps.plans()) {
        const decision = await lookOnce(plan, { desk, snapshot }, deps);
        if (decision !== null) last.set(plan.id, decision);
      }
    },
    hasAny: () => deps.plans().length > 0,
    status: () =>
      Promise.all(
        deps.plans().map(async (plan) => ({
          ...{ plan, state: await deps.book.shown(plan.id), last: last.get(plan.id) ?? null },
        })),
      ),
  };
}

interface Seen {
  readonly desk: JudgedDesk;
  readonly snapshot: Snapshot;
}

async function lookOnce(
  plan: ProtectionPlan,
  { desk, snapshot }: Seen,
  deps: PlanDeps,
): Promise<PlanDecision | null> {
  const before = await deps.book.state(plan.id);
  // A store that cannot say what was done is no leave to do it again.
  if (before === null) return null;
  const { isStopped } = await deps.latch.state();
  const sight = planSight(plan, desk);
  const { next, decision } = stepPlan(plan, before, { sight, now: deps.clock.now(), isStopped });
  // What it will remember is on disk before anything is sent: a lost program does not act twice.
  const isKept = await deps.book.keep(plan.id, { before, next, decision });
  if (decision.kind !== 'act' || !isKept) return decision;
  const outcome = decision.isDryRun
    ? ({ kind: 'would' } as const)
    : await carryOut(plan, { act: decision.act, snapshot }, deps);
  await deps.book.end(plan.id, next);
  await deps.announce({
    ...{ plan: plan.id, account: plan.account, at: deps.clock.now(), act: decision.act, outcome },
  });
  return decision;
}

const NETWORK = 'plan';

/** By the very ladder that people use: previewed, agreed to, on record, once, and read back. */
async function carryOut(
  plan: ProtectionPlan,
  { act, snapshot }: { readonly act: PlannedAct; readonly snapshot: Snapshot },
  deps: PlanDeps,
): Promise<PlanEvent['outcome']> {
  const approver = approverOf(plan, deps);
  if (approver === null) return { kind: 'consent-gone' };
  const request = planRequest(plan, act, snapshot);
  if (request === null)
    return { kind: 'refused', refusal: { kind: 'amount', reason: 'not-dollars' } };
  const asker: Acting = {
    ...{ person: `plan:${plan.id}`, roles: ['trader'], accounts: null, network: NETWORK },
  };
  const ladder = deps.actions.of(asker);
  const made = await ladder.propose(request);
  if (!made.ok) return { kind: 'refused', refusal: made.error };
  const { token, amount } = made.value;
  const done = await ladder.confirm({ token, typed: amount?.toFixed() ?? null });
  if (!done.ok) return { kind: 'refused', refusal: done.error };
  const card = done.value;
  const agreed = needsSecond(card)
    ? await deps.actions.of(approver).approve({ token, typed: null })
    : done;
  return agreed.ok
    ? { kind: 'acted', card: agreed.value }
    : { kind: 'refused', refusal: agreed.error };
}

const needsSecond = ({ state, isConfirmed }: ActionCard) => state === 'pending' && isConfirmed;

/** In the name of who agreed to the plan, with the rights they have now; null: they may not any more. */
function approverOf({ agreed, id }: ProtectionPlan, { personNow }: PlanDeps): Acting | null {
  const accounts = null;
  if (agreed === null) {
    return { person: `desk-file:${id}`, roles: ['approver'], accounts, network: NETWORK };
  }
  const [asker, approver] = [personNow(agreed.proposedBy), personNow(agreed.approvedBy)];
  const isGood = asker?.roles.includes('trader') && approver?.roles.includes('approver');
  return isGood && approver ? { ...approver, network: NETWORK } : null;
}

import { createHash } from 'node:crypto';
import type { Acting } from '../app/actions/action-desk.ts';
import type { ActionsRunning } from '../app/actions/create-actions.ts';
import { createOneAtATime } from '../app/actions/one-at-a-time.ts';
import type { Desk } from '../app/desk.ts';
import { createFlattenDesk } from '../app/protection/flatten-desk.ts';
import { createPlanBook } from '../app/protection/plan-book.ts';
import { createPlanShelf, type PlanShelf } from '../app/protection/plan-shelf.ts';
import { type ProtectionDesk, protectionDesk } from '../app/protection/protection-desk.ts';
import { createPlans, type PlanDeps, type PlansRunning } from '../app/protection/run-plans.ts';
import { createStopLatch, type StopLatch } from '../app/protection/stop-latch.ts';
import type { AccountWriter } from '../ports/venue-writer.ts';
import { newId, newToken, personNow } from './actions.ts';
import { clock, log } from './parts.ts';
import type { Setup } from './setup.ts';

export function openLatch({ store }: Setup): StopLatch {
  return createStopLatch({ facts: store.facts, note: store.actions.note, clock });
}

export function openPlans(
  { store, people }: Setup,
  parts: Pick<PlanDeps, 'latch' | 'actions' | 'announce' | 'plans'>,
): PlansRunning {
  const book = createPlanBook(store.facts, store.actions);
  return createPlans({
    ...parts,
    book,
    personNow: personNow(people),
    clock,
    log,
  });
}

/** Plans of the desk file, and those agreed to in a chat. */
export async function openPlanShelf({
  store,
  accounts,
  tradeAccess,
  plans,
}: Setup): Promise<PlanShelf> {
  const shelf = createPlanShelf({
    ...{ accounts, tradeAccess, clock, newId, newToken, facts: store.facts, store: store.actions },
    ...{ written: plans, inTurn: createOneAtATime() },
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  await shelf.load();
  return shelf;
}

/** What protects the desk, for each person. */
export function openProtection(
  { store, accounts, tradeAccess, people }: Setup,
  parts: {
    readonly latch: StopLatch;
    readonly actions: ActionsRunning;
    readonly desk: Desk;
    readonly writers: readonly AccountWriter[];
    readonly plans: PlansRunning;
    readonly shelf: PlanShelf;
  },
): (by: Acting) => ProtectionDesk {
  const flattens = createFlattenDesk({
    ...{ desk: parts.desk, accounts, tradeAccess, clock, log, newId, newToken },
    writers: new Map(parts.writers.map((writer) => [writer.account, writer])),
    closing: parts.actions.closing,
    ...{ store: store.actions, facts: store.facts, inTurn: createOneAtATime() },
    personNow: personNow(people),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
  });
  return (by) => protectionDesk(by, { ...parts, flattens });
}

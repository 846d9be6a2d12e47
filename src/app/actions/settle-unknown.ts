import type { ActionEvent, ActionState } from '../../actions/action-state.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import type { StoredAction } from '../../ports/action-store.ts';
import { type ActionDeps, CALL_MS, LOOK_MS } from './action-deps.ts';
import { type ActionRecord, fromBody } from './action-record.ts';
import { expire } from './expire.ts';
import { advance, type Kept } from './ledger.ts';
import { lookBack } from './look-back.ts';

/** Nobody is between two steps for so long: whoever was, is gone. */
const ABANDONED_MS = 2 * (CALL_MS + LOOK_MS);

/**
 * Before anything else at a start: whatever was left between two steps. What was executing may have
 * reached the venue, so it is unknown; what was only agreed has not, and never will.
 */
export async function recoverActions(deps: ActionDeps): Promise<void> {
  await eachIn(['executing'], deps, (kept) => giveUp(kept, deps));
  await eachIn(['approved'], deps, (kept) => drop(kept, deps));
  await expireDue(deps);
  await settleUnknown(deps);
}

/** One round of the loop: who waits too long expires, and what is unknown is looked at again. */
export async function settleActions(deps: ActionDeps): Promise<void> {
  const isAbandoned = ({ row }: Kept) => deps.clock.now() - row.updatedAt > ABANDONED_MS;
  await eachIn(['executing'], deps, async (kept) => {
    if (isAbandoned(kept)) await giveUp(kept, deps);
  });
  await eachIn(['approved'], deps, async (kept) => {
    if (isAbandoned(kept)) await drop(kept, deps);
  });
  await expireDue(deps);
  await settleUnknown(deps);
}

const byDesk = (what: string, detail: object) => ({ what, actor: null, detail: { ...detail } });

async function giveUp(kept: Kept, deps: ActionDeps): Promise<void> {
  const end = { kind: 'found-executing' } as const;
  await advance(kept, { event: 'lose', change: { end }, note: byDesk('found', { end }) }, deps);
}

async function drop(kept: Kept, deps: ActionDeps): Promise<void> {
  const end = { kind: 'ruled-out', reason: 'nothing-was-sent' } as const;
  await advance(kept, { event: 'expire', change: { end }, note: byDesk('expired', { end }) }, deps);
}

async function expireDue(deps: ActionDeps): Promise<void> {
  await eachIn(['pending'], deps, async (kept) => {
    if (deps.clock.now() >= kept.row.expiresAt) await expire(kept, deps);
  });
}

async function settleUnknown(deps: ActionDeps): Promise<void> {
  await eachIn(['unknown'], deps, async (kept) => {
    await settleOne(kept, deps);
  });
}

/** Looks at the venue, and says what it shows. The row as it is afterwards. */
export async function settleOne(kept: Kept, deps: ActionDeps): Promise<Kept> {
  const { verdict, shown, after } = await lookBack(kept, deps);
  if (verdict.kind !== 'still-unknown') {
    const event: ActionEvent = verdict.kind === 'done' ? 'succeed' : 'refuse';
    const change: Partial<ActionRecord> = {
      ...{ shown, after, because: null },
      end: { kind: 'reconciled', as: verdict.kind },
    };
    const note = byDesk('reconciled', { as: verdict.kind, shown });
    const step = await advance(kept, { event, change, note }, deps);
    return step.ok ? step.value : kept;
  }
  const { because } = verdict;
  // Every look on record would bury the audit; what it says anew is.
  if (because === kept.record.because) return { ...kept, record: { ...kept.record, shown, after } };
  const note = byDesk('looked', { because, shown });
  const step = await advance(kept, { event: null, change: { because, shown, after }, note }, deps);
  return step.ok ? step.value : kept;
}

/** One row that breaks must not keep the others from being settled. */
async function eachIn(
  states: readonly ActionState[],
  deps: ActionDeps,
  work: (kept: Kept) => Promise<void>,
): Promise<void> {
  const rows = await deps.store.inStates(states);
  if (!rows.ok) {
    deps.log.error('actions cannot be read', { kind: rows.error.kind });
    return;
  }
  await Promise.all(rows.value.map((row) => tried(row, deps, work)));
}

async function tried(
  row: StoredAction,
  deps: ActionDeps,
  work: (kept: Kept) => Promise<void>,
): Promise<void> {
  try {
    await work({ row, record: fromBody(row, deps.hash).record });
  } catch (cause) {
    deps.log.error('an action cannot be settled', { action: row.id, error: faultTrace(cause) });
  }
}

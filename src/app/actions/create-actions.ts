import { err, ok, type Result } from '../../domain/result.ts';
import type { ActionDeps } from './action-deps.ts';
import type { Acting, ActionCard, ActionDesk, PastAct } from './action-desk.ts';
import { fromBody } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { decide } from './decide.ts';
import { expire } from './expire.ts';
import { advance, type Kept } from './ledger.ts';
import { lookAtStops } from './look-at-stops.ts';
import { makeCard } from './make-card.ts';
import { createOneAtATime } from './one-at-a-time.ts';
import { propose } from './propose.ts';
import { recoverActions, settleActions, settleOne } from './settle-unknown.ts';
import { UNCAPPED } from './uncapped.ts';

/** The write ladder of the whole process. All it knows lies in the store: it may be lost at any moment. */
export interface ActionsRunning {
  /** Bound to one person, as they are now. */
  of(by: Acting): ActionDesk;
  /** Without caps, for what two people have agreed to close as a whole. */
  closing(by: Acting): Pick<ActionDesk, 'propose' | 'confirm' | 'check'>;
  /** Before anything else at a start. */
  recover(): Promise<void>;
  /** One round of looking at what is open. */
  settle(): Promise<void>;
  /** From now on these limits hold, for what is open too; null: nobody may act. */
  limit(settings: ActionDeps['settings']): void;
  /** Actions whose outcome nobody knows yet. */
  openCount(): Promise<number>;
}

export function createActions(given: Omit<ActionDeps, 'inTurn'>): ActionsRunning {
  let deps: ActionDeps = { ...given, inTurn: createOneAtATime() };
  return {
    of: (by) => ({
      propose: (request) => propose(request, by, deps),
      confirm: (to) => decide({ verb: 'confirm', to, by }, deps),
      approve: (to) => decide({ verb: 'approve', to, by }, deps),
      stops: (handle) => lookAtStops(handle, by, deps),
      cancel: (token) => cancel(token, by, deps),
      check: (token) => check(token, by, deps),
      since: (at) => since(at, by, deps),
      audit: async (limit) => {
        const lines = await deps.store.audit(limit);
        return lines.ok ? lines : err({ kind: 'store', error: lines.error });
      },
    }),
    closing: (by) => {
      const uncapped = { ...deps, settings: UNCAPPED };
      return {
        propose: (request) => propose(request, by, uncapped),
        confirm: (to) => decide({ verb: 'confirm', to, by }, uncapped),
        check: (token) => check(token, by, uncapped),
      };
    },
    limit: (settings) => {
      deps = { ...deps, settings };
    },
    recover: () => recoverActions(deps),
    settle: () => settleActions(deps),
    openCount: async () => {
      const rows = await deps.store.inStates(['unknown']);
      return rows.ok ? rows.value.length : 0;
    },
  };
}

/** The asker takes it back, or an approver turns it down; what a venue has heard of nobody can take back. */
async function cancel(
  token: string,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<ActionCard, ActionRefusal>> {
  const found = await load(token, by, deps);
  if (!found.ok) return found;
  const { row } = found.value;
  if (row.state !== 'pending') return err({ kind: 'used', state: row.state });
  const isOwn = by.person === row.requestedBy;
  if (!isOwn && !by.roles.includes('approver')) {
    return err({ kind: 'consent', reason: 'not-yours' });
  }
  const note = { what: 'cancelled', actor: by, detail: {} };
  const step = await advance(found.value, { event: 'cancel', change: {}, note }, deps);
  if (step.ok) return ok(makeCard(step.value, token, deps));
  const { error } = step;
  return err(
    error.kind === 'lost' ? { kind: 'used', state: 'executing' } : { kind: 'store', error },
  );
}

async function check(
  token: string,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<ActionCard, ActionRefusal>> {
  const found = await load(token, by, deps);
  if (!found.ok) return found;
  const { row } = found.value;
  const isDue = row.state === 'pending' && deps.clock.now() >= row.expiresAt;
  if (isDue) return ok(makeCard(await expire(found.value, deps), token, deps));
  const now = row.state === 'unknown' ? await settleOne(found.value, deps) : found.value;
  return ok(makeCard(now, token, deps));
}

/** What a venue may have heard of, and what the last look at it refused. */
const AGREED = ['executing', 'done', 'refused', 'unknown'] as const;

async function since(
  at: number,
  { accounts }: Acting,
  { store, hash }: ActionDeps,
): Promise<Result<readonly PastAct[], ActionRefusal>> {
  const rows = await store.since(at, AGREED);
  if (!rows.ok) return err({ kind: 'store', error: rows.error });
  const acts = rows.value.map((row) => {
    const { id, state, updatedAt } = row;
    return { id, state, updatedAt, record: fromBody(row, hash).record };
  });
  const isVisible = ({ account, act }: PastAct['record']['preview']) =>
    [account, ...(act.kind === 'transfer' ? [act.to] : [])].every(
      (id) => accounts?.includes(id) ?? true,
    );
  return ok(acts.filter(({ record }) => isVisible(record.preview)));
}

/** Only of accounts that this person may see: to others the token names nothing. */
async function load(
  token: string,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<Kept, ActionRefusal>> {
  const row = await deps.store.byTokenHash(deps.hash(token));
  if (!row.ok) return err({ kind: 'store', error: row.error });
  const isVisible = row.value !== null && (by.accounts?.includes(row.value.account) ?? true);
  if (row.value === null || !isVisible) return err({ kind: 'unknown-token' });
  return ok({ row: row.value, record: fromBody(row.value, deps.hash).record });
}

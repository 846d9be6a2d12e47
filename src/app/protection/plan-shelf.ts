import type { ProtectionPlan } from '../../actions/protection-plan.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { ActionStore } from '../../ports/action-store.ts';
import type { FactStore } from '../../ports/fact-store.ts';
import type { ActionDeps } from '../actions/action-deps.ts';
import type { Acting } from '../actions/action-desk.ts';
import { fromDecimalJson, toDecimalJson } from '../actions/decimal-json.ts';
import { plainDetail } from '../actions/ledger.ts';
import type { OneAtATime } from '../actions/one-at-a-time.ts';
import type { PlanAsked, PlanCard, PlanDraft, PlanRefusal } from './plan-draft.ts';

export interface PlanShelfDeps
  extends Pick<ActionDeps, 'accounts' | 'tradeAccess' | 'clock' | 'hash' | 'newId' | 'newToken'> {
  readonly facts: Pick<FactStore, 'get' | 'put'>;
  readonly store: Pick<ActionStore, 'note'>;
  /** Of the desk file. */
  readonly written: readonly ProtectionPlan[];
  readonly inTurn: OneAtATime;
}

type Answer<T = PlanCard> = Promise<Result<T, PlanRefusal>>;

/** Plans that people propose and agree to in a chat, beside those of the desk file. */
export interface PlanShelf {
  /** What the store has of them, into memory. */
  load(): Promise<void>;
  /** All that hold now, the desk file's first. */
  plans(): readonly ProtectionPlan[];
  isOurs(token: string): boolean;
  propose(asked: PlanAsked, by: Acting): Answer;
  confirm(token: string, by: Acting): Answer;
  approve(token: string, by: Acting): Answer;
  cancel(token: string, by: Acting): Answer;
  check(token: string, by: Acting): Answer;
  /** Ends one that was agreed to in a chat. One word is enough to make something stop. */
  end(id: string, by: Acting): Answer<ProtectionPlan>;
}

const AGREED = 'plans.agreed';
const PREFIX = 'plan';
const TOKEN_LENGTH = 28;
const TTL_MS = 600_000;
const ID_LENGTH = 5;

export function createPlanShelf(deps: PlanShelfDeps): PlanShelf {
  const { facts, clock, hash, inTurn } = deps;
  let agreed: readonly ProtectionPlan[] = [];
  const nameOf = (token: string) => `plan.draft.${hash(token)}`;
  const note = (what: string, plan: ProtectionPlan, by: Acting) =>
    deps.store.note([
      {
        ...{ at: clock.now(), what, actor: by.person, network: by.network },
        ...{ account: plan.account, action: null, kind: 'plan', state: null },
        detail: plainDetail({ plan }),
      },
    ]);
  const read = async (token: string, by: Acting): Answer<PlanDraft> => {
    const fact = await facts.get(nameOf(token));
    if (!fact.ok) return err({ kind: 'store', error: fact.error });
    const draft = fact.value === null ? null : (fromDecimalJson(fact.value) as PlanDraft);
    const isVisible = draft !== null && (by.accounts?.includes(draft.plan.account) ?? true);
    return isVisible ? ok(draft) : err({ kind: 'unknown-token' });
  };
  const pending = async (token: string, by: Acting): Answer<PlanDraft> => {
    const found = await read(token, by);
    if (!found.ok) return found;
    if (found.value.state === 'agreed' || found.value.state === 'cancelled') {
      return err({ kind: 'used' });
    }
    return clock.now() < found.value.expiresAt ? found : err({ kind: 'expired' });
  };
  const write = async (token: string, draft: PlanDraft, by: Acting): Answer => {
    const noted = await note(`plan.${draft.state}`, draft.plan, by);
    if (!noted.ok) return err({ kind: 'store', error: noted.error });
    const put = await facts.put(nameOf(token), toDecimalJson(draft));
    return put.ok ? ok({ token, draft }) : err({ kind: 'store', error: put.error });
  };
  const keep = async (next: readonly ProtectionPlan[]): Answer<null> => {
    const put = await facts.put(AGREED, toDecimalJson(next));
    if (!put.ok) return err({ kind: 'store', error: put.error });
    agreed = next;
    return ok(null);
  };
  const moved = (draft: PlanDraft, change: Partial<PlanDraft>): PlanDraft => ({
    ...{ ...draft, changedAt: clock.now() },
    ...change,
  });

  const approve = async (token: string, by: Acting): Answer => {
    const found = await pending(token, by);
    if (!found.ok) return found;
    const draft = found.value;
    if (by.person === draft.asker.person) return err({ kind: 'self-approval' });
    if (!by.roles.includes('approver')) return err({ kind: 'not-permitted' });
    if (draft.state !== 'confirmed') return err({ kind: 'not-confirmed' });
    const consent = { proposedBy: draft.asker.person, approvedBy: by.person };
    const plan = { ...draft.plan, agreed: consent };
    const written = await write(token, moved(draft, { plan, state: 'agreed' }), by);
    if (!written.ok) return written;
    const kept = await keep([...agreed, plan]);
    return kept.ok ? written : kept;
  };

  return {
    load: async () => {
      const fact = await facts.get(AGREED);
      if (fact.ok && fact.value !== null) {
        agreed = fromDecimalJson(fact.value) as readonly ProtectionPlan[];
      }
    },
    plans: () => [...deps.written, ...agreed],
    isOurs: (token) => token.startsWith(PREFIX) && token.length === TOKEN_LENGTH,
    propose: async (asked, by) => {
      const refusal = refusalFor(asked, by, deps);
      if (refusal !== null) return err(refusal);
      const plan = { ...asked, id: `chat-${deps.newId().slice(0, ID_LENGTH)}`, agreed: null };
      const { person, roles, accounts } = by;
      const now = clock.now();
      const draft: PlanDraft = {
        ...{ plan, asker: { person, roles, accounts }, state: 'pending' },
        ...{ expiresAt: now + TTL_MS, changedAt: now },
      };
      return write(`${PREFIX}${deps.newToken()}`, draft, by);
    },
    confirm: (token, by) =>
      inTurn(async () => {
        const found = await pending(token, by);
        if (!found.ok) return found;
        if (by.person !== found.value.asker.person) return err({ kind: 'not-yours' });
        if (!by.roles.includes('trader')) return err({ kind: 'not-permitted' });
        return write(token, moved(found.value, { state: 'confirmed' }), by);
      }),
    approve: (token, by) => inTurn(() => approve(token, by)),
    cancel: (token, by) =>
      inTurn(async () => {
        const found = await pending(token, by);
        if (!found.ok) return found;
        const isOwn = by.person === found.value.asker.person;
        if (!isOwn && !by.roles.includes('approver')) return err({ kind: 'not-yours' });
        return write(token, moved(found.value, { state: 'cancelled' }), by);
      }),
    check: async (token, by) => {
      const found = await read(token, by);
      return found.ok ? ok({ token, draft: found.value }) : found;
    },
    end: (id, by) =>
      inTurn(async () => {
        const mayEnd = ['trader', 'approver', 'admin'] as const;
        if (!mayEnd.some((role) => by.roles.includes(role))) return err({ kind: 'not-permitted' });
        const plan = agreed.find((each) => each.id === id);
        if (deps.written.some((each) => each.id === id)) return err({ kind: 'written-in-file' });
        if (!plan || by.accounts?.includes(plan.account) === false) {
          return err({ kind: 'unknown-plan' });
        }
        const kept = await keep(agreed.filter((each) => each !== plan));
        if (!kept.ok) return kept;
        const noted = await note('plan.ended', plan, by);
        return noted.ok ? ok(plan) : err({ kind: 'store', error: noted.error });
      }),
  };
}

function refusalFor(
  { account, act }: PlanAsked,
  by: Acting,
  { accounts, tradeAccess }: PlanShelfDeps,
): PlanRefusal | null {
  if (!by.roles.includes('trader')) return { kind: 'not-permitted' };
  const touched = act.kind === 'add-margin' && act.from !== null ? [account, act.from] : [account];
  if (touched.some((id) => by.accounts?.includes(id) === false)) {
    return { kind: 'account-not-yours' };
  }
  if (touched.some((id) => !tradeAccess.has(id))) return { kind: 'account-read-only' };
  const receiver = accounts.find(({ id }) => id === account);
  const payer = act.kind === 'add-margin' ? act.from : null;
  return payer !== null && !receiver?.fundedBy.includes(payer) ? { kind: 'not-funded' } : null;
}

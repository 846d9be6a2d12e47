import type { Intent } from '../../actions/approve.ts';
import { approve, intentOf } from '../../actions/approve.ts';
import type { ConsentAnswer, ConsentRequest } from '../../actions/consent.ts';
import { isLarge } from '../../actions/consent.ts';
import { parseDecimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import type { StoredAction } from '../../ports/action-store.ts';
import type { StoreError } from '../../ports/store-error.ts';
import { type ActionDeps, CALL_MS } from './action-deps.ts';
import type { Acting, ActionCard, ConsentTo } from './action-desk.ts';
import { type ActionRecord, fromBody } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { execute } from './execute.ts';
import { expire } from './expire.ts';
import { type GroundNow, groundNow, isMoved } from './ground-now.ts';
import { advance, auditNote, type Kept } from './ledger.ts';
import { amountOf, isConfirmedBy, makeCard } from './make-card.ts';
import { accessOf, propose } from './propose.ts';
import { spentToday } from './spent-today.ts';
import { touches } from './touches.ts';

export interface Click {
  readonly verb: 'confirm' | 'approve';
  readonly to: ConsentTo;
  readonly by: Acting;
}

type Decided = Result<ActionCard, ActionRefusal>;

/** A click, from wherever it comes: the person, the limits and the mark as they are at this moment. */
export async function decide(click: Click, deps: ActionDeps): Promise<Decided> {
  const { token } = click.to;
  const found = await loadPending(token, deps);
  if (!found.ok) return found;
  // Who may not is told so before a venue is asked for anything.
  const early = await judge(
    found.value,
    { click, markNow: found.value.record.preview.markPrice },
    deps,
  );
  if (early.kind === 'refused' && early.reason === 'expired') {
    return ok(makeCard(await expire(found.value, deps), token, deps));
  }
  if (early.kind === 'refused') return refuse(found.value, { click, answer: early }, deps);
  const typing = typingRefusal(found.value, click, deps);
  if (typing !== null) return err(typing);
  const ground = await groundNow(found.value.record, deps);
  if (!ground.ok) return ground;
  const step = await deps.inTurn(() => settle(click, ground.value, deps));
  if (!step.ok) return step;
  const { kept, next } = step.value;
  if (next === 'execute') return ok(makeCard(await execute(kept, deps), token, deps));
  if (next === 'wait') return ok(makeCard(kept, token, deps));
  // The asker's preview it stays, whoever has clicked.
  const asker = { ...askerNow(kept, deps), network: click.by.network };
  const anew = await propose(kept.record.request, asker, deps);
  return anew.ok ? ok({ ...anew.value, replaces: 'moved' }) : anew;
}

/** The row behind a token, when people can still decide about it. */
async function loadPending(
  token: string,
  deps: ActionDeps,
): Promise<Result<Kept & { shownHash: string }, ActionRefusal>> {
  const row = await deps.store.byTokenHash(deps.hash(token));
  if (!row.ok) return err({ kind: 'store', error: row.error });
  if (row.value === null) return err({ kind: 'unknown-token' });
  if (row.value.state !== 'pending') return err({ kind: 'used', state: row.value.state });
  return ok({ row: row.value, ...fromBody(row.value, deps.hash) });
}

interface Judged {
  readonly click: Click;
  readonly markNow: GroundNow['markNow'];
}

function requestOf(
  { record, shownHash }: Kept & { readonly shownHash: string },
  { click, markNow }: Judged,
  deps: ActionDeps,
): Omit<ConsentRequest, 'spentToday'> {
  const { preview } = record;
  const asker = askerNow({ record }, deps);
  const isAsker = click.by.person === asker.person;
  return {
    ...{ preview, verb: click.verb, by: click.by, shownHash, markNow },
    // Who clicks is known as of now, also where nobody can be looked up.
    asker: isAsker ? click.by : asker,
    isConfirmed: isConfirmedBy(preview.requestedBy, record),
    access: accessOf(preview, deps),
    limits: deps.settings?.limits ?? null,
    now: deps.clock.now(),
  };
}

/** Platform ids have a colon, which no name of the desk file has: those people's rights are the platform's to tell. */
function askerNow({ record }: Pick<Kept, 'record'>, { personNow }: ActionDeps) {
  const { asker } = record;
  const named = personNow(asker.person);
  if (named !== null) return named;
  return asker.person.includes(':') ? asker : { ...asker, roles: [] };
}

async function judge(
  kept: Kept & { readonly shownHash: string },
  judged: Judged,
  deps: ActionDeps,
) {
  const request = requestOf(kept, judged, deps);
  const { requestedBy: person, account } = kept.record.preview;
  return approve({ ...request, spentToday: await spentToday({ person, account }, deps) });
}

/** A large act's asker types the amount: a thumb that slips does not. */
function typingRefusal(
  { record }: Kept,
  { verb, to }: Click,
  { settings }: ActionDeps,
): ActionRefusal | null {
  const amount = amountOf(record.preview.act);
  const isTyped = verb === 'confirm' && isLarge(record.preview, settings?.limits ?? null);
  if (!isTyped || amount === null) return null;
  const typed = to.typed === null ? null : parseDecimal(to.typed.normalize('NFKC'));
  return typed?.eq(amount) ? null : { kind: 'type-amount', amount, typed: to.typed };
}

interface Settled {
  readonly kept: Kept;
  readonly next: 'execute' | 'wait' | 'ask-again';
}

/** Alone among all clicks of the process: the row is read again, judged, and moved before anybody else looks. */
async function settle(
  click: Click,
  ground: GroundNow,
  deps: ActionDeps,
): Promise<Result<Settled, ActionRefusal>> {
  const found = await loadPending(click.to.token, deps);
  if (!found.ok) return found;
  const kept = found.value;
  const answer = await judge(kept, { click, markNow: ground.markNow }, deps);
  if (answer.kind === 'refused') return refuse(kept, { click, answer }, deps);
  if (answer.kind === 'new-preview' || isMoved(kept.record, ground)) {
    const note = { what: 'moved', actor: click.by, detail: { markNow: ground.markNow } };
    const end = { kind: 'ruled-out', reason: 'moved' } as const;
    const step = await advance(kept, { event: 'cancel', change: { end }, note }, deps);
    return step.ok ? ok({ kept: step.value, next: 'ask-again' }) : lost(step.error);
  }
  const { person, network } = click.by;
  const consents = [
    ...kept.record.consents,
    { person, network, verb: click.verb, at: deps.clock.now() },
  ];
  const note = {
    what: 'consent',
    actor: click.by,
    detail: { verb: click.verb, hash: kept.shownHash },
  };
  if (answer.kind === 'needs-approver') {
    if (isConfirmedBy(person, kept.record)) return err({ kind: 'waits-for-approver' });
    const step = await advance(kept, { event: null, change: { consents }, note }, deps);
    return step.ok ? ok({ kept: step.value, next: 'wait' }) : lost(step.error);
  }
  if (await isBusy(kept, ground, deps)) return err({ kind: 'busy' });
  const agreed = await advance(kept, { event: 'approve', change: { consents }, note }, deps);
  if (!agreed.ok) return lost(agreed.error);
  return begin(agreed.value, { intent: intentOf(answer.approved, kept.row.id), ground }, deps);
}

/** The intent, and what stands now, are on disk before any venue hears of it. */
async function begin(
  kept: Kept,
  { intent, ground }: { readonly intent: Intent; readonly ground: GroundNow },
  deps: ActionDeps,
): Promise<Result<Settled, ActionRefusal>> {
  const { shown: before } = ground;
  const change = { before, sentAt: deps.clock.now() };
  const note = { what: 'intent', actor: null, detail: { intent, before } };
  const step = await advance(kept, { event: 'execute', change, note }, deps);
  return step.ok ? ok({ kept: step.value, next: 'execute' }) : lost(step.error);
}

/** Something on the same ground is under way or unknown, or has ended since the ground was read. */
async function isBusy(kept: Kept, { readAt }: GroundNow, deps: ActionDeps): Promise<boolean> {
  const from = readAt - (deps.settings?.previewTtlMs ?? 0) - 2 * CALL_MS;
  const [open, ended] = await Promise.all([
    deps.store.inStates(['approved', 'executing', 'unknown']),
    deps.store.since(from, ['done', 'refused']),
  ]);
  // A store that cannot be read is no proof that nothing is under way.
  if (!open.ok || !ended.ok) return true;
  const mine = touches(kept.record);
  const late = ended.value.filter(({ updatedAt }) => updatedAt >= readAt);
  return [...open.value, ...late].some((row) => {
    const { record } = fromBody(row, deps.hash);
    if (record.sentAt === null || isBeyondTelling(row, record)) return false;
    return touches(record).some((each) => mine.includes(each));
  });
}

/**
 * Waiting will not tell what became of it, so it keeps nobody from acting; half-done stops least of all:
 * setting them again is how they are repaired.
 */
function isBeyondTelling({ state, kind }: StoredAction, { because, end }: ActionRecord): boolean {
  if (state !== 'unknown') return false;
  if (because === 'something-else' || because === 'contradicts') return true;
  return kind === 'set-stops' && (because === 'half-done' || end?.kind === 'partly');
}

function lost(error: StoreError | { readonly kind: 'lost' }): Result<never, ActionRefusal> {
  return err(
    error.kind === 'lost' ? { kind: 'used', state: 'executing' } : { kind: 'store', error },
  );
}

async function refuse(
  kept: Kept,
  {
    click,
    answer,
  }: { readonly click: Click; readonly answer: Extract<ConsentAnswer, { kind: 'refused' }> },
  deps: ActionDeps,
): Promise<Result<never, ActionRefusal>> {
  const { reason } = answer;
  const note = { what: 'refused', actor: click.by, detail: { verb: click.verb, reason } };
  await deps.store.note([auditNote(kept.row, note, deps.clock.now())]);
  return err({ kind: 'consent', reason });
}

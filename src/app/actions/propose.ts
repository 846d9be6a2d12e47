import type { ConsentRefusal } from '../../actions/consent.ts';
import { consent } from '../../actions/consent.ts';
import type { Preview } from '../../actions/preview.ts';
import { previewPosition } from '../../actions/preview-position.ts';
import { previewTransfer } from '../../actions/preview-transfer.ts';
import { ZERO } from '../../domain/decimal.ts';
import { money } from '../../domain/money.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { asUsd } from '../../domain/units.ts';
import { venueError } from '../../domain/venue-error.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { ActionDeps } from './action-deps.ts';
import type { Acting, ActionCard } from './action-desk.ts';
import type { ActionRecord, ActionRequest } from './action-record.ts';
import type { ActionRefusal } from './action-refusal.ts';
import { offeredOnLeg, wayBetween } from './capability.ts';
import { findPosition, visibleTo } from './find-position.ts';
import { open, plainDetail, previewDetail } from './ledger.ts';
import { freshLeg } from './look-at-leg.ts';
import { freshWallets } from './look-at-wallets.ts';
import { makeCard } from './make-card.ts';

type Drafted = Pick<ActionRecord, 'preview' | 'position' | 'handle' | 'seen'>;

/** What it would do, from fresh figures, under a token that only the asker is told. */
export async function propose(
  request: ActionRequest,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<ActionCard, ActionRefusal>> {
  const barred = barredFrom(by, deps);
  if (barred !== null) return refuse(request, by, { kind: 'consent', reason: barred }, deps);
  await deps.marketReady();
  const drafted =
    request.kind === 'position'
      ? await draftOnLeg(request, by, deps)
      : await draftTransfer(request, by, deps);
  if (!drafted.ok) return refuse(request, by, drafted.error, deps);
  const reason = hopeless(drafted.value.preview, by, deps);
  if (reason !== null) return refuse(request, by, { kind: 'consent', reason }, deps);
  const [id, token] = [deps.newId(), deps.newToken()];
  const { person, roles, accounts } = by;
  const record: ActionRecord = {
    ...{ request, ...drafted.value, asker: { person, roles, accounts }, consents: [] },
    ...{ before: null, sentAt: null, end: null, because: null, shown: null, after: null },
  };
  const opened = await open(
    { id, tokenHash: deps.hash(token), record },
    [
      { what: 'request', actor: by, detail: { request } },
      { what: 'preview', actor: null, detail: previewDetail(record.preview) },
    ],
    deps,
  );
  if (!opened.ok) return err({ kind: 'store', error: opened.error });
  return ok(makeCard(opened.value, token, deps));
}

/** Before any venue is asked: who may not act here at all. */
function barredFrom(by: Acting, { settings }: ActionDeps): ConsentRefusal | null {
  if (!by.roles.includes('trader')) return 'not-permitted';
  return settings === null ? 'not-configured' : null;
}

/** A preview that this asker could never confirm is not shown: what refuses it now is said now. */
function hopeless(preview: Preview, by: Acting, deps: ActionDeps): ConsentRefusal | null {
  const nothing = asUsd(ZERO);
  const answer = consent({
    ...{ preview, verb: 'confirm', by, asker: by, shownHash: preview.hash, isConfirmed: false },
    access: accessOf(preview, deps),
    limits: deps.settings?.limits ?? null,
    // Today's sum is looked at when it counts: at the click.
    spentToday: { byPerson: nothing, byAccount: nothing },
    markNow: preview.markPrice,
    now: deps.clock.now(),
  });
  return answer.kind === 'refused' ? answer.reason : null;
}

export function accessOf(
  { account, act }: Preview,
  { accounts, tradeAccess }: Pick<ActionDeps, 'accounts' | 'tradeAccess'>,
): ('read' | 'trade' | null)[] {
  const touched = act.kind === 'transfer' ? [account, act.to] : [account];
  return touched.map((id) => {
    if (!accounts.some((each) => each.id === id)) return null;
    return tradeAccess.has(id) ? 'trade' : 'read';
  });
}

async function draftOnLeg(
  request: Extract<ActionRequest, { kind: 'position' }>,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<Drafted, ActionRefusal>> {
  const narrow = visibleTo.bind(null, by.accounts);
  const whole = narrow(await deps.desk.snapshot());
  const found = findPosition(request.handle, whole);
  if (!found.ok) return notRead(whole) ?? found;
  const { account } = found.value.account;
  if (!deps.tradeAccess.has(account.id))
    return err({ kind: 'consent', reason: 'account-read-only' });
  const writer = offeredOnLeg(request.ask, account, deps);
  if (!writer.ok) return writer;
  const look = await freshLeg({ found: found.value, writer: writer.value }, narrow, deps);
  if (!look.ok) return look;
  const { scene, seen, found: now } = look.value;
  const preview = previewPosition({ requestedBy: by.person, ask: request.ask }, scene);
  const { position, handle } = { position: scene.subject.position, handle: now.handle };
  if (preview.ok) return ok({ preview: preview.value, position, handle, seen });
  if (preview.error !== 'cross-margin') return err({ kind: 'amount', reason: preview.error });
  const funders = account.fundedBy.filter(
    (id) => deps.tradeAccess.has(id) && deps.writers.get(id)?.transfer?.reaches(account.id),
  );
  const { settle } = position.instrument;
  return err({ kind: 'cross-margin', handle, account: account.id, settle, funders });
}

/** An account whose positions nobody has read yet may have the one that was meant. */
function notRead({ accounts }: Snapshot): Result<never, ActionRefusal> | null {
  const missing = accounts.find(({ positionsAt }) => positionsAt === null);
  if (missing === undefined) return null;
  const gap = missing.gaps[0];
  const error = gap ? venueError(gap.kind, gap.detail) : null;
  return err({ kind: 'not-read', account: missing.account.id, error });
}

async function draftTransfer(
  request: Extract<ActionRequest, { kind: 'transfer' }>,
  by: Acting,
  deps: ActionDeps,
): Promise<Result<Drafted, ActionRefusal>> {
  const way = wayBetween(request, by, deps);
  if (!way.ok) return way;
  const look = await freshWallets(way.value, deps);
  if (!look.ok) return look;
  const { scene, seen } = look.value;
  const amount = money(request.amount, request.currency);
  const preview = previewTransfer({ requestedBy: by.person, amount }, scene);
  if (!preview.ok) return err({ kind: 'amount', reason: preview.error });
  return ok({ preview: preview.value, position: null, handle: null, seen });
}

/** What was asked and refused is on record as well; that it cannot be recorded changes no refusal. */
async function refuse(
  request: ActionRequest,
  { person, network }: Acting,
  refusal: ActionRefusal,
  { store, clock }: ActionDeps,
): Promise<Result<never, ActionRefusal>> {
  const at = clock.now();
  const kind = request.kind === 'position' ? request.ask.kind : 'transfer';
  const account = 'account' in refusal ? refusal.account : null;
  const said = {
    what: 'refused',
    actor: person,
    network,
    account,
    action: null,
    kind,
    state: null,
  };
  await store.note([{ at, ...said, detail: plainDetail({ request, refusal }) }]);
  return err(refusal);
}

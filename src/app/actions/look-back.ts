import type { Act } from '../../actions/act.ts';
import type { Figures } from '../../actions/figures.ts';
import { closedFigures, figuresIn } from '../../actions/preview-position.ts';
import { partyFigures } from '../../actions/preview-transfer.ts';
import type { Evidence, ReadBack, Reconciled } from '../../actions/reconcile.ts';
import { reconcile } from '../../actions/reconcile.ts';
import { type Decimal, dec, ZERO } from '../../domain/decimal.ts';
import { err } from '../../domain/result.ts';
import { venueError } from '../../domain/venue-error.ts';
import { type ActionDeps, LOOK_MS } from './action-deps.ts';
import type { ActionRecord } from './action-record.ts';
import { groundNow } from './ground-now.ts';
import type { Kept } from './ledger.ts';
import { freshLeg } from './look-at-leg.ts';
import { freshWallets } from './look-at-wallets.ts';
import { withDeadline } from './with-deadline.ts';

export interface LookedBack {
  readonly verdict: Reconciled;
  /** Null: not read. */
  readonly shown: ReadBack | null;
  /** The figures as they are now; null: not read. */
  readonly after: Figures | null;
}

/** So long after the call, what a venue accepted would be visible. */
const SETTLED_MS = 30_000;
/** And so long after it, an order that the venue cannot name was never there. */
const OLD_MS = 600_000;
/** Funding and fees may move a balance by so much of the act meanwhile. */
const SLACK = dec('0.02');

const NOTHING: ReadBack = {
  ...{ contracts: null, collateral: null, stops: null },
  ...{ payerWallet: null, receiverWallet: null },
};

/** What the venue shows of an act that was sent, and what that means. Changes nothing, sends nothing again. */
export async function lookBack(kept: Kept, deps: ActionDeps): Promise<LookedBack> {
  const { record } = kept;
  const isAccepted = record.end === null;
  const [ground, byClientRef] = await Promise.all([
    groundNow(record, deps),
    isAccepted ? ('not-offered' as const) : trace(kept, deps),
  ]);
  const shown = ground.ok ? ground.value.shown : null;
  const { act } = record.preview;
  const age = deps.clock.now() - (record.sentAt ?? deps.clock.now());
  const verdict = reconcile({
    ...{ act, before: record.before ?? NOTHING, observed: shown ?? NOTHING, byClientRef },
    isSettled: age >= SETTLED_MS,
    isOld: age >= OLD_MS,
    marginOnReduce: deps.writers.get(kept.row.account)?.marginOnReduce ?? 'kept',
    tolerance: toleranceOf(act),
  });
  return { verdict, shown, after: shown && (await figuresAfter(record, deps)) };
}

function toleranceOf(act: Act): Decimal {
  return 'amount' in act ? act.amount.amount.times(SLACK) : ZERO;
}

async function trace(
  { row, record }: Kept,
  { writers, clock }: ActionDeps,
): Promise<Evidence['byClientRef']> {
  const writer = writers.get(row.account);
  if (!writer) return 'not-read';
  const act = { kind: record.preview.act.kind, clientRef: row.id, sentAt: record.sentAt ?? 0 };
  const traced = await withDeadline((signal) => writer.trace(act, record.position, signal), {
    ...{ clock, ms: LOOK_MS },
    late: () => err(venueError('unavailable', { code: 'timeout', ms: LOOK_MS })),
  });
  return traced.ok ? traced.value : 'not-read';
}

/** Observed, not reckoned: from a reading of the account made after the act. */
async function figuresAfter(
  { preview, position, handle }: ActionRecord,
  deps: ActionDeps,
): Promise<Figures | null> {
  const writer = deps.writers.get(preview.account);
  if (!writer) return null;
  if (preview.act.kind === 'transfer') {
    const to = deps.writers.get(preview.act.to);
    if (!to) return null;
    const way = { from: writer, to, currency: preview.act.amount.currency };
    const look = await freshWallets(way, deps);
    return look.ok ? partyFigures(look.value.scene.from) : null;
  }
  const account = deps.desk
    .lastKnown()
    .accounts.find((each) => each.account.id === preview.account);
  if (position === null || handle === null || !account) return null;
  // The preview knew the probability: what has become of it is worth the same moment.
  await deps.marketReady();
  const look = await freshLeg({ found: { handle, position, account }, writer }, (all) => all, deps);
  if (look.ok) return figuresIn(look.value.scene);
  return look.error.kind === 'changing' && (await isGone(position, preview.account, deps))
    ? closedFigures(position)
    : null;
}

async function isGone(
  position: NonNullable<ActionRecord['position']>,
  id: string,
  { desk }: ActionDeps,
) {
  await desk.refresh(id);
  const account = desk.lastKnown().accounts.find((each) => each.account.id === id);
  if (account?.status !== 'ok') return false;
  return !account.positions.some(
    ({ instrument, side }) => instrument.id === position.instrument.id && side === position.side,
  );
}

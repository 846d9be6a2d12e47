import type { Act } from '../../actions/act.ts';
import { unreachable } from '../../domain/result.ts';
import { venueError } from '../../domain/venue-error.ts';
import type { AccountWriter, WriteOutcome } from '../../ports/venue-writer.ts';
import { type ActionDeps, CALL_MS } from './action-deps.ts';
import type { ActionEnd, ActionRecord } from './action-record.ts';
import { advance, type Kept, type Step } from './ledger.ts';
import { type LookedBack, lookBack } from './look-back.ts';
import { withDeadline } from './with-deadline.ts';

/** What a venue has accepted shows within moments; these are the looks at it, after so many ms each. */
const LOOKS_MS = [0, 300, 1200] as const;

/**
 * Calls the venue, once, and says what it shows afterwards. The intent is on disk; whatever goes wrong
 * from here on, nothing is ever sent again. Null: there is nobody to send it.
 */
export async function execute(kept: Kept, deps: ActionDeps): Promise<Kept> {
  if (await isHeld(kept, deps)) {
    const held = { kind: 'ruled-out', reason: 'stopped' } as const;
    const step = await advance(kept, ended('refuse', { end: held }, kept), deps);
    return step.ok ? step.value : kept;
  }
  const writer = deps.writers.get(kept.row.account);
  const outcome: WriteOutcome = writer
    ? await withDeadline((signal) => call(kept, writer, signal), {
        ...{ clock: deps.clock, ms: CALL_MS },
        late: () => ({
          kind: 'unknown',
          error: venueError('unavailable', { code: 'timeout', ms: CALL_MS }),
        }),
      })
    : { kind: 'refused', reason: 'not-offered', venueCode: null };
  const step = await stepFor(outcome, kept, deps);
  const done = await advance(kept, step, deps);
  // Not recorded is not known: the next start finds it executing, and looks.
  if (!done.ok) deps.log.error('the outcome of an action is not recorded', { action: kept.row.id });
  return done.ok ? done.value : { ...kept, row: { ...kept.row, state: 'unknown' } };
}

/** The last look before the venue hears of it: what a plan began goes no further once it is stopped. */
async function isHeld({ row }: Kept, { isStopped }: ActionDeps): Promise<boolean> {
  return row.requestedBy.startsWith('plan:') && (await isStopped?.()) === true;
}

function call(
  { row, record }: Kept,
  writer: AccountWriter,
  signal: AbortSignal,
): Promise<WriteOutcome> {
  const { act } = record.preview;
  const clientRef = row.id;
  if (act.kind === 'transfer') {
    const order = { to: act.to, amount: act.amount, clientRef };
    return writer.transfer?.transfer(order, signal) ?? notOffered();
  }
  return onLeg(act, { record, writer, clientRef }, signal) ?? notOffered();
}

function onLeg(
  act: Exclude<Act, { kind: 'transfer' }>,
  of: { readonly record: ActionRecord; readonly writer: AccountWriter; readonly clientRef: string },
  signal: AbortSignal,
): Promise<WriteOutcome> | undefined {
  const { record, writer, clientRef } = of;
  const { position, before } = record;
  if (position === null) return undefined;
  switch (act.kind) {
    case 'add-margin':
    case 'remove-margin': {
      const direction = act.kind === 'add-margin' ? 'add' : 'remove';
      return writer.margin?.change({ position, clientRef, direction, amount: act.amount }, signal);
    }
    case 'set-stops': {
      const current = before?.stops ?? null;
      if (current === null) return undefined;
      return writer.stops?.set({ position, clientRef, stops: act.stops, current }, signal);
    }
    case 'reduce':
      return writer.reduce?.reduce({ position, clientRef, contracts: act.contracts }, signal);
    default:
      return unreachable(act);
  }
}

function notOffered(): Promise<WriteOutcome> {
  return Promise.resolve({ kind: 'refused', reason: 'not-offered', venueCode: null });
}

async function stepFor(outcome: WriteOutcome, kept: Kept, deps: ActionDeps): Promise<Step> {
  if (outcome.kind === 'refused') return ended('refuse', { end: outcome }, kept);
  if (outcome.kind !== 'accepted') {
    const { shown, after } = await lookBack(kept, deps);
    return ended('lose', { end: outcome, shown, after }, kept);
  }
  const looked = await lookUntilShown(kept, deps);
  const { shown, after, verdict } = looked;
  const isShown = verdict.kind === 'done';
  const end: ActionEnd = { kind: 'accepted', isShown };
  // The venue said yes and shows the old state: nothing is claimed that it does not show.
  const isAbsent =
    verdict.kind === 'refused' ||
    (verdict.kind === 'still-unknown' && ['too-early', 'half-done'].includes(verdict.because));
  const because = verdict.kind === 'still-unknown' ? verdict.because : null;
  return ended(isAbsent ? 'lose' : 'succeed', { end, shown, after, because }, kept);
}

async function lookUntilShown(kept: Kept, deps: ActionDeps): Promise<LookedBack> {
  let looked: LookedBack | null = null;
  for (const pause of LOOKS_MS) {
    await deps.clock.after(pause);
    looked = await lookBack(kept, deps);
    if (looked.verdict.kind === 'done') break;
  }
  return looked ?? lookBack(kept, deps);
}

function ended(event: Step['event'], change: Partial<ActionRecord>, { record }: Kept): Step {
  const { end = null, shown = null } = change;
  const detail = { end, before: record.before, shown };
  return { event, change, note: { what: 'outcome', actor: null, detail } };
}

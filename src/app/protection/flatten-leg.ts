import { ONE } from '../../domain/decimal.ts';
import { faultTrace } from '../../domain/fault-trace.ts';
import type { Position } from '../../domain/position.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { ActionCard, ActionDesk } from '../actions/action-desk.ts';
import { samePosition } from '../actions/find-position.ts';
import type { Desk } from '../desk.ts';
import { clearOrphans, type OrphanDeps } from './clear-orphans.ts';
import { type FlattenLeg, isLegOf, type LegReport, type NotFlat } from './flatten-record.ts';

export interface FlattenLegDeps extends OrphanDeps {
  /** Without caps: two people agreed to all of it. */
  readonly ladder: Pick<ActionDesk, 'propose' | 'confirm' | 'check'>;
  readonly desk: Pick<Desk, 'refresh' | 'lastKnown'>;
  readonly tradeAccess: ReadonlySet<string>;
  readonly clock: Clock;
  readonly log: Log;
  /** Epoch ms from which on nothing new is sent. */
  readonly until: number;
}

const PAUSE_MS = 500;
/** A venue that says no so often will not say yes. */
const MOST_REFUSALS = 3;
/** More closes than this on one leg is something that nobody has thought of. */
const MOST_CLOSES = 12;

interface Run {
  position: Position | null;
  closes: number;
  refusals: number;
  why: NotFlat;
  reason: string | null;
}

/**
 * Closes a leg, reduce-only, until its venue shows that nothing is left. Each close is for what the venue
 * shows at that moment, and none is sent while nobody knows what became of the one before: the ladder
 * refuses two acts on one ground. Never rejects: what breaks on one leg leaves no other open.
 */
export async function flattenLeg(leg: FlattenLeg, deps: FlattenLegDeps): Promise<LegReport> {
  const run: Run = { position: null, closes: 0, refusals: 0, why: 'open', reason: null };
  if (!deps.tradeAccess.has(leg.account)) return report(leg, { ...run, why: 'read-only' });
  if (!deps.writers.get(leg.account)?.reduce) return report(leg, { ...run, why: 'not-offered' });
  try {
    return await closeUntilFlat(leg, run, deps);
  } catch (cause) {
    deps.log.error('a leg cannot be flattened', { leg: leg.handle, error: faultTrace(cause) });
    return report(leg, { ...run, why: 'failed' });
  }
}

async function closeUntilFlat(leg: FlattenLeg, run: Run, deps: FlattenLegDeps): Promise<LegReport> {
  while (deps.clock.now() < deps.until && run.closes < MOST_CLOSES) {
    await deps.desk.refresh(leg.account);
    const seen = look(leg, deps.desk.lastKnown());
    if (seen.kind === 'flat') {
      const orphans = run.position === null ? 'none' : await clearOrphans(run.position, deps);
      return { ...report(leg, run), isFlat: true, why: null, left: '0', orphans };
    }
    if (seen.kind === 'open') {
      run.position = seen.position;
      await closeOnce(seen.handle, run, deps);
      if (run.refusals >= MOST_REFUSALS) break;
    } else {
      run.why = 'not-read';
    }
    await deps.clock.after(PAUSE_MS);
  }
  return report(leg, run);
}

type Seen =
  | { readonly kind: 'flat' | 'not-read' }
  | { readonly kind: 'open'; readonly position: Position; readonly handle: string };

/** Flat only on a good reading that does not show it. */
function look(leg: FlattenLeg, snapshot: Snapshot): Seen {
  const account = snapshot.accounts.find((each) => each.account.id === leg.account);
  const position = account?.positions.find((each) => isLegOf(leg, each));
  if (position !== undefined) {
    const found = samePosition(position, snapshot);
    return { kind: 'open', position, handle: found?.handle ?? leg.handle };
  }
  return { kind: account?.status === 'ok' ? 'flat' : 'not-read' };
}

async function closeOnce(handle: string, run: Run, deps: FlattenLegDeps): Promise<void> {
  const ask = { kind: 'reduce', ask: { kind: 'share', share: ONE } } as const;
  const made = await deps.ladder.propose({ kind: 'position', handle, ask });
  if (!made.ok) {
    run.why = made.error.kind === 'not-read' ? 'not-read' : 'open';
    run.reason = 'reason' in made.error ? made.error.reason : made.error.kind;
    run.refusals += made.error.kind === 'consent' || made.error.kind === 'not-offered' ? 1 : 0;
    return;
  }
  const { token } = made.value;
  const done = await deps.ladder.confirm({ token, typed: null });
  if (!done.ok) {
    // Busy: an act on this leg is under way, or unknown. It is waited for, never overtaken.
    run.why = done.error.kind === 'busy' ? 'unknown' : 'open';
    run.reason = done.error.kind;
    return;
  }
  if (done.value.state !== 'pending') take(await untilKnown(done.value, deps), run);
}

function take({ state, record }: ActionCard, run: Run): void {
  if (record.sentAt !== null) run.closes += 1;
  const { end } = record;
  run.reason = end?.kind === 'refused' ? end.reason : null;
  if (state === 'unknown' || state === 'executing') run.why = 'unknown';
  else run.why = state === 'refused' ? 'refused' : 'open';
  run.refusals = end?.kind === 'refused' ? run.refusals + 1 : 0;
}

/** An unknown close is looked up at the venue until it is known, or the time is up. */
async function untilKnown(card: ActionCard, deps: FlattenLegDeps): Promise<ActionCard> {
  let now = card;
  while (now.state === 'unknown' && !isBeyondTelling(now) && deps.clock.now() < deps.until) {
    await deps.clock.after(PAUSE_MS);
    const checked = await deps.ladder.check(card.token);
    if (checked.ok) now = checked.value;
  }
  return now;
}

/** It was read back, and waiting longer tells nothing more: the next close is for what the venue shows. */
function isBeyondTelling({ record }: ActionCard): boolean {
  return record.because === 'something-else' || record.because === 'contradicts';
}

function report(leg: FlattenLeg, { position, why, reason, closes }: Run): LegReport {
  const left = position?.quantity?.toString() ?? null;
  return { leg, isFlat: false, why, reason, closes, left, orphans: 'not-known' };
}

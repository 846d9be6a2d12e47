import type { IntentReason, Level } from './alert.ts';
import { MINUTE, SECOND } from './delivery-rules.ts';
import type { DestinationState, Digest } from './destination-state.ts';
import type { Draft } from './draft.ts';
import { enqueue, queueEdit, sendLoud, tell, waitingRow } from './enqueue.ts';
import { type CatchUp, firingMembers, type Incident } from './incident.ts';
import { settleParcels } from './keep-parcel.ts';
import { isAtLeast, worstLevel } from './level.ts';
import { openIncident } from './open-incident.ts';
import type { Parcel } from './parcel.ts';
import { ruleOf } from './route-intent.ts';

/** Between two loud messages of a digest, and when a minute was loud already. */
const LOUD_GAP_MS = 15 * SECOND;
const LOUD_GAP_BUSY_MS = 30 * SECOND;
const MOST_LOUD = 8;
const EDIT_GAP_MS = 5 * SECOND;
/** After four edits in a minute: everything is still visible within ten seconds, with eight a minute. */
const EDIT_GAP_BUSY_MS = 10 * SECOND;
const QUIET_MS = 120 * SECOND;
/** Loud messages a minute before further incidents share one. */
const MOST_ALONE = 4;

/** Too much for single messages: the next one would have to wait for longer than ten seconds. */
export function isBusy(state: DestinationState, now: number): boolean {
  return recent(state, now).filter(({ kind }) => kind === 'loud').length >= MOST_ALONE;
}

/** Opens the one message that speaks for everything here, said aloud. */
export function openDigest(draft: Draft, destination: string, parcels: readonly Parcel[]): void {
  const { now } = draft;
  const level = worstLevel(parcels.map(({ intent }) => intent.level)) ?? 'INFO';
  const first = openIncident(draft, { key: `digest ${destination}`, kind: 'digest', level });
  const digest: Digest = {
    incident: first.id,
    lastFiringAt: now,
    lastLoudAt: now,
    lastEditAt: now,
    isDirty: false,
    waiting: [],
  };
  draft.destination.put({
    ...draft.destinationOf(destination),
    windows: {},
    held: null,
    digest,
  });
  for (const parcel of parcels) absorb(draft, destination, parcel);
  const state = draft.destinationOf(destination);
  draft.destination.put({ ...state, digest: { ...digest, isDirty: false, waiting: [] } });
  const reason: IntentReason = parcels.every(({ intent }) => intent.offlineMs !== null)
    ? 'CATCH_UP'
    : (parcels[0]?.intent.reason ?? 'FIRST');
  sendLoud(draft, { incident: first.id, destination, reason, level, parcels: [] });
}

/** The open digest takes it in: visible with its next edit, aloud if it is newly critical. */
export function absorb(draft: Draft, destination: string, parcel: Parcel): void {
  const state = draft.destinationOf(destination);
  const { digest } = state;
  const incident = draft.incident.get(parcel.incident);
  const whole = digest && draft.incident.get(digest.incident);
  if (!digest || !whole || !incident) return;
  const { intent } = parcel;
  const isNew = isAtLeast(intent.level, 'CRIT') && !digest.waiting.includes(incident.id);
  draft.incident.put({
    ...whole,
    covers: whole.covers.includes(incident.id) ? whole.covers : [...whole.covers, incident.id],
    level: worstLevel([whole.level, intent.level]) ?? whole.level,
    peak: worstLevel([whole.peak, intent.level]) ?? whole.peak,
    version: whole.version + 1,
    catchUp: caughtUp(whole.catchUp, parcel),
  });
  draft.destination.put({
    ...state,
    digest: {
      ...digest,
      isDirty: true,
      lastFiringAt: draft.now,
      waiting: isNew ? [...digest.waiting, incident.id] : digest.waiting,
    },
  });
  const before = incident.told[destination];
  const stands = before !== undefined && before.messageId !== null;
  tell(draft, incident.id, destination, {
    level: intent.level,
    digest: stands ? before.digest : whole.id,
  });
  settleParcels(draft, [parcel.id], { outcome: 'absorbed', ref: whole.id });
}

/** What an open digest does by itself: speak up, show, end. */
export function tickDigest(draft: Draft, destination: string): void {
  const state = draft.destinationOf(destination);
  const { digest } = state;
  const incident = digest && draft.incident.get(digest.incident);
  if (!digest || !incident) return;
  const { now } = draft;
  const put = (change: Partial<Digest>) =>
    draft.destination.put({ ...state, digest: { ...digest, ...change } });
  const calls = recent(state, now);
  const louds = calls.filter(({ kind }) => kind === 'loud' || kind === 'emerg').length;
  const loudGap = louds >= MOST_LOUD ? LOUD_GAP_BUSY_MS : LOUD_GAP_MS;
  if (digest.waiting.length > 0 && now - digest.lastLoudAt >= loudGap) {
    put({ waiting: [], isDirty: false, lastLoudAt: now, lastEditAt: now });
    const level = levelOf(draft, digest.waiting) ?? 'CRIT';
    sendLoud(draft, {
      ...{ incident: incident.id, destination, level, parcels: [] },
      reason: 'LEVEL_UP',
      lane: 'CRIT',
    });
    return;
  }
  const edits = calls.filter(({ kind }) => kind === 'edit').length;
  if (digest.isDirty && now - digest.lastEditAt >= editGap(draft, destination, edits)) {
    put({ isDirty: false, lastEditAt: now });
    show(draft, incident, destination);
    return;
  }
  if (now - digest.lastFiringAt >= QUIET_MS && digest.waiting.length === 0 && !digest.isDirty) {
    draft.destination.put({ ...state, digest: null });
  }
}

function editGap(draft: Draft, destination: string, edits: number): number {
  if (ruleOf(destination, draft.settings)?.canEdit !== true) return LOUD_GAP_MS;
  return edits >= 4 ? EDIT_GAP_BUSY_MS : EDIT_GAP_MS;
}

/** Where nothing can be edited a digest goes on in silent messages. */
function show(draft: Draft, incident: Incident, destination: string): void {
  if (ruleOf(destination, draft.settings)?.canEdit === true) {
    queueEdit(draft, { incident, destination, reason: 'FIRST' }, []);
    return;
  }
  if (waitingRow(draft, incident.id, destination)) return;
  enqueue(draft, {
    ...{ incident: incident.id, destination, reason: 'FIRST', level: incident.level, parcels: [] },
    op: 'send',
    lane: 'WARN',
    isSilent: true,
  });
}

/** A digest is over when all that it speaks for is. */
export function closeDigests(draft: Draft): void {
  for (const digest of draft.incident.values()) {
    if (digest.kind !== 'digest' || digest.closed !== null) continue;
    const isOpen = digest.covers.some((id) => draft.incident.get(id)?.closed === null);
    if (isOpen) continue;
    draft.incident.put({ ...digest, closed: draft.now, version: digest.version + 1 });
    for (const destination of Object.keys(digest.told)) {
      const closed = draft.incident.get(digest.id);
      if (closed) queueEdit(draft, { incident: closed, destination, reason: 'RESOLVED' }, []);
    }
  }
}

/** What went out within the last minute. */
export function recent({ calls }: DestinationState, now: number): DestinationState['calls'] {
  return calls.filter(({ at }) => now - at < MINUTE);
}

function levelOf(draft: Draft, incidents: readonly string[]): Level | null {
  return worstLevel(
    incidents.flatMap((id) => {
      const incident = draft.incident.get(id);
      return incident ? firingMembers(incident).map(({ level }) => level) : [];
    }),
  );
}

function caughtUp(before: CatchUp | null, { intent }: Parcel): CatchUp | null {
  if (intent.offlineMs === null) return before;
  const known = before ?? { offlineMs: intent.offlineMs, fresh: 0, worse: 0, resolved: 0 };
  const isWorse = intent.reason === 'LEVEL_UP';
  return {
    ...known,
    fresh: known.fresh + (isWorse ? 0 : 1),
    worse: known.worse + (isWorse ? 1 : 0),
  };
}

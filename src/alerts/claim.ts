import { raise, reroute } from './broken-place.ts';
import { MINUTE, SECOND } from './delivery-rules.ts';
import type { CallKind, DestinationState } from './destination-state.ts';
import type { Draft } from './draft.ts';
import { firingMembers, type Incident } from './incident.ts';
import { settleParcels } from './keep-parcel.ts';
import { isAtLeast } from './level.ts';
import { LANES, type OutboxRow } from './outbox-row.ts';
import type { Parcel } from './parcel.ts';
import { ruleOf } from './route-intent.ts';
import { absorb, openDigest, recent } from './storm.ts';
import { suppressionOf } from './suppression.ts';

/** One message to draw and send now. */
export interface SendOrder {
  readonly row: OutboxRow;
  readonly claim: string;
  readonly incident: Incident;
  /** Of a digest: what it speaks for. */
  readonly covered: readonly Incident[];
  /** Named along by an emergency. */
  readonly carried: readonly Incident[];
  /** The message to change; null: a new one. */
  readonly edits: string | null;
  readonly repliesTo: string | null;
  /** Older than two minutes when it goes out. */
  readonly lateMs: number | null;
  /** Nobody knows whether it arrived before, and the platform cannot tell. */
  readonly isPossibleRepeat: boolean;
  /** Where the group moved to; null: as configured. */
  readonly chat: string | null;
}

const LEASE_MS = 30 * SECOND;
const LATE_MS = 2 * MINUTE;
/** As long as Discord remembers a nonce, with room to spare. */
const NONCE_MS = 3 * MINUTE;
const MOST_CALLS = 18;
const MOST_CALLS_LIGHT = 15;
const MOST_EDITS = 8;

/** The most urgent message that may go there now; null: none. What has lost its point is written off on the way. */
export function claim(draft: Draft, destination: string, token: string): SendOrder | null {
  const state = draft.destinationOf(destination);
  const { now } = draft;
  if (now < state.blockedUntil) return null;
  const rows = draft.outbox.values().filter((row) => row.destination === destination);
  if (rows.some((row) => row.state === 'inflight')) return null;
  const due = rows
    .filter((row) => row.dueAt <= now)
    .sort((a, b) => LANES.indexOf(a.lane) - LANES.indexOf(b.lane) || a.createdAt - b.createdAt);
  for (const row of due) {
    if (!mayGo(row, state, now)) continue;
    const order = prepare(draft, row, token);
    if (order !== null) return order;
  }
  return null;
}

/** Urgent ones use all that the platform allows; the others leave room for them. */
function mayGo(row: OutboxRow, state: DestinationState, now: number): boolean {
  const calls = recent(state, now);
  const share = now < state.slowUntil ? 2 : 1;
  if (row.lane === 'EMERG') return true;
  if (isAtLeast(row.level, 'CRIT') && row.lane !== 'EDIT') return calls.length < MOST_CALLS;
  if (calls.length >= MOST_CALLS_LIGHT / share) return false;
  if (row.op !== 'edit') return true;
  const edits = calls.filter(({ kind }) => kind === 'edit').length;
  // While a digest speaks here, the budget for edits is its own.
  const isForeign = state.digest !== null && state.digest.incident !== row.incident;
  return edits < MOST_EDITS / share && !isForeign;
}

function prepare(draft: Draft, row: OutboxRow, token: string): SendOrder | null {
  const { now } = draft;
  const incident = draft.incident.get(row.incident);
  if (incident === undefined) return writeOff(draft, row, 'incident-gone');
  if (row.reads !== undefined && row.reads !== incident.version) {
    return writeOff(draft, row, 'changed');
  }
  if (row.expiresAt <= now) return expire(draft, row);
  const told = incident.told[row.destination];
  if (row.op === 'edit' && !told?.messageId) return writeOff(draft, row, 'no-message');
  const reason = pointless(draft, row, incident);
  if (reason !== null) return writeOff(draft, row, reason);
  const rule = ruleOf(row.destination, draft.settings);
  const claimed: OutboxRow = {
    ...row,
    state: 'inflight',
    claim: token,
    leaseUntil: now + LEASE_MS,
  };
  draft.outbox.put(claimed);
  const state = draft.destinationOf(row.destination);
  draft.destination.put({
    ...state,
    calls: [...recent(state, now), { at: now, kind: kindOf(row) }],
  });
  const known = (ids: readonly string[]) => ids.flatMap((id) => draft.incident.get(id) ?? []);
  const isForgotten = row.unknownAt !== null && now - row.unknownAt > NONCE_MS;
  return {
    row: claimed,
    claim: token,
    incident,
    covered: known(incident.covers),
    carried: known(row.carried),
    edits: row.op === 'edit' ? (told?.messageId ?? null) : null,
    repliesTo: row.op === 'reply' ? (told?.messageId ?? null) : null,
    lateMs: row.op !== 'edit' && now - row.createdAt > LATE_MS ? now - row.createdAt : null,
    isPossibleRepeat:
      row.op !== 'edit' && row.unknownAt !== null && (rule?.isRepeatable !== true || isForgotten),
    chat: state.chat,
  };
}

function kindOf(row: OutboxRow): CallKind {
  if (row.op === 'edit') return 'edit';
  if (row.isSilent) return 'silent';
  return row.lane === 'EMERG' ? 'emerg' : 'loud';
}

/** Asked again just before it goes out: somebody may have it in hand, or it may be over. */
function pointless(draft: Draft, row: OutboxRow, incident: Incident): string | null {
  if (row.op !== 'send' || row.isSilent || incident.kind === 'digest') return null;
  const isOver = firingMembers(incident).length === 0;
  if (isOver && !isAtLeast(incident.peak, 'CRIT') && row.unknownAt === null) {
    const isOnce = row.reason === 'EVENT' || row.reason === 'DRILL';
    return isOnce ? null : 'cleared';
  }
  const rule = ruleOf(row.destination, draft.settings);
  if (rule === undefined) return 'destination-gone';
  const reasons = row.parcels.map((id) => {
    const parcel = draft.intent.get(id);
    const anyLevel = { ...rule, minLevel: 'INFO' as const };
    return parcel && suppressionOf(draft, { incident, intent: parcel.intent, rule: anyLevel });
  });
  const [first] = reasons;
  return first && reasons.every((reason) => reason) ? first : null;
}

function writeOff(draft: Draft, row: OutboxRow, reason: string): null {
  const isHeld = /^(ack|snooze|silence)/.test(reason);
  draft.outbox.remove(row.id);
  settleParcels(draft, row.parcels, { outcome: isHeld ? 'suppressed' : 'cancelled', ref: reason });
  return null;
}

/** A warning nobody could be told for an hour goes into a digest; what was critical is never dropped in silence. */
function expire(draft: Draft, row: OutboxRow): null {
  draft.outbox.remove(row.id);
  if (isAtLeast(row.level, 'CRIT')) {
    reroute(draft, row);
    raise(draft, { trouble: `undelivered ${row.destination}`, level: 'CRIT', over: false });
    return null;
  }
  const parcels = row.parcels.flatMap((id): Parcel[] => {
    const parcel = draft.intent.get(id);
    return parcel && draft.incident.get(parcel.incident)?.closed === null ? [parcel] : [];
  });
  settleParcels(draft, row.parcels, { outcome: 'cancelled', ref: 'expired' });
  if (row.op !== 'send' || row.isSilent || parcels.length === 0) return null;
  if (draft.destinationOf(row.destination).digest === null) {
    openDigest(draft, row.destination, parcels);
  } else for (const parcel of parcels) absorb(draft, row.destination, parcel);
  return null;
}

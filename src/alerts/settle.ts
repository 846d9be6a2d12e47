import { markBroken, markWorking, raise, reroute } from './broken-place.ts';
import type { SendOrder } from './claim.ts';
import { MINUTE, SECOND } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { enqueue, queueEdit, tell } from './enqueue.ts';
import { settleParcels } from './keep-parcel.ts';
import { isAtLeast } from './level.ts';
import type { OutboxRow } from './outbox-row.ts';
import { startRepeat } from './repeat.ts';
import { ruleOf } from './route-intent.ts';

/** What a destination answered; the same words as the chat port. */
export type Delivery =
  | { readonly kind: 'delivered'; readonly messageId: string }
  | { readonly kind: 'retry'; readonly retryAfterMs: number; readonly scope: 'chat' | 'network' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'dead'; readonly reason: string }
  | { readonly kind: 'moved'; readonly chat: string };

const MARGIN_MS = 250;
const SLOW_MS = MINUTE;
const BACKOFF_MS = SECOND / 2;
const LONGEST_BACKOFF_MS = 30 * SECOND;

/** Writes down what became of a send. False: it is not ours any more, and nothing is changed. */
export function settle(draft: Draft, order: SendOrder, delivery: Delivery): boolean {
  const row = draft.outbox.get(order.row.id);
  if (row === undefined || row.claim !== order.claim) return false;
  switch (delivery.kind) {
    case 'delivered':
      delivered(draft, row, { order, messageId: delivery.messageId });
      break;
    case 'retry':
      pause(draft, row, delivery);
      break;
    case 'unknown':
      again(draft, row, { unknownAt: row.unknownAt ?? draft.now });
      break;
    case 'moved': {
      const state = draft.destinationOf(row.destination);
      draft.destination.put({ ...state, chat: delivery.chat });
      putBack(draft, row, { dueAt: draft.now });
      break;
    }
    case 'dead':
      dead(draft, row, delivery.reason);
  }
  return true;
}

/** Back in the queue, as it was before the claim. */
export function putBack(draft: Draft, row: OutboxRow, change: Partial<OutboxRow>): void {
  draft.outbox.put({ ...row, state: 'pending', claim: null, leaseUntil: null, ...change });
}

function delivered(
  draft: Draft,
  row: OutboxRow,
  { order, messageId }: { readonly order: SendOrder; readonly messageId: string },
): void {
  const { now } = draft;
  draft.outbox.remove(row.id);
  settleParcels(draft, row.parcels, { outcome: 'delivered', ref: row.id });
  draft.destination.put({
    ...draft.destinationOf(row.destination),
    lastSuccessAt: now,
  });
  markWorking(draft, row.destination);
  draft.note({ what: 'delivered', row: row.id, reason: row.reason, level: row.level, at: now });
  const told = draft.incident.get(row.incident)?.told[row.destination];
  const isNewest = row.op === 'send';
  tell(draft, row.incident, row.destination, {
    level: told?.level ?? row.level,
    at: now,
    ...(isNewest ? { messageId, digest: null } : {}),
  });
  const incident = draft.incident.get(row.incident);
  if (incident === undefined) return;
  if (row.op === 'send' && !row.isSilent) {
    for (const each of [
      incident,
      ...incident.covers.flatMap((id) => draft.incident.get(id) ?? []),
    ]) {
      if (each.kind === 'normal')
        draft.incident.put(startRepeat(draft.incident.get(each.id) ?? each, now));
    }
  }
  const after = draft.incident.get(row.incident);
  if (after && after.version > order.incident.version) {
    queueEdit(draft, { incident: after, destination: row.destination, reason: row.reason }, []);
  }
  if (row.op === 'edit') sayOver(draft, row);
}

/** After the message turned green, who was alarmed gets one silent line more. */
function sayOver(draft: Draft, row: OutboxRow): void {
  const incident = draft.incident.get(row.incident);
  const isOver = incident !== undefined && incident.closed !== null && incident.kind === 'normal';
  if (!isOver || !isAtLeast(incident.peak, 'CRIT')) return;
  const ends = row.parcels.some((id) => {
    const reason = draft.intent.get(id)?.intent.reason;
    return reason === 'RESOLVED' || reason === 'CLOSED' || reason === 'RULE_REMOVED';
  });
  if (!ends) return;
  enqueue(draft, {
    ...{ incident: incident.id, destination: row.destination, level: incident.peak, parcels: [] },
    op: 'reply',
    lane: 'RESOLVED_CRIT',
    reason: 'RESOLVED',
    isSilent: true,
  });
}

/** Never early, and half the pace for a minute. It was not an attempt. */
function pause(
  draft: Draft,
  row: OutboxRow,
  { retryAfterMs, scope }: { readonly retryAfterMs: number; readonly scope: 'chat' | 'network' },
): void {
  const until = draft.now + Math.ceil(retryAfterMs) + MARGIN_MS;
  const network = ruleOf(row.destination, draft.settings)?.network;
  const affected = draft.settings.destinations.filter(
    (each) => each.id === row.destination || (scope === 'network' && each.network === network),
  );
  for (const { id } of affected) {
    const state = draft.destinationOf(id);
    draft.destination.put({
      ...state,
      blockedUntil: Math.max(state.blockedUntil, until),
      slowUntil: until + SLOW_MS,
    });
  }
  putBack(draft, row, { dueAt: until });
}

function again(draft: Draft, row: OutboxRow, change: Partial<OutboxRow>): void {
  const most = Math.min(LONGEST_BACKOFF_MS, BACKOFF_MS * 2 ** Math.min(row.attempts, 10));
  putBack(draft, row, {
    ...change,
    attempts: row.attempts + 1,
    dueAt: draft.now + Math.ceil(most * draft.random()),
  });
}

function dead(draft: Draft, row: OutboxRow, reason: string): void {
  if (row.reads !== undefined && reason !== 'credential-lost') {
    draft.outbox.remove(row.id);
    return;
  }
  if (row.op === 'edit' && reason !== 'credential-lost') {
    // Deleted by hand, too old, a closed thread: what it should say is said anew.
    const told = draft.incident.get(row.incident)?.told[row.destination];
    if (told) tell(draft, row.incident, row.destination, { level: told.level, messageId: null });
    putBack(draft, row, { op: 'send', isSilent: true, dueAt: draft.now });
    return;
  }
  if (reason === 'refused' && row.stage < 2) {
    putBack(draft, row, { stage: row.stage === 0 ? 1 : 2, dueAt: draft.now });
    return;
  }
  draft.note({ what: 'dead', row: row.id, reason, at: draft.now });
  reroute(draft, row);
  if (reason === 'refused') {
    raise(draft, { trouble: `refused ${row.destination}`, level: 'CRIT', over: false });
    return;
  }
  markBroken(draft, row.destination);
}

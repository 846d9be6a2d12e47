import type { IntentReason, Level } from './alert.ts';
import { HOUR } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import type { Incident, Told } from './incident.ts';
import { settleParcels } from './keep-parcel.ts';
import { isAtLeast, worstLevel } from './level.ts';
import { LANES, type Lane, type OutboxRow } from './outbox-row.ts';
import { ruleOf } from './route-intent.ts';

interface Order {
  readonly incident: string;
  readonly destination: string;
  readonly op: OutboxRow['op'];
  readonly lane: Lane;
  readonly reason: IntentReason;
  readonly level: Level;
  readonly isSilent: boolean;
  readonly parcels: readonly string[];
  readonly carried?: readonly string[];
  readonly dueAt?: number;
  readonly expiresAt?: number;
  readonly reads?: number;
}

/** Puts one message on its way; its key follows from the incident's own count. */
export function enqueue(draft: Draft, order: Order): void {
  const incident = draft.incident.get(order.incident);
  if (incident === undefined) return;
  const { now } = draft;
  dropReading(draft, order);
  const sends = incident.sends + 1;
  draft.incident.put({ ...incident, sends });
  const id = [incident.id, incident.opened, order.destination, order.op, sends].join(' ');
  draft.outbox.put({
    carried: [],
    dueAt: now,
    expiresAt: now + (isAtLeast(order.level, 'CRIT') ? 6 * HOUR : HOUR),
    ...order,
    id,
    state: 'pending',
    createdAt: now,
    attempts: 0,
    claim: null,
    leaseUntil: null,
    unknownAt: null,
    stage: 0,
    fellBack: false,
  });
  settleParcels(draft, order.parcels, { outcome: 'enqueued', ref: id });
}

/** The message of an incident that still waits for its turn there; what comes later joins it. */
export function waitingRow(
  draft: Draft,
  incident: string,
  destination: string,
): OutboxRow | undefined {
  return draft.outbox
    .values()
    .find(
      (row) =>
        row.incident === incident &&
        row.destination === destination &&
        row.state === 'pending' &&
        row.reads === undefined,
    );
}

/** What is drawn anyway carries the reading that holds then. */
function dropReading(draft: Draft, { incident, destination }: Order): void {
  const isOf = (row: OutboxRow) => row.incident === incident && row.destination === destination;
  for (const row of draft.outbox.values()) {
    if (isOf(row) && row.reads !== undefined && row.state === 'pending')
      draft.outbox.remove(row.id);
  }
}

/** These parcels go with a message that waits: it is drawn when it goes out, with what holds then. */
export function joinRow(
  draft: Draft,
  row: OutboxRow,
  joining: { readonly parcels: readonly string[]; readonly lane: Lane; readonly level: Level },
): void {
  const isMoreUrgent = LANES.indexOf(joining.lane) < LANES.indexOf(row.lane);
  draft.outbox.put({
    ...row,
    parcels: [...row.parcels, ...joining.parcels],
    lane: isMoreUrgent ? joining.lane : row.lane,
    level: worstLevel([row.level, joining.level]) ?? row.level,
  });
  settleParcels(draft, joining.parcels, { outcome: 'enqueued', ref: row.id });
}

/** A loud message of the incident's own. */
export function sendLoud(
  draft: Draft,
  order: Pick<
    Order,
    'incident' | 'destination' | 'reason' | 'level' | 'parcels' | 'carried' | 'dueAt'
  > & {
    readonly lane?: Lane;
  },
): void {
  const lane = order.lane ?? order.level;
  enqueue(draft, { ...order, op: 'send', lane, isSilent: false });
  tell(draft, order.incident, order.destination, { level: order.level, digest: null });
}

/** Notes what a place is told of an incident. */
export function tell(
  draft: Draft,
  id: string,
  destination: string,
  change: Partial<Told> & Pick<Told, 'level'>,
): void {
  const incident = draft.incident.get(id);
  if (incident === undefined) return;
  const before = incident.told[destination] ?? { at: null, messageId: null, digest: null };
  draft.incident.put({
    ...incident,
    told: { ...incident.told, [destination]: { ...before, ...change } },
  });
}

/** Brings what stands there up to date, silently. `parcels` are the intents that it tells of. */
export function queueEdit(
  draft: Draft,
  of: { readonly incident: Incident; readonly destination: string; readonly reason: IntentReason },
  parcels: readonly string[],
): void {
  const { incident, destination, reason } = of;
  const told = incident.told[destination];
  if (told === undefined) {
    settleParcels(draft, parcels, { outcome: 'cancelled', ref: 'never-told' });
    return;
  }
  if (told.digest !== null) {
    editDigest(draft, { ...of, digest: told.digest }, parcels);
    return;
  }
  const waiting = waitingRow(draft, incident.id, destination);
  if (waiting) {
    joinRow(draft, waiting, { parcels, lane: 'EDIT', level: waiting.level });
    return;
  }
  const isOnWay = draft.outbox
    .values()
    .some((row) => row.incident === incident.id && row.destination === destination);
  const canEdit = ruleOf(destination, draft.settings)?.canEdit === true;
  // Where nothing can be changed, only what somebody has to hear is worth a message.
  if (!canEdit && parcels.length === 0) return;
  const stands = canEdit && (told.messageId !== null || isOnWay);
  enqueue(draft, {
    ...{ incident: incident.id, destination, reason, parcels },
    op: stands ? 'edit' : 'send',
    lane: isAtLeast(incident.peak, 'CRIT') && !stands ? 'RESOLVED_CRIT' : 'EDIT',
    level: incident.level,
    isSilent: true,
  });
}

function editDigest(
  draft: Draft,
  of: { readonly destination: string; readonly reason: IntentReason; readonly digest: string },
  parcels: readonly string[],
): void {
  const state = draft.destinationOf(of.destination);
  if (state.digest?.incident === of.digest) {
    draft.destination.put({ ...state, digest: { ...state.digest, isDirty: true } });
    settleParcels(draft, parcels, { outcome: 'absorbed', ref: of.digest });
    return;
  }
  const incident = draft.incident.get(of.digest);
  if (incident) {
    queueEdit(draft, { ...of, incident }, parcels);
    return;
  }
  settleParcels(draft, parcels, { outcome: 'cancelled', ref: 'digest-gone' });
}

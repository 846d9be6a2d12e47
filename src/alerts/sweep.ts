import { raise } from './broken-place.ts';
import { HOUR } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { sendLoud } from './enqueue.ts';
import { settleParcels } from './keep-parcel.ts';
import { EMPTY_LEDGER, isFinal, type Parcel } from './parcel.ts';
import { LONGEST_WAIT_MS } from './place-intent.ts';

/** Where every intent ever taken in is. */
export interface Balance {
  readonly taken: number;
  readonly delivered: number;
  readonly absorbed: number;
  readonly suppressed: number;
  readonly cancelled: number;
  readonly pending: number;
  /** Parcels that claim to be on their way and are not. */
  readonly lost: readonly Parcel[];
  /** Taken minus all others; anything but 0 means that records are missing. */
  readonly difference: number;
}

const REMEMBER_MS = HOUR;
const REMEMBER_INCIDENT_MS = 24 * HOUR;

/** Intents = delivered + pending + suppressed + absorbed + cancelled, and what is pending is really there. */
export function balanceOf(draft: Draft): Balance {
  const ledger = draft.ledger();
  const counts = { ...EMPTY_LEDGER.closed, ...ledger.closed, pending: 0 };
  const lost: Parcel[] = [];
  const waiting = waitingIds(draft);
  for (const parcel of draft.intent.values()) {
    if (isFinal(parcel.outcome)) counts[parcel.outcome] += 1;
    else {
      counts.pending += 1;
      if (!isBacked(draft, parcel, waiting)) lost.push(parcel);
    }
  }
  const { delivered, absorbed, suppressed, cancelled, pending } = counts;
  const known = delivered + absorbed + suppressed + cancelled + pending;
  return { taken: ledger.taken, ...counts, lost, difference: ledger.taken - known };
}

/** Looks for what fell through, sends it after all, says so, and tidies up what is long over. */
export function sweep(draft: Draft): Balance {
  const balance = balanceOf(draft);
  for (const [incident, parcels] of Map.groupBy(balance.lost, (parcel) => parcel.incident)) {
    for (const [destination, lost] of Map.groupBy(parcels, (parcel) => parcel.destination)) {
      const ids = lost.map(({ id }) => id);
      const [first] = lost;
      if (first === undefined) continue;
      if (draft.incident.get(incident) === undefined) {
        settleParcels(draft, ids, { outcome: 'cancelled', ref: 'incident-gone' });
        continue;
      }
      const { reason, level } = first.intent;
      sendLoud(draft, { incident, destination, reason, level, parcels: ids });
    }
  }
  if (balance.lost.length > 0) raise(draft, { trouble: 'lost', level: 'CRIT', over: false });
  if (balance.difference !== 0) {
    const ledger = draft.ledger();
    draft.timer.put({ ...ledger, taken: ledger.taken - balance.difference });
    raise(draft, { trouble: 'books', level: 'CRIT', over: false });
  }
  tidy(draft);
  return balance;
}

function waitingIds(draft: Draft): ReadonlySet<string> {
  return new Set(
    draft.destination
      .values()
      .flatMap(({ windows, held }) => [
        ...Object.values(windows).flatMap(({ parcels }) => parcels),
        ...(held?.parcels ?? []),
      ]),
  );
}

function isBacked(draft: Draft, parcel: Parcel, waiting: ReadonlySet<string>): boolean {
  if (parcel.outcome === 'enqueued') return draft.outbox.get(parcel.ref ?? '') !== undefined;
  return waiting.has(parcel.id) && draft.now - parcel.at < LONGEST_WAIT_MS;
}

/** Rows that nobody will ask for again; the ledger keeps their count. */
function tidy(draft: Draft): void {
  const { now } = draft;
  const ledger = draft.ledger();
  const closed = { ...ledger.closed };
  let isChanged = false;
  for (const parcel of draft.intent.values()) {
    if (!isFinal(parcel.outcome) || now - parcel.at < REMEMBER_MS) continue;
    closed[parcel.outcome] += 1;
    draft.intent.remove(parcel.id);
    isChanged = true;
  }
  if (isChanged) draft.timer.put({ ...draft.ledger(), closed });
  for (const incident of draft.incident.values()) {
    const isOld = incident.closed !== null && now - incident.closed > REMEMBER_INCIDENT_MS;
    if (isOld) draft.incident.remove(incident.id);
  }
  for (const silence of draft.silence.values()) {
    if (silence.isOver && now - silence.ends > REMEMBER_INCIDENT_MS)
      draft.silence.remove(silence.id);
  }
}

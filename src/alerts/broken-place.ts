import type { Intent } from './alert.ts';
import { MINUTE, SECOND } from './delivery-rules.ts';
import type { Digest } from './destination-state.ts';
import type { Draft } from './draft.ts';
import { enqueue, sendLoud, tell } from './enqueue.ts';
import { settleParcels, takeParcel } from './keep-parcel.ts';
import { isAtLeast } from './level.ts';
import type { OutboxRow } from './outbox-row.ts';
import { takeIntents } from './take-intents.ts';
import { fallbackFor } from './working-place.ts';

const TRY_AGAIN_MS = 5 * MINUTE;
/** A critical message that has not arrived by then goes to the fallback too. */
const SLOW_MS = 30 * SECOND;

/** Nothing can be said there any more: what waits goes elsewhere, and somebody hears why. */
export function markBroken(draft: Draft, id: string): void {
  const state = draft.destinationOf(id);
  const since = state.broken?.since ?? draft.now;
  const windows = Object.values(state.windows).flatMap(({ parcels }) => parcels);
  const held = [...windows, ...(state.held?.parcels ?? [])];
  draft.destination.put({
    ...state,
    broken: { since, tryAgainAt: draft.now + TRY_AGAIN_MS },
    windows: {},
    held: null,
    digest: null,
  });
  for (const row of draft.outbox.values()) {
    if (row.destination === id && row.state === 'pending') reroute(draft, row);
  }
  rescue(draft, held, id);
  if (state.digest) moveDigest(draft, id, state.digest);
  if (state.broken === null)
    raise(draft, { trouble: `destination ${id}`, level: 'CRIT', over: false });
}

/** What the digest there had not shown yet is shown elsewhere. */
function moveDigest(draft: Draft, from: string, { incident, isDirty, waiting }: Digest): void {
  const whole = draft.incident.get(incident);
  const place = whole && fallbackFor(draft, from, whole.level);
  if (!whole || !place || (!isDirty && waiting.length === 0)) return;
  const { level } = whole;
  sendLoud(draft, { incident, destination: place, reason: 'FIRST', level, parcels: [] });
}

/** It works again. */
export function markWorking(draft: Draft, id: string): void {
  const state = draft.destinationOf(id);
  if (state.broken === null) return;
  draft.destination.put({ ...state, broken: null });
  raise(draft, { trouble: `destination ${id}`, level: 'CRIT', over: true });
}

/** Takes a message from a place that will never get it to one that will. */
export function reroute(draft: Draft, row: OutboxRow): void {
  draft.outbox.remove(row.id);
  // A message that only freshens another has no meaning elsewhere.
  if (row.isSilent && row.parcels.length === 0) return;
  rescue(draft, row.parcels, row.destination, row);
}

/** Critical messages that wait for too long go to the fallback at once, and stay where they are. */
export function tickSlow(draft: Draft): void {
  for (const row of draft.outbox.values()) {
    const isLate = draft.now - row.createdAt > SLOW_MS && !row.fellBack && !row.isSilent;
    if (!isLate || !isAtLeast(row.level, 'CRIT')) continue;
    draft.outbox.put({ ...row, fellBack: true });
    copyTo(draft, row.parcels, { row, place: fallbackFor(draft, row.destination, row.level) });
  }
}

/** An alert about ourselves. */
export function raise(
  draft: Draft,
  of: { readonly trouble: string; readonly level: Intent['level']; readonly over: boolean },
): void {
  const fingerprint = `internal ${of.trouble}`;
  const count = draft.ledger().taken;
  const intent: Intent = {
    id: `${fingerprint} ${draft.now} ${count}`,
    fingerprint,
    rule: 'blind',
    subject: { kind: 'desk' },
    episode: draft.now,
    reason: reasonOf(of),
    level: of.level,
    at: draft.now,
    value: null,
    threshold: null,
    dataAgeMs: null,
    flaps: 0,
    offlineMs: null,
    facts: { trouble: of.trouble },
  };
  draft.note({ what: of.over ? 'trouble over' : 'trouble', trouble: of.trouble, at: draft.now });
  takeIntents(draft, { intents: [intent], inhibited: new Map() });
}

/** A broken place is a state that ends; the others happened, and are over when somebody has seen them. */
function reasonOf(of: { readonly trouble: string; readonly over: boolean }): Intent['reason'] {
  if (of.over) return 'RESOLVED';
  return of.trouble.startsWith('destination ') ? 'FIRST' : 'EVENT';
}

function rescue(draft: Draft, parcels: readonly string[], from: string, row?: OutboxRow): void {
  const first = draft.intent.get(parcels[0] ?? '');
  const level = row?.level ?? first?.intent.level;
  if (level === undefined) return;
  const place = fallbackFor(draft, from, level);
  settleParcels(draft, parcels, {
    outcome: 'cancelled',
    ref: place ? `moved ${place}` : 'nowhere-to-go',
  });
  copyTo(draft, parcels, { row: row ?? null, place });
}

function copyTo(
  draft: Draft,
  parcels: readonly string[],
  to: { readonly row: OutboxRow | null; readonly place: string | null },
): void {
  const { place, row } = to;
  if (place === null) return;
  const byIncident = new Map<string, string[]>();
  if (row && parcels.length === 0) byIncident.set(row.incident, []);
  for (const id of parcels) {
    const parcel = draft.intent.get(id);
    const copy = parcel && takeParcel(draft, { ...parcel, destination: place });
    if (!copy) continue;
    byIncident.set(copy.incident, [...(byIncident.get(copy.incident) ?? []), copy.id]);
  }
  for (const [incident, copies] of byIncident) {
    const level = row?.level ?? draft.incident.get(incident)?.level;
    if (level === undefined) continue;
    const lane = row?.lane ?? level;
    enqueue(draft, {
      ...{ incident, destination: place, level, lane, parcels: copies, op: 'send' },
      reason: row?.reason ?? 'FIRST',
      isSilent: row?.isSilent ?? false,
    });
    tell(draft, incident, place, { level, digest: null });
  }
}

import type { Level } from './alert.ts';
import { COLLECT_MS, MINUTE } from './delivery-rules.ts';
import type { CollectWindow } from './destination-state.ts';
import type { Draft } from './draft.ts';
import { joinRow, sendLoud, waitingRow } from './enqueue.ts';
import { settleParcels } from './keep-parcel.ts';
import { isAtLeast, worstLevel } from './level.ts';
import type { Parcel } from './parcel.ts';
import { quietUntil, ruleOf } from './route-intent.ts';
import { absorb, isBusy, openDigest, recent } from './storm.ts';

/** Emergencies said at once, a minute; those beyond share the digest's next loud message. */
const MOST_EMERG = 6;
/** Notices that come in numbers by nature: none of them runs ahead of the others. */
const TOGETHER: ReadonlySet<string> = new Set([
  'SILENCE_ENDED',
  'INHIBIT_LIFTED',
  'CATCH_UP',
  'REPEAT',
]);

/** Decides how a loud intent reaches one destination: at once, with others, or in the digest. */
export function placeLoud(draft: Draft, parcel: Parcel): void {
  const { destination, intent } = parcel;
  const { now, settings } = draft;
  const { level } = intent;
  const waiting = waitingRow(draft, parcel.incident, destination);
  // An edit or a silent line that waits cannot speak up; only a loud message takes it along.
  if (waiting?.op === 'send' && !waiting.isSilent) {
    joinRow(draft, waiting, { parcels: [parcel.id], lane: level, level });
    return;
  }
  if (level === 'EMERG') {
    placeEmergency(draft, parcel);
    return;
  }
  const state = draft.destinationOf(destination);
  if (state.digest !== null) {
    absorb(draft, destination, parcel);
    return;
  }
  const rule = ruleOf(destination, settings);
  const quietEnd = rule && quietUntil(rule, { now, timeZone: settings.timeZone });
  if (quietEnd && !isAtLeast(level, 'CRIT')) {
    hold(draft, parcel, quietEnd);
    return;
  }
  const leads = level === 'CRIT' && !TOGETHER.has(intent.reason);
  if (!leads || state.windows.CRIT !== undefined) {
    collect(draft, parcel);
    return;
  }
  const others = waitingParcels(draft, destination);
  const isAlone = others.every(({ incident }) => incident === parcel.incident);
  if (!isAlone || isBusy(state, now)) {
    openDigest(draft, destination, [...others, parcel]);
    return;
  }
  alone(draft, [...others, parcel]);
  const opened = draft.destinationOf(destination);
  draft.destination.put({
    ...opened,
    windows: { CRIT: { until: now + COLLECT_MS.CRIT, parcels: [] } },
  });
}

/** Ends what waited long enough: alone if it is alone, as a digest if it is not. */
export function flushWindows(draft: Draft, destination: string): void {
  const state = draft.destinationOf(destination);
  const { now } = draft;
  const windows = Object.entries(state.windows) as [Level, CollectWindow][];
  const due = windows.filter(([, { until }]) => until <= now);
  const isHeldOver = state.held !== null && state.held.until <= now;
  if (due.length === 0 && !isHeldOver) return;
  const ids = [
    ...due.flatMap(([, { parcels }]) => parcels),
    ...(isHeldOver ? state.held.parcels : []),
  ];
  const parcels = collecting(draft, ids);
  draft.destination.put({
    ...state,
    windows: Object.fromEntries(windows.filter(([, { until }]) => until > now)),
    held: isHeldOver ? null : state.held,
  });
  if (parcels.length === 0) return;
  if (state.digest !== null) {
    for (const parcel of parcels) absorb(draft, destination, parcel);
    return;
  }
  const isAlone = new Set(parcels.map(({ incident }) => incident)).size === 1;
  if (isAlone && !isBusy(state, now)) {
    alone(draft, parcels);
    return;
  }
  openDigest(draft, destination, [...parcels, ...waitingParcels(draft, destination)]);
}

/** Parcels of one place that wait in a window, without those that quiet hours hold. */
export function waitingParcels(draft: Draft, destination: string): Parcel[] {
  const { windows } = draft.destinationOf(destination);
  return collecting(
    draft,
    Object.values(windows).flatMap(({ parcels }) => parcels),
  );
}

function collecting(draft: Draft, ids: readonly string[]): Parcel[] {
  return ids.flatMap((id) => {
    const parcel = draft.intent.get(id);
    return parcel?.outcome === 'collecting' ? [parcel] : [];
  });
}

function placeEmergency(draft: Draft, parcel: Parcel): void {
  const { destination } = parcel;
  const state = draft.destinationOf(destination);
  const sent = recent(state, draft.now).filter(({ kind }) => kind === 'emerg').length;
  const onWay = draft.outbox
    .values()
    .filter((row) => row.destination === destination && row.lane === 'EMERG' && row.attempts === 0);
  if (sent + onWay.length >= MOST_EMERG) {
    if (state.digest !== null) absorb(draft, destination, parcel);
    else openDigest(draft, destination, [...waitingParcels(draft, destination), parcel]);
    return;
  }
  const carried = state.digest?.waiting ?? [];
  // What it names along is said aloud with it; the digest's own clock goes on as it was.
  if (state.digest) draft.destination.put({ ...state, digest: { ...state.digest, waiting: [] } });
  alone(draft, [parcel], carried);
}

function alone(draft: Draft, parcels: readonly Parcel[], carried: readonly string[] = []): void {
  const [first] = parcels;
  if (first === undefined) return;
  const { incident, destination } = first;
  const level = worstLevel(parcels.map(({ intent }) => intent.level)) ?? first.intent.level;
  const ids = parcels.map(({ id }) => id);
  const waiting = waitingRow(draft, incident, destination);
  if (waiting?.op === 'send' && !waiting.isSilent) {
    joinRow(draft, waiting, { parcels: ids, lane: level, level });
    return;
  }
  const { reason } = first.intent;
  sendLoud(draft, { incident, destination, reason, level, parcels: ids, carried });
}

function collect(draft: Draft, parcel: Parcel): void {
  const state = draft.destinationOf(parcel.destination);
  const { level } = parcel.intent;
  const open = state.windows[level] ?? { until: draft.now + COLLECT_MS[level], parcels: [] };
  const parcels = [...open.parcels, parcel.id];
  draft.destination.put({ ...state, windows: { ...state.windows, [level]: { ...open, parcels } } });
}

function hold(draft: Draft, parcel: Parcel, until: number): void {
  const state = draft.destinationOf(parcel.destination);
  const parcels = [...(state.held?.parcels ?? []), parcel.id];
  draft.destination.put({ ...state, held: { until, parcels } });
  settleParcels(draft, [parcel.id], { outcome: 'collecting', ref: 'quiet' });
}

/** How long a held or collected thing may wait at most before somebody should ask why. */
export const LONGEST_WAIT_MS = 24 * 60 * MINUTE;

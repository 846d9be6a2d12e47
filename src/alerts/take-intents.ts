import type { Intent } from './alert.ts';
import { REOPEN_MS } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { queueEdit, waitingRow } from './enqueue.ts';
import { startEscalation } from './escalation.ts';
import {
  firingMembers,
  groupKeyOf,
  type Incident,
  type IntentNote,
  isEnding,
  isLoud,
  noteOf,
  withMember,
} from './incident.ts';
import { settleParcels, takeParcel } from './keep-parcel.ts';
import { isAtLeast, rankOf } from './level.ts';
import { openIncident } from './open-incident.ts';
import type { Parcel } from './parcel.ts';
import { placeLoud, waitingParcels } from './place-intent.ts';
import { destinationsOf, ruleOf } from './route-intent.ts';
import { suppressionOf } from './suppression.ts';
import { workingPlace } from './working-place.ts';

/** What the evaluators found, and which of it a bigger trouble explains. */
export interface Findings {
  readonly intents: readonly Intent[];
  /** Intent id → what inhibits it. */
  readonly inhibited: ReadonlyMap<string, string>;
}

/** Each intent is told, joined to something, or written down with the reason why not. */
export function takeIntents(draft: Draft, { intents, inhibited }: Findings): void {
  for (const intent of intents) {
    const note = noteOf(intent);
    const incident = hear(draft, note);
    if (incident === null) suppress(draft, { incident: '', intent: note }, 'never-told');
    else if (isLoud(note.reason)) {
      tellLoud(draft, { incident, intent: note }, inhibited.get(note.id) ?? null);
    } else tellQuietly(draft, { incident, intent: note });
  }
}

interface Heard {
  readonly incident: Incident;
  readonly intent: IntentNote;
}

/** To every place it concerns, or a record of why not. Own notices of the desk come this way too. */
export function tellLoud(draft: Draft, heard: Heard, inhibitedBy: string | null): void {
  const { intent } = heard;
  const incident = pierced(draft, heard);
  if (isAtLeast(intent.level, 'CRIT')) startEscalation(draft, incident.id, intent);
  const routed = destinationsOf(intent, draft.settings);
  const isOwn = intent.reason === 'REPEAT' || intent.reason === 'ACK_EXPIRED';
  const places = new Set([...routed, ...(isOwn ? Object.keys(incident.told) : [])]);
  if (places.size === 0) suppress(draft, { incident: incident.id, intent }, 'no-destination');
  for (const id of places) tellPlace(draft, { incident, intent }, { id, inhibitedBy });
}

function tellPlace(
  draft: Draft,
  { incident, intent }: Heard,
  at: { readonly id: string; readonly inhibitedBy: string | null },
): void {
  const rule = ruleOf(at.id, draft.settings);
  if (rule === undefined) return;
  const reason = at.inhibitedBy ?? suppressionOf(draft, { incident, intent, rule });
  const destination = reason === null ? workingPlace(draft, at.id, intent.level) : at.id;
  const parcel = takeParcel(draft, { incident: incident.id, intent, destination });
  if (parcel === null) return;
  if (reason !== null) {
    settleParcels(draft, [parcel.id], { outcome: 'suppressed', ref: reason });
    const told = incident.told[at.id];
    if (told) queueEdit(draft, { incident, destination: at.id, reason: intent.reason }, []);
    return;
  }
  const told = incident.told[destination];
  const isBackSoon = intent.reason === 'FIRST' && incident.flaps > 0 && told?.at != null;
  // Within the cool-down a warning comes back silently; what is critical is always said.
  if (isBackSoon && !isAtLeast(intent.level, 'CRIT')) {
    queueEdit(draft, { incident, destination, reason: intent.reason }, [parcel.id]);
    return;
  }
  placeLoud(draft, parcel);
}

/** The incident with what was heard in it; null when the end of something unknown was heard. */
function hear(draft: Draft, intent: IntentNote): Incident | null {
  const key = groupKeyOf(intent);
  const known = draft.incidentOf(key);
  const isKnown = known?.members[intent.fingerprint]?.ended === null;
  if (!isLoud(intent.reason)) {
    if (known === undefined || !isKnown) return null;
    const next = withMember(known, intent);
    draft.incident.put(next);
    return next;
  }
  const next = withMember(currentOf(draft, known, { key, intent }), intent);
  draft.incident.put(next);
  return next;
}

function currentOf(
  draft: Draft,
  known: Incident | undefined,
  of: { readonly key: string; readonly intent: IntentNote },
): Incident {
  if (known?.closed === null) return known;
  if (known && draft.now - (known.closed ?? 0) < REOPEN_MS) {
    return { ...known, closed: null, level: of.intent.level, flaps: known.flaps + 1 };
  }
  return openIncident(draft, { key: of.key, kind: 'normal', level: of.intent.level });
}

/** Worse than what was acknowledged or snoozed, or a critical member nobody has seen: it is open again. */
function pierced(draft: Draft, { incident, intent }: Heard): Incident {
  const { ack, snooze } = incident;
  const isNew =
    isAtLeast(intent.level, 'CRIT') && ack?.members.includes(intent.fingerprint) === false;
  const next = {
    ...incident,
    ack: ack && (isNew || rankOf(intent.level) > rankOf(ack.level)) ? null : ack,
    snooze: snooze && rankOf(intent.level) > rankOf(snooze.level) ? null : snooze,
  };
  if (next.ack !== ack || next.snooze !== snooze) draft.incident.put(next);
  return draft.incident.get(incident.id) ?? next;
}

function tellQuietly(draft: Draft, { incident, intent }: Heard): void {
  const isOver = firingMembers(incident).length === 0;
  const waiting = draft.settings.destinations.flatMap(({ id }) => {
    const mine = waitingParcels(draft, id).filter(
      (parcel) =>
        parcel.incident === incident.id && parcel.intent.fingerprint === intent.fingerprint,
    );
    return mine;
  });
  const places = new Set([
    ...Object.keys(incident.told),
    ...waiting.map(({ destination }) => destination),
  ]);
  if (places.size === 0) suppress(draft, { incident: incident.id, intent }, 'never-told');
  for (const destination of places) {
    const parcel = takeParcel(draft, { incident: incident.id, intent, destination });
    if (parcel === null) continue;
    const unsaid = waiting.filter((each) => each.destination === destination);
    if (!dropUnsaid(draft, parcel, { unsaid, isOver })) {
      queueEdit(draft, { incident, destination, reason: intent.reason }, [parcel.id]);
    }
  }
  if (isOver) closeIncident(draft, incident.id);
}

/** What clears before it was said: a warning is dropped, counted; what was critical is said, with its end. */
function dropUnsaid(
  draft: Draft,
  parcel: Parcel,
  of: { readonly unsaid: readonly Parcel[]; readonly isOver: boolean },
): boolean {
  const { destination, incident, intent } = parcel;
  if (!isEnding(intent.reason)) return false;
  const row = waitingRow(draft, incident, destination);
  const isUnsaid = row?.op === 'send' && !row.isSilent && row.attempts === 0;
  const isCritical = isAtLeast(intent.level, 'CRIT') || (isUnsaid && isAtLeast(row.level, 'CRIT'));
  if (isCritical) return false;
  const light = of.unsaid.map(({ id }) => id);
  settleParcels(draft, light, { outcome: 'cancelled', ref: 'cleared' });
  if (isUnsaid && of.isOver) {
    draft.outbox.remove(row.id);
    settleParcels(draft, row.parcels, { outcome: 'cancelled', ref: 'cleared' });
    untell(draft, incident, destination);
  } else if (light.length === 0) return false;
  settleParcels(draft, [parcel.id], { outcome: 'cancelled', ref: 'never-told' });
  return true;
}

function untell(draft: Draft, id: string, destination: string): void {
  const incident = draft.incident.get(id);
  if (incident?.told[destination]?.at !== null) return;
  const { [destination]: _, ...told } = incident.told;
  draft.incident.put({ ...incident, told });
}

/** The end of a story: the message turns green, and who was alarmed gets a silent line more. */
export function closeIncident(draft: Draft, id: string): void {
  const incident = draft.incident.get(id);
  if (incident === undefined || incident.closed !== null) return;
  draft.incident.put({
    ...incident,
    closed: draft.now,
    ack: null,
    snooze: null,
    repeat: null,
    escalation: null,
    version: incident.version + 1,
  });
  draft.note({ what: 'incident closed', incident: id, key: incident.key, at: draft.now });
}

function suppress(
  draft: Draft,
  of: { readonly incident: string; readonly intent: IntentNote },
  reason: string,
): void {
  const parcel = takeParcel(draft, { ...of, destination: '-' });
  if (parcel) settleParcels(draft, [parcel.id], { outcome: 'suppressed', ref: reason });
}

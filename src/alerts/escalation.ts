import { MINUTE } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { enqueue, tell } from './enqueue.ts';
import { type Escalation, firingMembers, type Incident, type IntentNote } from './incident.ts';
import { ownIntent, settleParcels, takeParcel } from './keep-parcel.ts';
import { isAtLeast, rankOf } from './level.ts';
import { escalationOf, ruleOf } from './route-intent.ts';
import { suppressionOf } from './suppression.ts';
import { workingPlace } from './working-place.ts';

const LOOPS = 3;
const LOOP_PAUSE_MS = 5 * MINUTE;

/** Takes the chain into the incident when CRIT or a level above the last one is reached. */
export function startEscalation(draft: Draft, id: string, intent: IntentNote): void {
  const incident = draft.incident.get(id);
  if (incident === undefined) return;
  const { escalation } = incident;
  if (escalation !== null && rankOf(intent.level) <= rankOf(escalation.level)) return;
  const steps = escalationOf(intent, draft.settings);
  const last = Math.max(0, ...steps.map(({ afterMs }) => afterMs));
  const next: Escalation = {
    level: intent.level,
    startedAt: draft.now,
    steps,
    loopMs: last + LOOP_PAUSE_MS,
    done: [],
  };
  draft.incident.put({ ...incident, escalation: next });
}

/** Steps whose time has come while nobody has it in hand. Looked at and taken in one change. */
export function tickEscalation(draft: Draft, id: string): void {
  const incident = draft.incident.get(id);
  const escalation = incident?.escalation;
  if (!incident || !escalation || !isUnattended(incident, draft.now)) return;
  const due = dueSteps(escalation, draft.now);
  if (due.length === 0) return;
  // After a pause several may be due at once: each place hears of it once.
  const places = new Set(due.flatMap(({ to }) => to));
  draft.incident.put({
    ...incident,
    escalation: { ...escalation, done: [...escalation.done, ...due.map(({ key }) => key)] },
  });
  const key = due.map((step) => step.key).join(', ');
  draft.note({ what: 'escalated', incident: id, step: key, at: draft.now });
  for (const place of places) tellStep(draft, id, { place, key });
}

function tellStep(
  draft: Draft,
  id: string,
  { place, key }: { readonly place: string; readonly key: string },
): void {
  const incident = draft.incident.get(id);
  const own = incident && ownIntent(draft, incident, { reason: 'REPEAT' });
  const rule = ruleOf(place, draft.settings);
  if (!own || !rule) return;
  const intent = {
    ...own.intent,
    id: `${incident.id} ${incident.opened} escalation ${incident.escalation?.level} ${key}`,
  };
  const reason = suppressionOf(draft, {
    incident: own.incident,
    intent,
    rule: { ...rule, minLevel: 'INFO' },
  });
  const destination = reason === null ? workingPlace(draft, place, intent.level) : place;
  const parcel = takeParcel(draft, { incident: id, intent, destination });
  if (parcel === null) return;
  if (reason !== null) {
    settleParcels(draft, [parcel.id], { outcome: 'suppressed', ref: reason });
    return;
  }
  enqueue(draft, {
    ...{ incident: id, destination, reason: 'REPEAT', level: intent.level, parcels: [parcel.id] },
    op: 'send',
    lane: 'ESCALATION',
    isSilent: false,
  });
  tell(draft, id, destination, { level: intent.level, digest: null });
}

function dueSteps(escalation: Escalation, now: number) {
  return allSteps(escalation).filter(({ key, at }) => at <= now && !escalation.done.includes(key));
}

function allSteps({ steps, startedAt, loopMs }: Escalation) {
  return Array.from({ length: LOOPS }, (_, loop) =>
    steps.map(({ afterMs, to }, step) => ({
      key: `${loop}.${step}`,
      at: startedAt + loop * loopMs + afterMs,
      to,
    })),
  ).flat();
}

/** Fires at CRIT or worse, and neither acknowledged nor snoozed. */
function isUnattended(incident: Incident, now: number): boolean {
  const { ack, snooze, closed, level } = incident;
  return (
    closed === null &&
    firingMembers(incident).length > 0 &&
    isAtLeast(level, 'CRIT') &&
    (ack === null || ack.until <= now) &&
    (snooze === null || snooze.until <= now)
  );
}

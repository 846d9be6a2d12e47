import { tickSlow } from './broken-place.ts';
import type { Draft } from './draft.ts';
import { queueEdit } from './enqueue.ts';
import { tickEscalation } from './escalation.ts';
import { firingMembers, type Incident, relevelled } from './incident.ts';
import { ownIntent } from './keep-parcel.ts';
import { flushWindows } from './place-intent.ts';
import { tickRepeat } from './repeat.ts';
import { silences } from './silence.ts';
import { closeDigests, tickDigest } from './storm.ts';
import { closeIncident, tellLoud } from './take-intents.ts';

/** Everything whose time has come. Told the same moment twice it does nothing the second time. */
export function tick(draft: Draft): void {
  endSilences(draft);
  for (const { id } of draft.incident.values()) {
    const incident = draft.incident.get(id);
    if (incident === undefined || incident.closed !== null || incident.kind === 'digest') continue;
    endHolds(draft, incident);
    endOnce(draft, id);
    tickRepeat(draft, id);
    tickEscalation(draft, id);
  }
  tickSlow(draft);
  closeDigests(draft);
  for (const { id } of draft.settings.destinations) {
    flushWindows(draft, id);
    tickDigest(draft, id);
  }
}

/** An acknowledgement or snooze that ran out while it still fires is said once. */
function endHolds(draft: Draft, incident: Incident): void {
  const { ack, snooze } = incident;
  const isAckOver = ack !== null && ack.until <= draft.now;
  const isSnoozeOver = snooze !== null && snooze.until <= draft.now;
  if (!isAckOver && !isSnoozeOver) return;
  const next = {
    ...incident,
    ack: isAckOver ? null : ack,
    snooze: isSnoozeOver ? null : snooze,
    version: incident.version + 1,
  };
  draft.incident.put(next);
  const own = ownIntent(draft, next, { reason: isAckOver ? 'ACK_EXPIRED' : 'SNOOZE_ENDED' });
  if (own) tellLoud(draft, own, null);
}

/** What fires still when a silence ends is said in one notice. */
function endSilences(draft: Draft): void {
  for (const silence of draft.silence.values()) {
    if (silence.isOver || silence.ends > draft.now) continue;
    const at = silence.ends - 1;
    draft.silence.put({ ...silence, isOver: true });
    draft.note({ what: 'silence ended', silence: silence.id, at: draft.now });
    for (const incident of draft.incident.values()) {
      if (incident.closed !== null || incident.kind === 'digest') continue;
      const isSilenced = firingMembers(incident).some((member) => silences(silence, member, at));
      const own = isSilenced ? ownIntent(draft, incident, { reason: 'SILENCE_ENDED' }) : null;
      if (own) tellLoud(draft, own, null);
    }
  }
}

/** What happened once stops being news: at once, or when somebody has seen it. */
function endOnce(draft: Draft, id: string): void {
  const incident = draft.incident.get(id);
  if (incident === undefined) return;
  const hasOnce = Object.values(incident.members).some(({ endsAt }) => endsAt !== null);
  if (!hasOnce) return;
  const isSeen = incident.ack !== null;
  const over = firingMembers(incident).filter(
    ({ endsAt }) => endsAt !== null && (endsAt <= draft.now || isSeen),
  );
  if (over.length === 0) return;
  const ended = over.map((member) => [
    member.fingerprint,
    { ...member, ended: { at: draft.now, why: 'EVENT' as const } },
  ]);
  const members = { ...incident.members, ...Object.fromEntries(ended) };
  draft.incident.put(relevelled({ ...incident, members }));
  const next = draft.incident.get(id);
  if (next === undefined || firingMembers(next).length > 0) return;
  closeIncident(draft, id);
  const closed = draft.incident.get(id);
  for (const destination of Object.keys(next.told)) {
    if (closed && isSeen) queueEdit(draft, { incident: closed, destination, reason: 'EVENT' }, []);
  }
}

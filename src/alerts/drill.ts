import type { Draft } from './draft.ts';
import { enqueue, tell } from './enqueue.ts';
import { type Incident, noteOf, withMember } from './incident.ts';
import { takeParcel } from './keep-parcel.ts';
import { openIncident } from './open-incident.ts';

const KEY = 'exercise ';

/** It tried a place and is about nothing else. */
export function isDrill({ key }: Pick<Incident, 'key'>): boolean {
  return key.startsWith(KEY);
}

/**
 * A synthetic alert for one destination, by the way that real ones take: outbox, lease, platform. Levels,
 * quiet hours and fallbacks do not apply: it is this place that is tried. Answers the parcel's id.
 */
export function drill(
  draft: Draft,
  of: { readonly destination: string; readonly isSilent: boolean },
): string {
  const { destination } = of;
  const name = `drill ${destination}`;
  const level = 'INFO';
  const intent = noteOf({
    id: `${name} ${draft.now} ${draft.ledger().taken}`,
    fingerprint: name,
    rule: 'blind',
    subject: { kind: 'desk' },
    episode: draft.now,
    reason: 'DRILL',
    level,
    at: draft.now,
    value: null,
    threshold: null,
    dataAgeMs: null,
    flaps: 0,
    offlineMs: null,
    facts: { trouble: name },
  });
  const opened = openIncident(draft, { key: `${KEY}${destination}`, kind: 'normal', level });
  const incident = withMember(opened, intent);
  draft.incident.put(incident);
  const parcel = takeParcel(draft, { incident: incident.id, intent, destination });
  const parcels = parcel ? [parcel.id] : [];
  tell(draft, incident.id, destination, { level, digest: null });
  enqueue(draft, {
    ...{ incident: incident.id, destination, level, parcels, isSilent: of.isSilent },
    ...{ op: 'send', lane: 'RESOLVED_CRIT', reason: 'DRILL' },
  });
  return parcels[0] ?? '';
}

import type { Draft } from './draft.ts';
import type { Incident, IntentNote } from './incident.ts';
import { type Parcel, parcelId } from './parcel.ts';

type Outcome = Pick<Parcel, 'outcome' | 'ref'>;

/**
 * Takes an intent in for one destination; null when it is known there already. What only the minimum
 * level kept away may still be wanted there: on behalf of a place that does not work.
 */
export function takeParcel(
  draft: Draft,
  of: { readonly incident: string; readonly intent: IntentNote; readonly destination: string },
): Parcel | null {
  const id = parcelId(of.intent, of.destination);
  const known = draft.intent.get(id);
  if (known !== undefined && known.ref !== 'below-level') return null;
  const { incident, intent, destination } = of;
  const parcel: Parcel = {
    ...{ id, incident, intent, destination },
    outcome: 'collecting',
    ref: null,
    at: draft.now,
  };
  draft.intent.put(parcel);
  if (known !== undefined) return parcel;
  const ledger = draft.ledger();
  draft.timer.put({ ...ledger, taken: ledger.taken + 1 });
  return parcel;
}

/** Writes down what became of these parcels. */
export function settleParcels(
  draft: Draft,
  ids: Iterable<string>,
  { outcome, ref }: Outcome,
): void {
  for (const id of ids) {
    const parcel = draft.intent.get(id);
    if (parcel) draft.intent.put({ ...parcel, outcome, ref, at: draft.now });
  }
}

/** An intent about an incident as a whole, spoken for by its worst member. */
export function ownIntent(
  draft: Draft,
  incident: Incident,
  of: Pick<IntentNote, 'reason'> & { readonly facts?: IntentNote['facts'] },
): { readonly incident: Incident; readonly intent: IntentNote } | null {
  const member = Object.values(incident.members)
    .filter(({ ended }) => ended === null)
    .sort((a, b) => a.since - b.since)
    .find(({ level }) => level === incident.level);
  if (member === undefined) return null;
  const next = { ...incident, sends: incident.sends + 1 };
  draft.incident.put(next);
  const { fingerprint, rule, subject, episode, level, value, threshold, dataAgeMs } = member;
  return {
    incident: next,
    intent: {
      ...{ fingerprint, rule, subject, episode, level, value, threshold, dataAgeMs },
      id: `${incident.id} ${of.reason} ${next.sends}`,
      reason: of.reason,
      at: draft.now,
      flaps: 0,
      offlineMs: null,
      facts: of.facts ?? member.facts,
    },
  };
}

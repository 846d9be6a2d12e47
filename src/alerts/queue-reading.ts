import { SECOND } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { enqueue, waitingRow } from './enqueue.ts';
import type { Incident } from './incident.ts';
import { ruleOf } from './route-intent.ts';

/** A reading is of a moment: what could not be shown by then is not shown. */
const WORTH_MS = 30 * SECOND;

/**
 * Has the incident's message drawn once more, now that there is a reading of it. False, and nothing is queued:
 * it has changed since, its message cannot be changed, another one is about to go there and takes the reading
 * along, or there is so much to say that a digest speaks.
 */
export function queueReading(
  draft: Draft,
  { incident, destination }: { readonly incident: Incident; readonly destination: string },
): boolean {
  const { id, version } = incident;
  const known = draft.incident.get(id);
  const told = known?.told[destination];
  if (known?.version !== version || known.closed !== null) return false;
  if (!told?.messageId || told.digest !== null) return false;
  if (draft.destinationOf(destination).digest !== null) return false;
  if (ruleOf(destination, draft.settings)?.canEdit !== true) return false;
  if (waitingRow(draft, id, destination)) return false;
  enqueue(draft, {
    ...{ incident: id, destination, parcels: [], reads: version },
    ...{ op: 'edit', lane: 'EDIT', reason: 'REPEAT', level: 'INFO', isSilent: true },
    expiresAt: draft.now + WORTH_MS,
  });
  return true;
}

import type { Level } from './alert.ts';
import { HOUR, MINUTE } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { firingMembers, type Incident } from './incident.ts';
import { ownIntent } from './keep-parcel.ts';
import { tellLoud } from './take-intents.ts';

const CRIT_MINUTES = [5, 10, 20];

/** The heartbeat of what nobody has acknowledged: ms after the last message; null: never. */
function repeatAfter(level: Level, count: number): number | null {
  switch (level) {
    case 'EMERG':
      return 2 * MINUTE;
    case 'CRIT':
      return (CRIT_MINUTES[count] ?? 30) * MINUTE;
    case 'WARN':
      return 4 * HOUR;
    case 'INFO':
      return null;
  }
}

/** The timer starts when something was delivered, not when it was wanted. */
export function startRepeat(incident: Incident, now: number): Incident {
  if (incident.closed !== null || incident.ack !== null) return incident;
  const count = incident.repeat?.count ?? 0;
  const after = repeatAfter(incident.level, count);
  return { ...incident, repeat: after === null ? null : { nextAt: now + after, count } };
}

export function tickRepeat(draft: Draft, id: string): void {
  const incident = draft.incident.get(id);
  if (!incident?.repeat || incident.repeat.nextAt > draft.now || incident.ack) return;
  if (incident.closed !== null || firingMembers(incident).length === 0) return;
  const count = incident.repeat.count + 1;
  const after = repeatAfter(incident.level, count);
  const next = {
    ...incident,
    repeat: after === null ? null : { nextAt: draft.now + after, count },
  };
  const own = ownIntent(draft, next, { reason: 'REPEAT' });
  if (own) tellLoud(draft, own, null);
}

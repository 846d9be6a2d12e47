import { err, ok, type Result } from '../domain/result.ts';
import type { Level } from './alert.ts';
import { HOUR, MINUTE } from './delivery-rules.ts';
import type { Draft } from './draft.ts';
import { queueEdit } from './enqueue.ts';
import { firingMembers, type Incident } from './incident.ts';

/** What somebody wants of an incident. */
export interface Press {
  readonly incident: string;
  readonly verb: 'ack' | 'snooze';
  /** Null: the usual time for its level. */
  readonly forMs: number | null;
  readonly by: string;
}

export interface Pressed {
  readonly incident: Incident;
  readonly until: number;
}

/** Nothing is changed by a press that comes too late or twice; it says what is. */
export type PressRefusal =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'over'; readonly incident: Incident }
  | {
      readonly kind: 'already';
      readonly incident: Incident;
      readonly by: string;
      readonly until: number;
    };

const ACK_MS: Readonly<Record<Level, number>> = {
  INFO: 4 * HOUR,
  WARN: 4 * HOUR,
  CRIT: 30 * MINUTE,
  EMERG: 30 * MINUTE,
};
const LONGEST_MS: Readonly<Record<Level, number>> = {
  INFO: 24 * HOUR,
  WARN: 24 * HOUR,
  CRIT: 4 * HOUR,
  EMERG: 2 * HOUR,
};
const SNOOZE_MS = HOUR;

/** Takes an incident in hand, or puts it off. Bounded in time, and only for what stands there now. */
export function press(draft: Draft, asked: Press): Result<Pressed, PressRefusal> {
  const incident = draft.incident.get(asked.incident);
  if (incident === undefined) return err({ kind: 'unknown' });
  if (incident.closed !== null) return err({ kind: 'over', incident });
  const covered =
    incident.kind === 'normal'
      ? [incident]
      : incident.covers.flatMap((id) => draft.incident.get(id) ?? []);
  const open = covered.filter(({ closed }) => closed === null);
  if (open.length === 0) return err({ kind: 'over', incident });
  const done = open.map((each) => standing(each, asked.verb, draft.now));
  const [first] = done;
  if (first && done.every((each) => each !== null)) {
    return err({ kind: 'already', incident, by: first.by, until: first.until });
  }
  const until = draft.now + timeFor(incident, asked);
  for (const each of open) {
    if (standing(each, asked.verb, draft.now) === null) take(draft, each, { ...asked, until });
  }
  if (incident.kind === 'digest') {
    const ackedBy = asked.verb === 'ack' ? asked.by : incident.ackedBy;
    draft.incident.put({ ...incident, ackedBy, version: incident.version + 1 });
    refresh(draft, incident.id);
  }
  return ok({ incident: draft.incident.get(incident.id) ?? incident, until });
}

/** What there is already; null: nothing that still holds. */
function standing(
  incident: Incident,
  verb: Press['verb'],
  now: number,
): { readonly by: string; readonly until: number } | null {
  const found = verb === 'ack' ? incident.ack : incident.snooze;
  return found && found.until > now ? found : null;
}

function timeFor({ level }: Incident, { verb, forMs }: Press): number {
  const usual = verb === 'ack' ? ACK_MS[level] : SNOOZE_MS;
  return Math.min(Math.max(MINUTE, forMs ?? usual), LONGEST_MS[level]);
}

function take(draft: Draft, incident: Incident, of: Press & { readonly until: number }): void {
  const { by, until, verb } = of;
  const { level } = incident;
  const { now } = draft;
  const members = firingMembers(incident).map(({ fingerprint }) => fingerprint);
  const version = incident.version + 1;
  draft.incident.put(
    verb === 'ack'
      ? {
          ...incident,
          version,
          ackedBy: by,
          repeat: null,
          ack: { by, at: now, level, until, members },
        }
      : { ...incident, version, snooze: { by, level, until } },
  );
  draft.note({ what: verb, incident: incident.id, by, until, at: now });
  refresh(draft, incident.id);
}

/** Every message of it, on every network, shows what holds now. */
function refresh(draft: Draft, id: string): void {
  const places = Object.keys(draft.incident.get(id)?.told ?? {});
  for (const destination of places) {
    const incident = draft.incident.get(id);
    if (incident) queueEdit(draft, { incident, destination, reason: 'REPEAT' }, []);
  }
}

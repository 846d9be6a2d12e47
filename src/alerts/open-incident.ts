import type { Level } from './alert.ts';
import type { Draft } from './draft.ts';
import type { Incident } from './incident.ts';

const LETTERS = '23456789abcdefghjkmnpqrstvwxyz';
const SHORTEST = 4;

/** A new story. Its id is short and no other open or remembered incident has it. */
export function openIncident(
  draft: Draft,
  of: { readonly key: string; readonly kind: Incident['kind']; readonly level: Level },
): Incident {
  const incident: Incident = {
    ...of,
    id: freshCode(draft),
    opened: draft.now,
    closed: null,
    peak: of.level,
    members: {},
    covers: [],
    tokens: { ack: draft.token(), snooze: draft.token(), details: draft.token() },
    told: {},
    ack: null,
    ackedBy: null,
    snooze: null,
    repeat: null,
    escalation: null,
    version: 0,
    sends: 0,
    flaps: 0,
    catchUp: null,
  };
  draft.incident.put(incident);
  return incident;
}

/** Four letters that can be read over a phone, more only when they are taken. */
export function freshCode(draft: Draft): string {
  let code = '';
  while (code.length < SHORTEST || isTaken(draft, code)) {
    code += LETTERS.charAt(Math.floor(draft.random() * LETTERS.length));
  }
  return code;
}

function isTaken(draft: Draft, code: string): boolean {
  return draft.incident.get(code) !== undefined || draft.silence.get(code) !== undefined;
}

import type { AlertInstance, Intent } from '../../alerts/alert.ts';
import type { AlertEvent } from '../../alerts/alert-event.ts';
import {
  createInhibition,
  liftInhibition,
  type Sifted,
  siftIntents,
} from '../../alerts/inhibition.ts';
import type { InhibitionRule } from '../../alerts/inhibition-rules.ts';
import type { Happening } from '../../alerts/look/happening.ts';
import { type AlertSettings, settingsFor } from '../../alerts/rule-settings.ts';
import type { Sample } from '../../alerts/sample.ts';
import { stepEvent } from '../../alerts/step-event.ts';
import { type StepContext, stepInstance } from '../../alerts/step-instance.ts';
import type { AlertChange } from '../../ports/alert-store.ts';
import type { AlertDesk } from '../alerts/alert-desk.ts';
import {
  type AlertMemory,
  heldRow,
  instanceRow,
  isForgettable,
  isWorthKeeping,
} from './alert-memory.ts';

interface MachineDeps {
  readonly memory: AlertMemory;
  readonly settings: () => AlertSettings;
  readonly inhibitions: readonly InhibitionRule[];
  readonly venuesOfBook: (book: string) => readonly string[];
  readonly desk: Pick<AlertDesk, 'take'>;
}

/** What one look has seen. */
interface Seen extends Omit<StepContext, 'settings'> {
  readonly samples: readonly Sample[];
  readonly happenings: readonly Happening[];
}

/** Steps alerts by what was seen. One at a time: the caller waits for one before the next. */
export interface AlertMachine {
  /** False: the store did not take it, and nothing has changed; a later look sees the same again. */
  take(seen: Seen): Promise<boolean>;
  /** Drops what is over and in nobody's view any more. */
  forget(seen: ReadonlySet<string>, now: number): Promise<void>;
  instances(): ReadonlyMap<string, AlertInstance>;
}

export function createAlertMachine(deps: MachineDeps): AlertMachine {
  const { memory, desk } = deps;
  const { instances } = memory;
  return {
    async take(seen) {
      const turn = stepAll(seen, deps);
      const sifted = sift(turn, seen.now, deps);
      const rows = rowsOf(turn, sifted.held, memory);
      const kept =
        rows.length === 0 && turn.intents.length === 0
          ? true
          : (await desk.take({ intents: turn.intents, inhibited: sifted.inhibited }, rows)).ok;
      if (!kept) return false;
      for (const [fingerprint, next] of turn.next) instances.set(fingerprint, next);
      memory.held = sifted.held;
      return true;
    },
    async forget(seen, now) {
      const gone = [...instances.values()].filter(
        (instance) => !seen.has(instance.fingerprint) && isForgettable(instance, now),
      );
      const stored = gone.filter(({ episode }) => episode > 0);
      const rows = stored.map(({ fingerprint }): AlertChange => {
        return { remove: { kind: 'instance', id: fingerprint } };
      });
      const none = { intents: [], inhibited: new Map<string, string>() };
      if (rows.length > 0 && !(await desk.take(none, rows)).ok) return;
      for (const { fingerprint } of gone) instances.delete(fingerprint);
    },
    instances: () => instances,
  };
}

interface Turn {
  readonly next: Map<string, AlertInstance>;
  readonly intents: Intent[];
  readonly events: AlertEvent[];
}

function stepAll({ samples, happenings, ...given }: Seen, deps: MachineDeps): Turn {
  const turn: Turn = { next: new Map(), intents: [], events: [] };
  const settings = deps.settings();
  const { instances } = deps.memory;
  const beforeOf = (fingerprint: string) =>
    turn.next.get(fingerprint) ?? instances.get(fingerprint) ?? null;
  const keep = ({ next, intents, event }: ReturnType<typeof stepInstance>) => {
    turn.next.set(next.fingerprint, next);
    turn.intents.push(...intents);
    if (event !== null) turn.events.push(event);
  };
  for (const sample of samples) {
    const before = beforeOf(sample.fingerprint);
    const own = settingsFor(settings, sample.rule, sample.scope);
    if (own === null && before === null) continue;
    keep(stepInstance(before, sample, { ...given, settings: own }));
  }
  for (const happening of happenings) {
    const { sample } = happening;
    const own = settingsFor(settings, sample.rule, sample.scope);
    const offlineMs = given.resumed && Math.max(0, given.now - given.resumed.offlineSince);
    const of = { now: given.now, ruleVersion: own?.version ?? '', offlineMs };
    keep(stepEvent(beforeOf(sample.fingerprint), happening, of));
  }
  return turn;
}

const LIFT_MS = 1000;

/** Asked after everything was stepped: a target that comes before its source must not slip through. */
function sift(turn: Turn, now: number, deps: MachineDeps) {
  const { memory, inhibitions: rules, venuesOfBook } = deps;
  const quiet: Sifted['quiet'][number][] = [];
  // Every instance there is has to be asked: what nobody waits for may wait a second.
  const isCalm = turn.intents.length === 0;
  if (isCalm && (memory.held.size === 0 || now - memory.liftedAt < LIFT_MS)) {
    return { held: memory.held, inhibited: inhibitedIn(quiet) };
  }
  memory.liftedAt = now;
  const all = new Map([...memory.instances, ...turn.next]);
  const inhibitorOf = createInhibition(all.values(), { rules, now, venuesOfBook });
  const sifted = siftIntents(turn.intents, memory.held, inhibitorOf);
  const settingsOf = ({ rule, subject }: AlertInstance) =>
    settingsFor(deps.settings(), rule, {
      account: 'account' in subject ? subject.account : null,
      asset: 'asset' in subject ? subject.asset : null,
      books: 'book' in subject ? [subject.book] : [],
    });
  const held = new Set(sifted.held);
  const lifted = liftInhibition(held, { instances: all, inhibitorOf, settingsOf, now });
  for (const { next, intent } of lifted) {
    turn.next.set(next.fingerprint, next);
    turn.intents.push(intent);
    held.delete(next.fingerprint);
  }
  return { held, inhibited: inhibitedIn(sifted.quiet) };
}

/** An end that nobody heard the beginning of is for the alert desk to find out by itself. */
function inhibitedIn(quiet: Sifted['quiet']): ReadonlyMap<string, string> {
  return new Map(
    quiet.flatMap(({ intent, by }) => (by === 'never-told' ? [] : [[intent.id, by.rule] as const])),
  );
}

function rowsOf(turn: Turn, held: ReadonlySet<string>, memory: AlertMemory): AlertChange[] {
  const kept = [...turn.next.values()].filter((next) =>
    isWorthKeeping(memory.instances.get(next.fingerprint) ?? null, next),
  );
  const isHeldSame = held.size === memory.held.size && [...held].every((id) => memory.held.has(id));
  return [
    ...kept.map(instanceRow),
    ...turn.events.map((event) => ({ event: { at: event.at, body: JSON.stringify(event) } })),
    ...(isHeldSame ? [] : [heldRow(held)]),
  ];
}

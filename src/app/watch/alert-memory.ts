import type { AlertInstance } from '../../alerts/alert.ts';
import { instanceOf, instanceText } from '../../alerts/instance-text.ts';
import type { AlertChange, AlertRow } from '../../ports/alert-store.ts';

/** Where every alert is, and which of them go on unheard: in memory as in the store's rows. */
export interface AlertMemory {
  readonly instances: Map<string, AlertInstance>;
  held: ReadonlySet<string>;
  /** When it was last asked who of them may speak again. */
  liftedAt: number;
}

/** Row of the same kind as the alerts'; no fingerprint looks like it. */
const HELD = 'held';

/** What the last process left behind. A row that cannot be read is an alert judged anew. */
export function rememberedAlerts(rows: readonly AlertRow[]): AlertMemory {
  const own = rows.filter(({ kind }) => kind === 'instance');
  const instances = own.flatMap(({ id, body }) => {
    const found = id === HELD ? null : instanceOf(body);
    return found === null ? [] : [[found.fingerprint, found] as const];
  });
  return {
    instances: new Map(instances),
    held: heldIn(own.find(({ id }) => id === HELD)),
    liftedAt: 0,
  };
}

function heldIn(row: AlertRow | undefined): ReadonlySet<string> {
  const held: unknown = row === undefined ? [] : JSON.parse(row.body);
  return new Set(Array.isArray(held) ? held.filter((each) => typeof each === 'string') : []);
}

export function instanceRow(instance: AlertInstance): AlertChange {
  return { put: { kind: 'instance', id: instance.fingerprint, body: instanceText(instance) } };
}

export function heldRow(held: ReadonlySet<string>): AlertChange {
  return { put: { kind: 'instance', id: HELD, body: JSON.stringify([...held]) } };
}

/** As often as this the figures of what fires are written down although nothing else has changed. */
const REFRESH_MS = 60_000;

/**
 * Whether a restart would miss it. What only says "seen again, all is well" is not written: a desk looks
 * by the second.
 */
export function isWorthKeeping(before: AlertInstance | null, next: AlertInstance): boolean {
  if (before === null) return next.phase !== 'ok' || next.episode > 0;
  const isSame =
    before.phase === next.phase &&
    before.level === next.level &&
    before.data === next.data &&
    before.episode === next.episode &&
    before.intents === next.intents &&
    before.peakLevel === next.peakLevel &&
    before.ruleVersion === next.ruleVersion &&
    (before.keep === null) === (next.keep === null) &&
    Object.keys(before.breach).join() === Object.keys(next.breach).join();
  if (!isSame) return true;
  // Only one look a minute crosses the line of a full minute.
  const minuteOf = ({ judgedAt }: AlertInstance) => Math.floor((judgedAt ?? 0) / REFRESH_MS);
  return next.phase !== 'ok' && minuteOf(before) !== minuteOf(next);
}

/** Longer than the alert desk remembers what it was told: the same episode must not be told by one id twice. */
const FORGET_MS = 7 * 86_400_000;

/** What is over, gone from the desk, and has no number left that anybody counts on. */
export function isForgettable(instance: AlertInstance, now: number): boolean {
  if (instance.phase !== 'ok') return false;
  return instance.episode === 0 || (instance.judgedAt ?? 0) < now - FORGET_MS;
}

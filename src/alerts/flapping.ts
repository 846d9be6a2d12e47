import type { AlertInstance } from './alert.ts';

/** Fires again this soon after it resolved: the same incident. */
const REOPEN_MS = 600_000;
const HOUR_MS = 3_600_000;
/** Reopenings within an hour from which on it is flapping. */
const MANY = 6;
/** More than can matter. */
const REMEMBERED = 12;
/** A flapping alert must be better for this many times as long before it is over. */
const PATIENCE = 4;

/** The reopenings of the last hour when it fires now; newest last. */
export function reopenedWhenFiring(
  { reopened, resolvedAt }: AlertInstance,
  now: number,
): readonly number[] {
  const recent = reopened.filter((at) => now - at < HOUR_MS);
  const isReopening = resolvedAt !== null && now - resolvedAt <= REOPEN_MS;
  return isReopening ? [...recent, now].slice(-REMEMBERED) : recent;
}

/** How often it came back within the hour; 0 when this episode is no reopening. */
export function flapsOf({ reopened, firedAt }: AlertInstance): number {
  return firedAt !== null && reopened.at(-1) === firedAt ? reopened.length : 0;
}

function isFlapping({ reopened }: AlertInstance, now: number): boolean {
  return reopened.filter((at) => now - at < HOUR_MS).length >= MANY;
}

/** How long it must be better now. EMERG is never kept longer for having flapped. */
export function keepMsOf(instance: AlertInstance, keepMs: number, now: number): number {
  const isPatient = instance.level !== 'EMERG' && isFlapping(instance, now);
  return isPatient ? keepMs * PATIENCE : keepMs;
}

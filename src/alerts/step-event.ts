import type { AlertInstance } from './alert.ts';
import { eventOf } from './alert-event.ts';
import { withIntent } from './intent-of.ts';
import type { Happening } from './look/happening.ts';
import { newInstance, withoutFuture } from './new-instance.ts';
import type { Step } from './step-instance.ts';

/**
 * Something that happened once: told of, and over. The instance only counts, so that a replay of the same
 * look makes the same intent and an older look none.
 */
export function stepEvent(
  instance: AlertInstance | null,
  { sample, level }: Happening,
  of: { readonly now: number; readonly ruleVersion: string; readonly offlineMs: number | null },
): Step {
  const { now, ruleVersion, offlineMs } = of;
  const before =
    instance === null ? newInstance(sample, { now, ruleVersion }) : withoutFuture(instance, now);
  if (sample.sequence <= before.sequence) return { next: before, intents: [], event: null };
  const next: AlertInstance = {
    ...before,
    ...{ value: sample.value, valueAt: sample.observedAt, peakLevel: level, ruleVersion },
    ...{ episode: before.episode + 1, firedAt: now, judgedAt: now, intents: 0 },
    sequence: sample.sequence,
  };
  const event = eventOf(before, next, { at: now, cause: 'happened', threshold: null });
  const parts = { reason: 'EVENT', level, threshold: null, now, offlineMs } as const;
  return { ...withIntent(next, sample, parts), event };
}

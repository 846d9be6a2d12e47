import type { AlertInstance } from './alert.ts';
import { eventOf } from './alert-event.ts';
import { withIntent } from './intent-of.ts';
import type { Sample } from './sample.ts';
import type { Step } from './step-instance.ts';

export interface RemoveParts {
  readonly reason: 'CLOSED' | 'RULE_REMOVED';
  readonly now: number;
  readonly offlineMs: number | null;
}

/**
 * Ends an alert for another reason than a value that got better: what it was about is gone, or nobody
 * asked for the rule any more. It is told of when it had fired, and never as resolved.
 */
export function removeInstance(
  before: AlertInstance,
  sample: Sample,
  { reason, now, offlineMs }: RemoveParts,
): Step {
  const ended: AlertInstance = {
    ...before,
    ...{ phase: 'ok', level: null, breach: {}, keep: null, resolvedAt: null },
    ...{ sequence: sample.sequence, judgedAt: now, data: 'fresh' },
    dataSince: before.data === 'fresh' ? before.dataSince : now,
  };
  if (before.phase === 'ok') return { next: ended, intents: [], event: null };
  const cause = reason === 'CLOSED' ? 'closed' : 'rule-removed';
  const event = eventOf(before, ended, { at: now, cause, threshold: null });
  const { peakLevel, level } = before;
  const highest = peakLevel ?? level;
  if (before.phase === 'pending' || highest === null) return { next: ended, intents: [], event };
  // The figures of this sample are none of its own: the last known ones are shown.
  const last = { ...sample, values: {}, observedAt: before.valueAt };
  const parts = { reason, level: highest, threshold: null, now, offlineMs };
  return { ...withIntent(ended, last, parts), event };
}

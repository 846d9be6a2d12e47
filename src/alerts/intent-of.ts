import type { AlertInstance, Intent, IntentReason, Level } from './alert.ts';
import { flapsOf } from './flapping.ts';
import { hash128 } from './hash-128.ts';
import type { RuleSettings } from './rule-settings.ts';
import type { Sample } from './sample.ts';

export interface IntentParts {
  readonly reason: IntentReason;
  readonly level: Level;
  readonly threshold: Intent['threshold'];
  readonly now: number;
  readonly offlineMs: number | null;
}

/** Adds an intent to a step: the instance counts it, so that a replay makes the same one with the same id. */
export function withIntent(
  next: AlertInstance,
  sample: Pick<Sample, 'value' | 'values' | 'observedAt' | 'facts'>,
  { reason, level, threshold, now, offlineMs }: IntentParts,
): { readonly next: AlertInstance; readonly intents: readonly [Intent] } {
  const { fingerprint, rule, subject, episode } = next;
  const number = next.intents;
  const isEnd = next.level === null;
  const own = isEnd ? undefined : sample.values[level];
  const intent: Intent = {
    id: intentId({ fingerprint, episode, reason, level, number }),
    ...{ fingerprint, rule, subject, episode, reason, level, at: now, threshold, offlineMs },
    value: own === undefined || own === null || own === 'unused' ? next.value : own,
    dataAgeMs: sample.observedAt === null ? null : Math.max(0, now - sample.observedAt),
    flaps: flapsOf(next),
    facts: sample.facts,
  };
  return { next: { ...next, intents: number + 1 }, intents: [intent] };
}

/** The name of an intent. `number` tells apart those of one episode, reason and level. */
function intentId(of: {
  readonly fingerprint: string;
  readonly episode: number;
  readonly reason: IntentReason;
  readonly level: Level;
  readonly number: number;
}): string {
  return hash128([of.fingerprint, of.episode, of.reason, of.level, of.number].join('\u0000'));
}

/** The threshold a level was entered by; null where the value is no figure. */
export function enterOf(settings: RuleSettings, level: Level): Intent['threshold'] {
  return settings.levels[level]?.enter ?? null;
}

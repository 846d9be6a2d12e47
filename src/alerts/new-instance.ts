import type { AlertInstance } from './alert.ts';
import type { Sample } from './sample.ts';

/** An alert that nobody has heard of yet. */
export function newInstance(
  { fingerprint, rule, subject }: Pick<Sample, 'fingerprint' | 'rule' | 'subject'>,
  { now, ruleVersion }: { readonly now: number; readonly ruleVersion: string },
): AlertInstance {
  return {
    ...{ fingerprint, rule, subject, phase: 'ok', level: null },
    ...{ value: null, valueAt: null, peak: null, peakLevel: null },
    ...{ data: 'fresh', dataSince: now, breach: {}, keep: null },
    ...{ episode: 0, firedAt: null, resolvedAt: null, reopened: [] },
    ...{ sequence: -1, judgedAt: null, intents: 0, ruleVersion },
  };
}

/**
 * The same with nothing in it that lies ahead of `now`: after a restart on a clock that was put back, a
 * breach that begins tomorrow would not be told of until then.
 */
export function withoutFuture(instance: AlertInstance, now: number): AlertInstance {
  const { judgedAt, dataSince, resolvedAt } = instance;
  if ((judgedAt ?? 0) <= now && dataSince <= now && (resolvedAt ?? 0) <= now) return instance;
  const atMost = (at: number) => Math.min(at, now);
  const breach = Object.entries(instance.breach).map(([level, run]) => {
    return [level, { ...run, since: atMost(run.since) }];
  });
  return {
    ...instance,
    dataSince: atMost(dataSince),
    judgedAt: judgedAt === null ? null : atMost(judgedAt),
    resolvedAt: resolvedAt === null ? null : atMost(resolvedAt),
    firedAt: instance.firedAt === null ? null : atMost(instance.firedAt),
    breach: Object.fromEntries(breach),
    keep: instance.keep && { ...instance.keep, since: atMost(instance.keep.since) },
    reopened: instance.reopened.map(atMost),
  };
}

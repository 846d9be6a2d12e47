import type { AlertInstance, DataState, RuleId, Subject } from '../../src/alerts/alert.ts';
import { fingerprintOf } from '../../src/alerts/fingerprint.ts';
import { resolveSettings } from '../../src/alerts/resolve-settings.ts';
import type { AlertPatches } from '../../src/alerts/rule-patch.ts';
import type { RuleSettings } from '../../src/alerts/rule-settings.ts';
import { settingsFor } from '../../src/alerts/rule-settings.ts';
import type { Sample } from '../../src/alerts/sample.ts';
import { type Step, type StepContext, stepInstance } from '../../src/alerts/step-instance.ts';
import { dec } from '../../src/domain/decimal.ts';

const ACCOUNT: Subject = { kind: 'account', venue: 'bybit', account: 'a' };
const NOWHERE = { account: null, asset: null, books: [] };
export const STALE_AFTER = 30_000;

export function ruleSettings(rule: RuleId, patches: AlertPatches = {}): RuleSettings {
  const settings = resolveSettings(patches);
  if (!settings.ok) throw new Error(JSON.stringify(settings.error));
  const found = settingsFor(settings.value, rule, NOWHERE);
  if (found === null) throw new Error(`${rule} is off`);
  return found;
}

let sequence = 0;

/** One sample, fresh at `at` unless it says otherwise. */
export function sample(rule: RuleId, changes: Partial<Sample> = {}): Sample {
  sequence += 1;
  const subject = changes.subject ?? ACCOUNT;
  return {
    fingerprint: changes.fingerprint ?? fingerprintOf(rule, subject),
    ...{ rule, subject, scope: NOWHERE, sequence },
    ...{ observedAt: 0, value: null, values: {}, forMs: {}, presence: 'present', data: 'fresh' },
    facts: {},
    ...changes,
  };
}

export interface Moment {
  /** Seconds. */
  readonly at: number;
  readonly value?: string | number | null;
  readonly data?: DataState;
  readonly more?: Partial<Sample>;
  readonly context?: Partial<StepContext>;
}

/** Plays a series on the virtual clock and collects every intent and event; nothing else can come. */
export function play(
  rule: RuleId,
  moments: readonly Moment[],
  from: { readonly instance?: AlertInstance | null; readonly settings?: RuleSettings | null } = {},
) {
  const settings = from.settings === undefined ? ruleSettings(rule) : from.settings;
  let instance = from.instance ?? null;
  const told: string[] = [];
  const causes: string[] = [];
  const steps: Step[] = [];
  for (const { at, value, data, more, context } of moments) {
    const now = at * 1000;
    const given = sample(rule, {
      observedAt: now,
      value: value === undefined || value === null ? null : dec(value),
      data: data ?? 'fresh',
      ...more,
    });
    const step = stepInstance(instance, given, {
      ...{ settings, now, staleAfterMs: STALE_AFTER, resumed: null },
      ...context,
    });
    instance = step.next;
    steps.push(step);
    told.push(...step.intents.map(({ reason, level }) => `${at} ${reason} ${level}`));
    if (step.event) causes.push(`${at} ${step.event.cause}`);
  }
  if (instance === null) throw new Error('an empty series');
  return { instance, told, causes, steps };
}

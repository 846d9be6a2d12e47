import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AlertInstance, Level, RuleId } from '../../src/alerts/alert.ts';
import { LEVELS } from '../../src/alerts/alert.ts';
import type { RuleSettings } from '../../src/alerts/rule-settings.ts';
import type { Sample } from '../../src/alerts/sample.ts';
import { stepInstance } from '../../src/alerts/step-instance.ts';
import { dec } from '../../src/domain/decimal.ts';
import { type ReferenceInput, type ReferenceRule, referenceMachine } from './reference-machine.ts';
import { ruleSettings, STALE_AFTER, sample } from './series.ts';

/** Samples of the whole run; the long mode takes as many as it is told. */
const SAMPLES = Number(process.env['PLIMSOLL_MODEL_SAMPLES'] ?? 100_000);
const LENGTH = 200;

/** Each beside an edited version of itself. */
const RULES: readonly (readonly [RuleId, RuleSettings, RuleSettings])[] = (
  [
    ['marginUsage', { WARN: { enter: dec('0.6') }, CRIT: { off: true } }],
    ['healthFactor', { WARN: { for: 0 }, keep: 5000 }],
    ['concentration', { CRIT: { for: 1000, samples: 4 } }],
    ['priceMove', { WARN: { enter: dec('0.01') }, keep: 20_000 }],
    ['dataAge', { EMERG: { off: true } }],
    ['adlRank', { CRIT: { samples: 2 } }],
  ] as const
).map(([rule, patch]) => [rule, ruleSettings(rule), ruleSettings(rule, { [rule]: patch })]);

function referenceOf(settings: RuleSettings): ReferenceRule {
  const { crosses, keepMs, keepSamples, version: name } = settings;
  return {
    ...{ name, keepMs, keepSamples },
    isDangerousUp: crosses === 'at-or-above' || crosses === 'above',
    countsAtThreshold: crosses === 'at-or-above' || crosses === 'at-or-below',
    levels: LEVELS.map((level) => {
      const of = settings.levels[level];
      if (of === undefined) return null;
      const { forMs, minSamples: min } = of;
      return { enter: of.enter.toNumber(), exit: of.exit.toNumber(), forMs, min };
    }),
  };
}

/** Thresholds, exits, and a little to both sides of them: where machines differ. */
function valuesOf(settings: RuleSettings): number[] {
  const edges = Object.values(settings.levels).flatMap(({ enter, exit }) => [enter, exit]);
  return edges.flatMap((edge) => {
    const at = edge.toNumber();
    return [at * 0.99, at, at * 1.01].map((value) => Number(value.toFixed(9)));
  });
}

const STEPS_MS = [0, 1, 200, 1000, 1000, 1000, 5000, 9999, 15_000, 60_000, 61_000, 300_000];

interface Move {
  readonly kind: 'look' | 'stale' | 'error' | 'gone' | 'old' | 'edit' | 'off' | 'restart';
  readonly stepMs: number;
  readonly pick: number;
}

/** A number as one thing that may happen; mostly looks, or nothing else would ever last. */
function moveOf(word: number): Move {
  const stepMs = STEPS_MS[(word >>> 8) % STEPS_MS.length] as number;
  const kinds = ['stale', 'error', 'gone', 'old', 'edit', 'off', 'restart', 'stale'] as const;
  const special = word & 0xff;
  const kind = special < 40 ? (kinds[special % kinds.length] ?? 'look') : 'look';
  return { kind, stepMs, pick: word >>> 13 };
}

test('random series: equal to the reference in every transition', () => {
  const series = fc.tuple(
    fc.nat(RULES.length - 1),
    fc.uint32Array({ minLength: LENGTH, maxLength: LENGTH }),
  );
  let seen = 0;
  const reasons = new Map<string, number>();
  fc.assert(
    fc.property(series, ([which, words]) => {
      const told = compare(RULES[which] as (typeof RULES)[number], words);
      seen += words.length;
      for (const line of told) {
        const reason = line.split(' ')[0] ?? '';
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }),
    { seed: 20_251_010, numRuns: Math.ceil(SAMPLES / LENGTH) },
  );
  expect(seen).toBeGreaterThanOrEqual(SAMPLES);
  // A model test that never gets anywhere proves nothing.
  const all = ['FIRST', 'CATCH_UP', 'LEVEL_UP', 'LEVEL_DOWN', 'RESOLVED', 'CLOSED', 'RULE_REMOVED'];
  for (const reason of all) expect(reasons.get(reason) ?? 0, reason).toBeGreaterThan(20);
});

function compare([rule, first, second]: (typeof RULES)[number], words: Uint32Array): string[] {
  const reference = referenceMachine();
  const values = [...valuesOf(first), ...valuesOf(second)];
  const all: string[] = [];
  let instance: AlertInstance | null = null;
  let settings = first;
  let now = 1_000_000;
  let sequence = 0;
  let value = values[0] as number;
  let resumed: ReferenceInput['resumed'] = null;
  let lastWords = 0;
  for (const word of words) {
    const { kind, stepMs, pick } = moveOf(word);
    // Half of the time the value stays: only what lasts is ever told of.
    if (pick % 2 === 0) value = values[(pick >>> 1) % values.length] as number;
    if (kind === 'restart') resumed = { offlineSince: now, at: now + stepMs };
    else if (lastWords++ % 7 === 6) resumed = null;
    if (kind === 'edit') settings = settings === first ? second : first;
    now += stepMs;
    const isOld = kind === 'old' && instance !== null;
    if (!isOld) sequence += 1 + (pick % 3);
    const given = sampleOf(rule, { kind, value, now, sequence: isOld ? sequence - 2 : sequence });
    const chosen = kind === 'off' ? null : settings;
    const context = { settings: chosen, now, staleAfterMs: STALE_AFTER, resumed };
    const step = stepInstance(instance, given, context);
    const told = step.intents.map(({ reason, level }) => `${reason} ${level}`);
    if (isOld && given.sequence <= (instance?.sequence ?? -1)) {
      expect(step.next).toEqual(instance);
      expect(told).toEqual([]);
      continue;
    }
    const look =
      kind === 'stale' || kind === 'error' || kind === 'gone' ? kind : ({ value } as const);
    const expected = reference({ now, rule: chosen && referenceOf(chosen), look, resumed });
    instance = step.next;
    const { phase, level, data, episode } = instance;
    const got = { phase, level, data, episode, told };
    if (JSON.stringify(got) !== JSON.stringify(expected)) expect(got).toEqual(expected);
    all.push(...told);
  }
  return all;
}

function sampleOf(
  rule: RuleId,
  of: { kind: Move['kind']; value: number; now: number; sequence: number },
): Sample {
  const { kind, now: observedAt, sequence } = of;
  return sample(rule, {
    fingerprint: rule,
    ...{ sequence, observedAt, value: dec(String(of.value)) },
    data: kind === 'stale' || kind === 'error' ? kind : 'fresh',
    presence: kind === 'gone' ? 'absent' : 'present',
  });
}

test('the reference bites: a machine that is wrong in one place differs', () => {
  const settings = ruleSettings('marginUsage');
  const wrong: RuleSettings = { ...settings, keepMs: settings.keepMs + 1 };
  const level: Level = 'CRIT';
  const told = [settings, wrong].map((by) => {
    let instance: AlertInstance | null = null;
    return [0.7, 0.1, 0.1].flatMap((value, index) => {
      const now = index * settings.keepMs;
      const given = sampleOf('marginUsage', {
        kind: 'look',
        value,
        now: now + Math.min(index, 1),
        sequence: index,
      });
      const context = {
        settings: by,
        now: now + Math.min(index, 1),
        staleAfterMs: STALE_AFTER,
        resumed: null,
      };
      const step = stepInstance(instance, given, context);
      instance = step.next;
      return step.intents.map((intent) => `${intent.reason} ${intent.level}`);
    });
  });
  expect(told).toEqual([[`FIRST ${level}`, `RESOLVED ${level}`], [`FIRST ${level}`]]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AlertInstance, Level, RuleId, Subject } from '../../src/alerts/alert.ts';
import { RULE_IDS } from '../../src/alerts/alert.ts';
import { fingerprintOf } from '../../src/alerts/fingerprint.ts';
import { createInhibition, liftInhibition, siftIntents } from '../../src/alerts/inhibition.ts';
import { checkedInhibitions, INHIBITIONS } from '../../src/alerts/inhibition-rules.ts';
import { stepInstance } from '../../src/alerts/step-instance.ts';
import { dec } from '../../src/domain/decimal.ts';
import { play, ruleSettings, sample } from './series.ts';

const VENUE: Subject = { kind: 'venue', venue: 'bybit' };
const account = (id: string, venue = 'bybit'): Subject => ({ kind: 'account', venue, account: id });
const context = { rules: INHIBITIONS, now: 0, venuesOfBook: () => ['okx', 'bybit'] };
const target = (rule: RuleId, subject: Subject, level: Level) => ({
  ...{ rule, subject, level },
  fingerprint: fingerprintOf(rule, subject),
});

const down = play('venueDown', [
  { at: 0, value: 1, more: { subject: VENUE, fingerprint: fingerprintOf('venueDown', VENUE) } },
  { at: 10, value: 1, more: { subject: VENUE, fingerprint: fingerprintOf('venueDown', VENUE) } },
]).instance;

describe('a venue that is down', () => {
  const inhibitorOf = createInhibition([down], context);
  test.each([
    { why: 'an old account of it', given: target('dataAge', account('a'), 'EMERG'), is: true },
    { why: 'another venue’s', given: target('dataAge', account('a', 'okx'), 'WARN'), is: false },
    {
      why: 'a book with a leg on it',
      given: target('hedgeRatio', { kind: 'book', book: 'basis', asset: 'BTC' }, 'CRIT'),
      is: true,
    },
    {
      why: 'margin of it, a warning too',
      given: target('marginUsage', account('a'), 'WARN'),
      is: false,
    },
    {
      why: '16 · margin of it, critical',
      given: target('marginUsage', account('a'), 'CRIT'),
      is: false,
    },
  ])('$why', ({ given, is }) => {
    expect(inhibitorOf(given)).toEqual(is ? { by: down.fingerprint, rule: 'venue-down' } : null);
  });
});

test('near liquidation, the warning about margin usage of the same account is noise', () => {
  const near = play('liquidationDistance', [
    {
      at: 0,
      value: '0.05',
      more: {
        subject: {
          ...account('a'),
          kind: 'position',
          instrument: 'BTC/USDT:USDT',
          side: 'long',
        } as Subject,
      },
    },
  ]).instance;
  const inhibitorOf = createInhibition([near], context);
  expect(inhibitorOf(target('marginUsage', account('a'), 'WARN'))).not.toBeNull();
  expect(inhibitorOf(target('marginUsage', account('b'), 'WARN'))).toBeNull();
  expect(inhibitorOf(target('marginUsage', account('a'), 'CRIT'))).toBeNull();
});

test('no rule whatever can keep a critical margin, health or liquidation alert quiet', () => {
  const vital = [
    'marginUsage',
    'pooledMargin',
    'healthFactor',
    'liquidationDistance',
    'liquidationProbability',
    'liquidated',
  ] as const;
  const rules = RULE_IDS.map((rule) => ({
    id: rule,
    source: { rules: [rule], atLeast: 'INFO' as const },
    target: { rules: RULE_IDS.filter((each) => each !== rule), atMost: 'EMERG' as const },
    equal: 'nothing' as const,
    lingerMs: 1,
  }));
  const inhibitorOf = createInhibition([down], { ...context, rules });
  expect(inhibitorOf(target('missingStop', account('a'), 'CRIT'))).not.toBeNull();
  fc.assert(
    fc.property(fc.constantFrom(...vital), fc.constantFrom('CRIT', 'EMERG'), (rule, level) => {
      expect(inhibitorOf(target(rule, account('a'), level))).toBeNull();
    }),
    { seed: 1, numRuns: 50 },
  );
});

test('48 · rules that inhibit each other in a circle are refused, with the way round', () => {
  const rule = (id: string, from: RuleId, to: RuleId) => ({
    ...{ id, equal: 'venue' as const, lingerMs: 0 },
    source: { rules: [from], atLeast: 'WARN' as const },
    target: { rules: [to], atMost: 'EMERG' as const },
  });
  expect(checkedInhibitions(INHIBITIONS).ok).toBe(true);
  const circle = [
    rule('x', 'dataAge', 'missingStop'),
    rule('y', 'missingStop', 'hedgeRatio'),
    rule('z', 'hedgeRatio', 'dataAge'),
  ];
  expect(checkedInhibitions(circle)).toEqual({ ok: false, error: ['x', 'y', 'z', 'x'] });
  expect(checkedInhibitions([rule('self', 'dataAge', 'dataAge')]).ok).toBe(false);
});

const SETTINGS = { dataAge: ruleSettings('dataAge'), venueDown: ruleSettings('venueDown') };

/** A venue with accounts, second by second: every alert stepped, then every intent asked for. */
function outage(seconds: number, ageOf: (index: number, second: number) => number) {
  const ids = Array.from({ length: 200 }, (_, index) => `a${index}`);
  const instances = new Map<string, AlertInstance>();
  let held = new Set<string>();
  const told: string[] = [];
  const step = (rule: keyof typeof SETTINGS, subject: Subject, value: number, now: number) => {
    const fingerprint = fingerprintOf(rule, subject);
    const given = sample(rule, { fingerprint, subject, value: dec(value), observedAt: now });
    const by = { settings: SETTINGS[rule], now, staleAfterMs: 30_000, resumed: null };
    const { next, intents } = stepInstance(instances.get(fingerprint) ?? null, given, by);
    instances.set(fingerprint, next);
    return intents;
  };
  for (let second = 0; second <= seconds; second += 1) {
    const now = second * 1000;
    const ages = ids.map((_, index) => ageOf(index, second));
    const late = ages.filter((age) => age > 30_000).length;
    // The targets first: whoever comes later must not matter.
    const intents = [
      ...ids.flatMap((id, index) => step('dataAge', account(id), ages[index] ?? 0, now)),
      ...step('venueDown', VENUE, late / ids.length, now),
    ];
    const inhibitorOf = createInhibition(instances.values(), { ...context, now });
    const sifted = siftIntents(intents, held, inhibitorOf);
    held = new Set(sifted.held);
    for (const { rule, reason, level } of sifted.told) {
      told.push(`${second} ${rule} ${reason} ${level}`);
    }
    const of = { instances, inhibitorOf, settingsOf: () => null, now };
    const lifted = liftInhibition(held, of);
    for (const { next, intent } of lifted) {
      instances.set(next.fingerprint, next);
      held.delete(intent.fingerprint);
    }
    // One reason, one moment: one message.
    if (lifted.length > 0) told.push(`${second} INHIBIT_LIFTED ×${lifted.length}`);
  }
  return told;
}

test('14 · a venue goes down with two hundred accounts: one message', () => {
  const told = outage(150, (_, second) => second * 1000);
  expect(told).toEqual(['41 venueDown FIRST CRIT']);
});

test('15 · it comes back and three stay old: one more message, after the linger', () => {
  const back = 60;
  const told = outage(160, (index, second) => {
    return second < back || index < 3 ? second * 1000 : ((second - back) % 5) * 1000;
  });
  // Down at 41 s, better since 60 s and kept for 30 s, then a minute of linger.
  expect(told).toEqual([
    '41 venueDown FIRST CRIT',
    '90 venueDown RESOLVED CRIT',
    '150 INHIBIT_LIFTED ×3',
  ]);
});

test('a venue that was late for a moment only: who is still late is told of at once', () => {
  const told = outage(40, (index, second) => {
    return second < 33 || index < 2 ? second * 1000 : 0;
  });
  expect(told).toEqual(['33 INHIBIT_LIFTED ×2']);
});

test('17 · after a restart a target read before its source does not slip through', () => {
  const stored = new Map([[down.fingerprint, down]]);
  const subject = account('a');
  const given = sample('dataAge', {
    subject,
    fingerprint: fingerprintOf('dataAge', subject),
    value: dec(700_000),
  });
  const now = 700_000;
  const { next, intents } = stepInstance(null, given, {
    ...{ settings: ruleSettings('dataAge'), now, staleAfterMs: 30_000 },
    resumed: { offlineSince: 100_000, at: now },
  });
  expect(intents.map(({ reason }) => reason)).toEqual(['CATCH_UP']);
  const inhibitorOf = createInhibition([next, ...stored.values()], { ...context, now });
  for (const intent of intents) expect(inhibitorOf(intent)?.by).toBe(down.fingerprint);
});

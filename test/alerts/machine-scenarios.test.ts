import { describe, expect, test } from 'vitest';
import type { AlertInstance } from '../../src/alerts/alert.ts';
import { instanceOf, instanceText } from '../../src/alerts/instance-text.ts';
import { steadyTime } from '../../src/alerts/steady-time.ts';
import { stepInstance } from '../../src/alerts/step-instance.ts';
import { Decimal, dec } from '../../src/domain/decimal.ts';
import { standardNormals } from './noise.ts';
import { play, ruleSettings, STALE_AFTER, sample } from './series.ts';

const every = (from: number, to: number, value: string | number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ at: from + index, value }));

test('01 · over 50 for 15 s, then 70: two messages, one episode', () => {
  const { told, instance } = play('marginUsage', [
    ...every(0, 20, '0.55'),
    { at: 21, value: '0.7' },
  ]);
  expect(told).toEqual(['15 FIRST WARN', '21 LEVEL_UP CRIT']);
  expect(instance).toMatchObject({ episode: 1, phase: 'firing', peakLevel: 'CRIT', intents: 2 });
});

test('02 · a day of noise at 1 Hz around 70 % tells of it at most four times', () => {
  const normals = standardNormals(20_251_010);
  let instance: AlertInstance | null = null;
  const settings = ruleSettings('marginUsage');
  let told = 0;
  for (let second = 0; second < 86_400; second += 1) {
    const now = second * 1000;
    const value = dec((0.7 + normals() * 0.013).toFixed(6));
    const fingerprint = 'a'.repeat(32);
    const given = sample('marginUsage', { fingerprint, observedAt: now, value });
    const context = { settings, now, staleAfterMs: STALE_AFTER, resumed: null };
    const step = stepInstance(instance, given, context);
    instance = step.next;
    told += step.intents.length;
  }
  expect(told).toBeLessThanOrEqual(4);
  expect(told).toBeGreaterThan(0);
});

test('03 · a breach shorter than `for` is silence and one line of history', () => {
  const { told, causes } = play('marginUsage', [
    ...every(0, 14, '0.55'),
    { at: 14.9, value: '0.49' },
  ]);
  expect(told).toEqual([]);
  expect(causes).toEqual(['14.9 not-held']);
});

describe('04 · edges', () => {
  const fired = play('marginUsage', [{ at: 0, value: '0.7' }]).instance;
  test.each([
    { why: 'a hair below the threshold', value: '0.6999999999999999999', told: [] },
    { why: 'exactly at a threshold that counts', value: '0.7', told: ['0 FIRST CRIT'] },
    { why: 'written with zeros', value: '0.7000', told: ['0 FIRST CRIT'] },
    { why: 'minus zero is zero', value: '-0', told: [] },
  ])('enter: $why', ({ value, told }) => {
    expect(play('marginUsage', [{ at: 0, value }]).told).toEqual(told);
  });

  test.each([
    { why: 'exactly at a threshold that does not count', value: '1.2', told: [] },
    { why: 'below it', value: '1.1999', told: ['0 FIRST CRIT'] },
    { why: 'past everything', value: '-3', told: ['0 FIRST EMERG'] },
    { why: 'minus zero', value: '-0', told: ['0 FIRST EMERG'] },
  ])('enter downward: $why', ({ value, told }) => {
    expect(play('healthFactor', [{ at: 0, value }]).told).toEqual(told);
  });

  test.each([
    { why: 'exactly at the exit holds', value: '0.67', phase: 'firing' },
    { why: 'a hair past the exit', value: '0.6699999', phase: 'recovering' },
  ])('exit: $why', ({ value, phase }) => {
    expect(play('marginUsage', [{ at: 1, value }], { instance: fired }).instance.phase).toBe(phase);
  });

  test.each([
    { why: 'NaN', value: new Decimal(Number.NaN) },
    { why: 'infinity', value: new Decimal(Number.POSITIVE_INFINITY) },
    { why: 'minus infinity', value: new Decimal(Number.NEGATIVE_INFINITY) },
    { why: 'nothing', value: null },
  ])('$why is an error of the data and never a level', ({ value }) => {
    for (const instance of [null, fired]) {
      const { told, instance: next } = play('marginUsage', [{ at: 1, more: { value } }], {
        instance,
      });
      expect(told).toEqual([]);
      expect(next).toMatchObject({ data: 'error', phase: instance?.phase ?? 'ok' });
      expect(next.value).toEqual(instance?.value ?? null);
    }
  });

  test.each([
    { why: 'exactly as old as allowed', observedAt: 70_000, data: 'fresh' },
    { why: 'a millisecond older', observedAt: 69_999, data: 'stale' },
    { why: 'never observed', observedAt: null, data: 'error' },
  ])('a reading $why', ({ observedAt, data }) => {
    const moment = { at: 100, value: '0.2', more: { observedAt } };
    expect(play('marginUsage', [moment], { instance: fired }).instance.data).toBe(data);
  });
});

test('05 · the keep window broken at its last millisecond: no all-clear', () => {
  const { told, causes, instance } = play('marginUsage', [
    ...[
      { at: 0, value: '0.7' },
      { at: 1, value: '0.4' },
      { at: 60.999, value: '0.68' },
    ],
    ...[
      { at: 61, value: '0.4' },
      { at: 120.999, value: '0.4' },
    ],
  ]);
  expect(told).toEqual(['0 FIRST CRIT']);
  expect(causes).toEqual(['0 fired', '1 recovering', '60.999 back', '61 recovering']);
  expect(play('marginUsage', [{ at: 121, value: '0.4' }], { instance }).told).toEqual([
    '121 RESOLVED CRIT',
  ]);
});

test('06 · from calm to emergency in one tick: one message', () => {
  const { told } = play('marginUsage', [
    { at: 0, value: '0.1' },
    { at: 1, value: '0.9' },
  ]);
  expect(told).toEqual(['1 FIRST EMERG']);
});

test('07 · a level down and up within the keep: nothing', () => {
  const { told } = play('marginUsage', [
    { at: 0, value: '0.72' },
    ...every(1, 50, '0.6'),
    ...every(51, 55, '0.72'),
  ]);
  expect(told).toEqual(['0 FIRST CRIT']);
});

test('a level down after the keep is told, and only the part that was held', () => {
  const { told, instance } = play('marginUsage', [
    { at: 0, value: '0.9' },
    ...every(1, 61, '0.48'),
  ]);
  expect(told).toEqual(['0 FIRST EMERG', '61 LEVEL_DOWN WARN']);
  expect(instance).toMatchObject({ level: 'WARN', peakLevel: 'EMERG', phase: 'firing' });
});

test('08 · the stream stops while firing: it holds, with its age, and ends on fresh data only', () => {
  const { told, causes, instance } = play('marginUsage', [
    { at: 0, value: '0.72' },
    ...[100, 3600].map((at) => ({ at, value: '0.1', more: { observedAt: 0 } })),
  ]);
  expect(told).toEqual(['0 FIRST CRIT']);
  expect(causes).toEqual(['0 fired', '100 data']);
  expect(instance).toMatchObject({
    phase: 'firing',
    data: 'stale',
    dataSince: 100_000,
    valueAt: 0,
  });
  const back = play('marginUsage', every(3601, 3661, '0.1'), { instance });
  expect(back.told).toEqual(['3661 RESOLVED CRIT']);
});

test('08 · a keep that a gap interrupts begins anew', () => {
  const { told } = play('marginUsage', [
    ...[
      { at: 0, value: '0.72' },
      { at: 1, value: '0.1' },
    ],
    { at: 50, data: 'stale' },
    ...every(70, 129, '0.1'),
  ]);
  expect(told).toEqual(['0 FIRST CRIT']);
});

test('09 · the stream stops while pending: no firing by age, no clearing, no growing', () => {
  const dark = [
    { at: 11, data: 'stale' as const },
    { at: 500, data: 'error' as const },
  ];
  const before = play('marginUsage', [...every(0, 10, '0.55'), ...dark]);
  expect(before.told).toEqual([]);
  expect(before.instance).toMatchObject({ phase: 'pending', data: 'error' });
  const { told } = play('marginUsage', every(600, 610, '0.55'), { instance: before.instance });
  expect(told).toEqual(['605 FIRST WARN']);
});

test('11 · gone from a complete, newer reading: closed once, never resolved', () => {
  const gone = { presence: 'absent' as const };
  const { told, instance } = play('liquidationDistance', [
    ...[
      { at: 0, value: '0.05' },
      { at: 1, more: gone },
      { at: 2, more: gone },
    ],
  ]);
  expect(told).toEqual(['0 FIRST CRIT', '1 CLOSED CRIT']);
  expect(instance).toMatchObject({ phase: 'ok', level: null, resolvedAt: null });
});

test('12 · older samples and repeats change nothing', () => {
  const { instance } = play('marginUsage', [{ at: 0, value: '0.72' }]);
  for (const sequence of [instance.sequence, instance.sequence - 1]) {
    const more = { sequence };
    const step = play('marginUsage', [{ at: 5, value: '0.9', more }], { instance });
    expect(step.instance).toEqual(instance);
    expect(step.told).toEqual([]);
  }
});

test('13 · refused, late and empty are three different things', () => {
  const { instance } = play('liquidationDistance', [{ at: 0, value: '0.05' }]);
  const after = (moment: object) => {
    const { told, instance: next } = play('liquidationDistance', [{ at: 1, ...moment }], {
      instance,
    });
    return [next.data, next.phase, ...told];
  };
  expect(after({ data: 'error' })).toEqual(['error', 'firing']);
  expect(after({ data: 'stale' })).toEqual(['stale', 'firing']);
  expect(after({ more: { presence: 'absent' } })).toEqual(['fresh', 'ok', '1 CLOSED CRIT']);
  // Gone on a reading that is not fresh is no evidence.
  expect(after({ data: 'stale', more: { presence: 'absent' } })).toEqual(['stale', 'firing']);
});

test('30 · a restart with a thousand unchanged alerts is silent', () => {
  const { instance } = play('marginUsage', [{ at: 0, value: '0.72' }]);
  const resumed = { offlineSince: 1000, at: 60_000 };
  const settings = ruleSettings('marginUsage');
  for (let index = 0; index < 1000; index += 1) {
    const stored = instanceOf(instanceText({ ...instance, sequence: index }));
    const moment = { at: 61, value: '0.72', more: { sequence: 5000 }, context: { resumed } };
    const { told, causes } = play('marginUsage', [moment], { instance: stored, settings });
    expect(told).toEqual([]);
    expect(causes).toEqual([]);
  }
});

describe('31 · what happened while nobody was watching', () => {
  const context = { resumed: { offlineSince: 100_000, at: 460_000 } };
  test.each([
    { why: 'arisen', from: [], value: '0.55', told: ['461 CATCH_UP WARN'] },
    { why: 'arisen, critical', from: [], value: '0.75', told: ['461 CATCH_UP CRIT'] },
    {
      why: 'was pending and still is',
      from: every(95, 99, '0.55'),
      value: '0.55',
      told: ['461 CATCH_UP WARN'],
    },
    { why: 'worse', from: [{ at: 0, value: '0.72' }], value: '0.9', told: ['461 LEVEL_UP EMERG'] },
    {
      why: 'better: the keep begins now',
      from: [
        { at: 0, value: '0.72' },
        { at: 1, value: '0.2' },
      ],
      value: '0.2',
      told: [],
    },
  ])('$why', ({ from, value, told }) => {
    const instance = from.length === 0 ? null : play('marginUsage', from).instance;
    const result = play('marginUsage', [{ at: 461, value, context }], { instance });
    expect(result.told).toEqual(told);
    for (const { intents } of result.steps) {
      for (const intent of intents) expect(intent.offlineMs).toBe(361_000);
    }
  });

  test('a stale first look does not use the pause up', () => {
    const { told } = play('marginUsage', [
      { at: 461, value: '0.55', data: 'stale', context },
      { at: 470, value: '0.55', context },
      { at: 471, value: '0.55', context },
    ]);
    expect(told).toEqual(['470 CATCH_UP WARN']);
  });

  test('nothing resolves before every account was read once', () => {
    const [rule, from] = ['dataAge', play('dataAge', [{ at: 0, value: 31_000 }]).instance] as const;
    const safe = [462, 463, 464, 465].map((at) => ({ at, value: 1000, context }));
    const settling = play(rule, safe, { instance: from });
    expect(settling.told).toEqual([]);
    const { told } = play(rule, [{ at: 466, value: 1000 }], { instance: settling.instance });
    expect(told).toEqual(['466 RESOLVED WARN']);
  });

  test('a short restart counts as the seconds it took', () => {
    const short = { resumed: { offlineSince: 100_000, at: 103_000 } };
    const { told } = play('marginUsage', [
      { at: 103, value: '0.55', context: short },
      ...every(104, 115, '0.55'),
    ]);
    expect(told).toEqual(['115 FIRST WARN']);
  });
});

test('42 · cleared before it fired is never told as resolved', () => {
  const { told } = play('marginUsage', [...every(0, 10, '0.55'), ...every(11, 200, '0.1')]);
  expect(told).toEqual([]);
});

describe('44 · clocks', () => {
  const start = { now: 1_000_000, monotonic: 500 };
  test.each([
    { why: 'an ordinary second', wall: 1_001_000, monotonic: 1500, now: 1_001_000, slept: false },
    { why: 'put back by 5 s', wall: 996_000, monotonic: 1500, now: 1_001_000, slept: false },
    { why: 'a leap second', wall: 1_000_000, monotonic: 1500, now: 1_001_000, slept: false },
    {
      why: 'ahead by exactly a minute',
      wall: 1_061_000,
      monotonic: 1500,
      now: 1_001_000,
      slept: false,
    },
    { why: 'ahead by an hour', wall: 4_601_000, monotonic: 1500, now: 4_601_000, slept: true },
    {
      why: 'asleep for half an hour',
      wall: 2_800_500,
      monotonic: 1000,
      now: 2_800_500,
      slept: true,
    },
    {
      why: 'awake, while the wall stood still',
      wall: 1_000_000,
      monotonic: 3_600_500,
      now: 4_600_000,
      slept: false,
    },
  ])('$why', ({ wall, monotonic, now, slept }) => {
    const time = steadyTime(start, { wall, monotonic });
    expect(time.now).toBe(now);
    expect(time.resumed).toEqual(slept ? { offlineSince: 1_000_000, at: now } : null);
  });

  test('a start on a clock that was put back does not put an alarm off', () => {
    const { instance } = play('marginUsage', every(3600, 3605, '0.55'));
    const { told } = play('marginUsage', every(5, 20, '0.55'), { instance });
    expect(told).toEqual(['20 FIRST WARN']);
  });
});

describe('47 · the rule changes while it fires', () => {
  const { instance } = play('marginUsage', [{ at: 0, value: '0.72' }]);
  const edited = (patch: object) => ({
    settings: ruleSettings('marginUsage', { marginUsage: patch }),
    instance,
  });

  test('switched off or taken out: told with the reason, once, never as resolved', () => {
    const off = play(
      'marginUsage',
      [
        { at: 1, value: '0.72' },
        { at: 2, value: '0.72' },
      ],
      { settings: null, instance },
    );
    expect(off.told).toEqual(['1 RULE_REMOVED CRIT']);
    expect(off.instance.phase).toBe('ok');
  });

  test('edited and still over: the episode goes on without a word', () => {
    const { told, instance: next } = play(
      'marginUsage',
      [{ at: 1, value: '0.72' }],
      edited({ keep: 90_000 }),
    );
    expect(told).toEqual([]);
    expect(next).toMatchObject({ phase: 'firing', level: 'CRIT', episode: 1 });
  });

  test('edited so that nothing is wrong any more: not resolved', () => {
    const patch = {
      WARN: { enter: dec('0.8') },
      CRIT: { enter: dec('0.9') },
      EMERG: { enter: dec('0.95') },
    };
    const { told, causes } = play('marginUsage', [{ at: 1, value: '0.72' }], edited(patch));
    expect(told).toEqual(['1 RULE_REMOVED CRIT']);
    expect(causes).toEqual(['1 rule-removed']);
  });

  test('edited while stale: nothing until somebody has looked', () => {
    const patch = { CRIT: { enter: dec('0.8') }, WARN: { enter: dec('0.75') } };
    const { told } = play('marginUsage', [{ at: 1, data: 'stale' }], edited(patch));
    expect(told).toEqual([]);
  });

  test('edited so that it is worse: a level up', () => {
    const { told } = play(
      'marginUsage',
      [{ at: 1, value: '0.72' }],
      edited({ EMERG: { enter: dec('0.71') } }),
    );
    expect(told).toEqual(['1 LEVEL_UP EMERG']);
  });
});

describe('coming and going', () => {
  const cycle = (at: number, value: string) => [{ at, value }, ...every(at + 1, at + 61, '0.2')];

  test('within ten minutes it is the same incident: the intent says how often', () => {
    const { steps, told } = play('marginUsage', [...cycle(0, '0.72'), { at: 600, value: '0.72' }]);
    expect(told).toEqual(['0 FIRST CRIT', '61 RESOLVED CRIT', '600 FIRST CRIT']);
    expect(steps.at(-1)?.intents[0]?.flaps).toBe(1);
    // Ten minutes after it resolved, and a second more.
    for (const [at, flaps] of [
      [661, 1],
      [662, 0],
    ] as const) {
      const late = play('marginUsage', [...cycle(0, '0.72'), { at, value: '0.72' }]);
      expect(late.steps.at(-1)?.intents[0]?.flaps).toBe(flaps);
    }
  });

  test('after six times in an hour it must be better for four times as long', () => {
    const many = [0, 1, 2, 3, 4, 5, 6].flatMap((round) => cycle(round * 100, '0.72'));
    const { told, instance } = play('marginUsage', many);
    expect(told.at(-1)).toBe('600 FIRST CRIT');
    expect(instance.phase).toBe('recovering');
    expect(play('marginUsage', [{ at: 840, value: '0.2' }], { instance }).told).toEqual([]);
    expect(play('marginUsage', [{ at: 841, value: '0.2' }], { instance }).told).toEqual([
      '841 RESOLVED CRIT',
    ]);
  });
});

test('levels that go by figures of their own', () => {
  const chance = (day: string | null, hour: string | null) => ({
    value: day,
    more: { values: { EMERG: hour === null ? null : dec(hour) } },
  });
  const { told, steps } = play('liquidationProbability', [
    { at: 0, ...chance('0.9', '0.2') },
    { at: 1, ...chance('0.9', '0.5') },
    // The chance within the hour is not known any more: an emergency does not end by that.
    ...[2, 30, 90].map((at) => ({ at, ...chance('0.9', null) })),
    ...[91, 151].map((at) => ({ at, ...chance('0.9', '0.1') })),
  ]);
  expect(told).toEqual(['0 FIRST CRIT', '1 LEVEL_UP EMERG', '151 LEVEL_DOWN CRIT']);
  expect(String(steps[1]?.intents[0]?.value)).toBe('0.5');
});

test('samples in number: two of a price move, three fresh ones of an age', () => {
  expect(
    play('priceMove', [
      { at: 0, value: '0.06' },
      { at: 1, value: '0.06' },
    ]).told,
  ).toEqual(['1 FIRST WARN']);
  const age = [31_000, 1000, 1000, 1000].map((value, at) => ({ at, value }));
  expect(play('dataAge', age).told).toEqual(['0 FIRST WARN', '3 RESOLVED WARN']);
});

test('a row of the store brings back every digit', () => {
  const value = '0.7123456789012345678901234567890123';
  const { instance } = play('marginUsage', [
    { at: 0, value },
    { at: 1, value: '0.00000001' },
  ]);
  expect(instanceOf(instanceText(instance))).toEqual(instance);
  expect(instanceOf(instanceText(instance))?.peak?.toFixed()).toBe(value);
  for (const body of ['', 'null', '{}', '{"fingerprint":"x"}']) expect(instanceOf(body)).toBeNull();
});

test('a replay makes the same intents with the same names', () => {
  const moments = [
    { at: 0, value: '0.6' },
    { at: 20, value: '0.75' },
    { at: 21, value: '0.9' },
  ];
  const given = moments.map(({ at, value }) => ({ at, value, more: { sequence: at } }));
  const ids = () =>
    play('marginUsage', given).steps.flatMap(({ intents }) => intents.map(({ id }) => id));
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(2);
});

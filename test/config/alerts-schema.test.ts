import { describe, expect, test } from 'vitest';
import { RULE_IDS } from '../../src/alerts/alert.ts';
import { settingsFor } from '../../src/alerts/rule-settings.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { formatProblem } from '../../src/config/problem.ts';

const venues = { has: () => true, suggest: () => null };
const DESK = `books: [{ id: basis, hedged: true }]
accounts: [{ id: a, venue: bybit, apiKey: "\${K}", secret: "\${S}" }]
`;

function load(alerts: string) {
  const text = `${DESK}${alerts}`;
  return loadConfig({ text, env: { K: 'k', S: 's' }, ownerOnly: false }, venues);
}

function problemsOf(alerts: string): string[] {
  const result = load(alerts);
  return result.ok ? [] : result.error.map((problem) => formatProblem(problem, 'desk.yaml'));
}

const NOWHERE = { account: null, asset: null, books: [] };

function settingsOf(alerts: string, rule: (typeof RULE_IDS)[number], scope = {}) {
  const result = load(alerts);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return settingsFor(result.value.alerts, rule, { ...NOWHERE, ...scope });
}

test('without a word every rule has its defaults and a version of its own', () => {
  const versions = RULE_IDS.map((rule) => settingsOf('', rule)?.version);
  expect(versions.every((version) => /^[0-9a-f]{32}$/.test(version ?? ''))).toBe(true);
  expect(settingsOf('', 'marginUsage')).toEqual(
    settingsOf('alerts: { missingStop: off }', 'marginUsage'),
  );
});

test.each([
  {
    why: 'a threshold moves its exit along',
    text: 'alerts: { marginUsage: { CRIT: 60% } }',
    rule: 'marginUsage',
    level: 'CRIT',
    expected: ['0.6', '0.57', 0],
  },
  {
    why: 'a rule that is dangerous downward',
    text: 'alerts: { liquidationDistance: { WARN: 20% } }',
    rule: 'liquidationDistance',
    level: 'WARN',
    expected: ['0.2', '0.22', 10_000],
  },
  {
    why: 'a band wider than half of the threshold shrinks with it',
    text: 'alerts: { priceMove: { WARN: 1% } }',
    rule: 'priceMove',
    level: 'WARN',
    expected: ['0.01', '0.006', 0],
  },
  {
    why: 'an exit that could never be reached is put half way',
    text: 'alerts: { hedgeRatio: { WARN: 98% } }',
    rule: 'hedgeRatio',
    level: 'WARN',
    expected: ['0.98', '0.99', 60_000],
  },
  {
    why: 'everything said in full',
    text: 'alerts: { healthFactor: { WARN: { enter: 2, exit: "2.1", for: 1m, samples: 3 } } }',
    rule: 'healthFactor',
    level: 'WARN',
    expected: ['2', '2.1', 60_000],
  },
  {
    why: 'ages are durations',
    text: 'alerts: { dataAge: { WARN: 45s } }',
    rule: 'dataAge',
    level: 'WARN',
    expected: ['45000', '45000', 0],
  },
] as const)('$why', ({ text, rule, level, expected }) => {
  const found = settingsOf(text, rule)?.levels[level];
  expect([String(found?.enter), String(found?.exit), found?.forMs]).toEqual(expected);
});

describe('exceptions', () => {
  const text = `alerts:
  marginUsage:
    CRIT: 60%
    keep: 90s
    accounts: { a: { CRIT: 40%, WARN: 30% } }
    books: { basis: off }
    assets: { BTC: { EMERG: off } }
`;
  test.each([
    { why: 'nobody special', scope: {}, crit: '0.6', emerg: true },
    { why: 'an asset', scope: { asset: 'BTC' }, crit: '0.6', emerg: false },
    {
      why: 'an account before its asset and its book',
      scope: { account: 'a', asset: 'BTC', books: ['basis'] },
      crit: '0.4',
      emerg: true,
    },
  ])('$why', ({ scope, crit, emerg }) => {
    const found = settingsOf(text, 'marginUsage', scope);
    expect(String(found?.levels.CRIT?.enter)).toBe(crit);
    expect(found?.levels.EMERG !== undefined).toBe(emerg);
    expect(found?.keepMs).toBe(90_000);
  });

  test('a book that is off', () => {
    expect(settingsOf(text, 'marginUsage', { books: ['basis'] })).toBeNull();
    expect(settingsOf('alerts: { missingStop: off }', 'missingStop')).toBeNull();
    expect(settingsOf('alerts: { missingStop: false }', 'missingStop')).toBeNull();
  });

  test('an exception of a rule that is off for everybody', () => {
    const only = 'alerts: { marginUsage: { off: true, accounts: { a: { WARN: 30% } } } }';
    expect(settingsOf(only, 'marginUsage')).toBeNull();
    expect(String(settingsOf(only, 'marginUsage', { account: 'a' })?.levels.WARN?.enter)).toBe(
      '0.3',
    );
  });
});

test('the version follows what a rule says, and nothing else', () => {
  const version = (text: string) => settingsOf(text, 'marginUsage')?.version;
  expect(version('alerts: { marginUsage: { CRIT: 70% } }')).toBe(version(''));
  expect(version('alerts: { marginUsage: { CRIT: 71% } }')).not.toBe(version(''));
  expect(version('alerts: { marginUsage: { keep: 61s } }')).not.toBe(version(''));
});

test('options of a rule', () => {
  const text =
    'alerts: { missingStop: { tooFar: 40%, above: 5000 }, positionChanged: { resized: 5% }, priceMove: { window: 10m } }';
  expect(settingsOf(text, 'missingStop')?.options).toMatchObject({
    tooFar: expect.objectContaining({}),
  });
  expect(String(settingsOf(text, 'missingStop')?.options['above'])).toBe('5000');
  expect(String(settingsOf(text, 'positionChanged')?.options['resized'])).toBe('0.05');
  expect(String(settingsOf(text, 'priceMove')?.options['window'])).toBe('600000');
});

test.each([
  {
    why: 'a rule that does not exist',
    text: 'alerts: { marginUsag: off }',
    expected: /^desk\.yaml:3 alerts\.marginUsag: is not a known key; did you mean marginUsage\?/,
  },
  {
    why: 'a level in lower case',
    text: 'alerts: { marginUsage: { warn: 50% } }',
    expected: /alerts\.marginUsage\.warn: is not a known key/,
  },
  {
    why: 'a level of an exception',
    text: 'alerts: { marginUsage: { accounts: { a: { CRTI: 50% } } } }',
    expected: /marginUsage\.accounts\.a\.CRTI: is not a known key; did you mean CRIT\?/,
  },
  {
    why: 'a percentage without its sign',
    text: 'alerts: { marginUsage: { WARN: 50 } }',
    expected: /^desk\.yaml:3 alerts\.marginUsage\.WARN.*: expected a percentage such as 50%/,
  },
  {
    why: 'a duration without its unit',
    text: 'alerts: { marginUsage: { keep: 60 } }',
    expected: /alerts\.marginUsage\.keep: expected a duration/,
  },
  {
    why: 'levels the wrong way round',
    text: 'alerts: { marginUsage: { WARN: 80% } }',
    expected:
      /alerts\.marginUsage\.CRIT: expected a threshold that is not reached before that of WARN/,
  },
  {
    why: 'the same downward',
    text: 'alerts: { liquidationDistance: { CRIT: 20% } }',
    expected: /alerts\.liquidationDistance\.CRIT: expected a threshold/,
  },
  {
    why: 'an exit on the dangerous side',
    text: 'alerts: { marginUsage: { WARN: { enter: 50%, exit: 51% } } }',
    expected: /alerts\.marginUsage\.WARN: expected the exit on the safe side/,
  },
  {
    why: 'a figure for a rule that has none',
    text: 'alerts: { venueStatus: { CRIT: 50% } }',
    expected: /alerts\.venueStatus\.CRIT.*: expected no threshold/,
  },
  {
    why: 'a level that the rule does not have',
    text: 'alerts: { clockOff: { EMERG: 10s } }',
    expected: /alerts\.clockOff\.EMERG: is not a known key/,
  },
  {
    why: 'an account that is not there',
    text: 'alerts: { marginUsage: { accounts: { b: off } } }',
    expected: /alerts\.marginUsage\.accounts\.b: names "b", which is not in this file/,
  },
  {
    why: 'a book that is not there',
    text: 'alerts: { hedgeRatio: { books: { bais: off } } }',
    expected: /alerts\.hedgeRatio\.books\.bais: names "bais"/,
  },
])('$why', ({ text, expected }) => {
  const problems = problemsOf(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toMatch(expected);
});

test('hedged books are known by name', () => {
  const result = load('');
  expect(result.ok && result.value.hedgedBooks).toEqual(['basis']);
});

test('all that is wrong is told at once', () => {
  const text = 'alerts: { marginUsage: { WARN: 50, keep: x }, nope: off }';
  expect(problemsOf(text)).toHaveLength(3);
});

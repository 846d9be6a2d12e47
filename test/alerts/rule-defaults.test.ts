import { expect, test } from 'vitest';
import { LEVELS, RULE_IDS } from '../../src/alerts/alert.ts';
import { resolveSettings } from '../../src/alerts/resolve-settings.ts';
import { RULE_DEFAULTS } from '../../src/alerts/rule-defaults.ts';
import { bandLevels } from '../../src/risk/band.ts';

test('colours in the answers and alerts change at the same figures', () => {
  const enters = (rule: 'marginUsage' | 'liquidationDistance') =>
    (['WARN', 'CRIT', 'EMERG'] as const).map((level) =>
      RULE_DEFAULTS[rule].levels[level]?.enter.toFixed(),
    );
  const bands = (kind: keyof typeof bandLevels) =>
    (['warn', 'crit', 'emerg'] as const).map((level) => bandLevels[kind][level].toFixed());
  expect(enters('marginUsage')).toEqual(bands('usage'));
  expect(enters('liquidationDistance')).toEqual(bands('distance'));
});

/** As the desk is told in its handbook: threshold / exit; seconds it must last. */
test.each([
  ['marginUsage', 'WARN 0.5/0.47 15 · CRIT 0.7/0.67 0 · EMERG 0.85/0.82 0', 60],
  ['pooledMargin', 'WARN 0.5/0.47 15 · CRIT 0.7/0.67 0 · EMERG 0.85/0.82 0', 60],
  ['healthFactor', 'WARN 1.5/1.55 15 · CRIT 1.2/1.24 0 · EMERG 1.05/1.08 0', 60],
  ['liquidationDistance', 'WARN 0.15/0.17 10 · CRIT 0.08/0.095 0 · EMERG 0.03/0.04 0', 60],
  ['liquidationProbability', 'WARN 0.1/0.08 15 · CRIT 0.25/0.2 0 · EMERG 0.5/0.4 0', 60],
  ['hedgeRatio', 'WARN 0.6/0.65 60 · CRIT 0.4/0.45 20', 60],
  ['concentration', 'WARN 0.3/0.27 60 · CRIT 0.45/0.42 60', 300],
  ['priceMove', 'WARN 0.05/0.03 0 · CRIT 0.1/0.07 0', 300],
  ['funding', 'WARN 0.001/0.0008 0 · CRIT 0.003/0.0025 0', 0],
  ['dataAge', 'WARN 30000/30000 0 · CRIT 120000/120000 0 · EMERG 600000/600000 0', 0],
  ['venueDown', 'CRIT 0.8/0.8 10', 30],
  ['blind', 'CRIT 60000/60000 0 · EMERG 180000/180000 0', 0],
  ['clockOff', 'WARN 1000/1000 0 · CRIT 5000/5000 0', 0],
] as const)('%s: %s', (rule, levels, keepS) => {
  const of = RULE_DEFAULTS[rule];
  const rows = LEVELS.flatMap((level) => {
    const each = of.levels[level];
    if (each === undefined) return [];
    return [`${level} ${each.enter.toFixed()}/${each.exit.toFixed()} ${each.forMs / 1000}`];
  });
  expect(rows.join(' · ')).toBe(levels);
  expect(of.keepMs / 1000).toBe(keepS);
});

test('the defaults fit together, and every rule can speak', () => {
  expect(resolveSettings({}).ok).toBe(true);
  for (const rule of RULE_IDS) {
    expect(Object.keys(RULE_DEFAULTS[rule].levels).length, rule).toBeGreaterThan(0);
  }
});

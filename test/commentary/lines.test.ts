import { describe, expect, it } from 'vitest';
import { RULE_DEFAULTS } from '../../src/alerts/rule-defaults.ts';
import type { FactBand, Metric } from '../../src/commentary/fact.ts';
import { compareBands } from '../../src/commentary/fact.ts';
import { bandOf, excess, LINES } from '../../src/commentary/lines.ts';
import { dec } from '../../src/domain/decimal.ts';

describe('on which side of its line a figure is', () => {
  const cases: readonly [metric: Metric, value: string, band: FactBand, line: string][] = [
    ['mu', '0.4999999999', 'ok', '0.5'],
    ['mu', '0.5', 'warn', '0.5'],
    ['mu', '0.6999999999', 'warn', '0.5'],
    ['mu', '0.7', 'crit', '0.7'],
    ['mu', '0.8499999999', 'crit', '0.7'],
    ['mu', '0.85', 'emerg', '0.85'],
    ['mu', '3', 'emerg', '0.85'],
    ['hf', '1.5', 'ok', '1.5'],
    ['hf', '1.4999999999', 'warn', '1.5'],
    ['hf', '1.2', 'warn', '1.5'],
    ['hf', '1.1999999999', 'crit', '1.2'],
    ['hf', '1.05', 'crit', '1.2'],
    ['hf', '1.0499999999', 'emerg', '1.05'],
    ['hf', '-2', 'emerg', '1.05'],
    ['prob', '0.0999999999', 'ok', '0.1'],
    ['prob', '0.1', 'warn', '0.1'],
    ['prob', '0.2499999999', 'warn', '0.1'],
    ['prob', '0.25', 'crit', '0.25'],
    ['prob', '1', 'crit', '0.25'],
    ['dist', '0.15', 'ok', '0.15'],
    ['dist', '0.1499999999', 'warn', '0.15'],
    ['dist', '0.08', 'warn', '0.15'],
    ['dist', '0.0799999999', 'crit', '0.08'],
    ['dist', '0.03', 'crit', '0.08'],
    ['dist', '0.0299999999', 'emerg', '0.03'],
    ['dist', '-0.5', 'emerg', '0.03'],
    ['conc', '0.3', 'ok', '0.3'],
    ['conc', '0.3000000001', 'warn', '0.3'],
    ['conc', '0.45', 'warn', '0.3'],
    ['conc', '0.4500000001', 'crit', '0.45'],
  ];
  it.each(cases)('%s %s is %s by the %s line', (metric, value, band, line) => {
    const standing = bandOf(metric, dec(value));
    expect([standing.band, standing.line.toFixed()]).toEqual([band, line]);
  });

  it('the lines are those that alerts fire at', () => {
    const rules = {
      mu: 'marginUsage',
      hf: 'healthFactor',
      dist: 'liquidationDistance',
      conc: 'concentration',
    } as const;
    for (const [metric, rule] of Object.entries(rules) as [
      keyof typeof rules,
      (typeof rules)[keyof typeof rules],
    ][]) {
      const { WARN, CRIT, EMERG } = RULE_DEFAULTS[rule].levels;
      const enters = [WARN, CRIT, EMERG].map((level) => level?.enter.toFixed() ?? null);
      const { warn, crit, emerg } = LINES[metric];
      expect([warn.toFixed(), crit.toFixed(), emerg?.toFixed() ?? null]).toEqual(enters);
    }
  });

  it.each([
    ['mu', '0.6', '0.5', '0.2'],
    ['mu', '0.4', '0.5', '-0.2'],
    ['dist', '0.12', '0.15', '0.2'],
    ['dist', '-0.15', '0.15', '2'],
    ['hf', '1.575', '1.5', '-0.05'],
  ] as const)('%s %s is %s × past its line by %s', (metric, value, line, past) => {
    expect(excess(metric, dec(value), dec(line)).toFixed()).toBe(past);
  });

  it('bands rise', () => {
    const bands: FactBand[] = ['emerg', 'ok', 'crit', 'warn'];
    expect(bands.toSorted(compareBands)).toEqual(['ok', 'warn', 'crit', 'emerg']);
  });
});

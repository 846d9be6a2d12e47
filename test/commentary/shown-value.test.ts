import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Metric } from '../../src/commentary/fact.ts';
import { bandOf, isDangerUp, LINES } from '../../src/commentary/lines.ts';
import { figureBeside, figureText } from '../../src/commentary/shown-value.ts';
import { dec } from '../../src/domain/decimal.ts';
import { createFormatter } from '../../src/replies/format.ts';

const en = { format: createFormatter('en', 'UTC') };

describe('beside a line', () => {
  const metrics = Object.keys(LINES) as Metric[];
  const near = fc.record({
    metric: fc.constantFrom(...metrics),
    which: fc.constantFrom('warn', 'crit', 'emerg'),
    off: fc.integer({ min: -20_000, max: 20_000 }),
    scale: fc.constantFrom('1e-4', '1e-6', '1e-9', '1e-12'),
  });

  it('a figure past it never reads as within, and one within never as past', () => {
    fc.assert(
      fc.property(near, ({ metric, which, off, scale }) => {
        const line = LINES[metric][which as 'warn'] ?? LINES[metric].warn;
        const value = line.plus(dec(off).times(scale));
        if (value.lte(0)) return;
        const isPast = bandOf(metric, value).line.eq(line) && bandOf(metric, value).band !== 'ok';
        const text = figureBeside({ metric, value, line }, en.format);
        const read = dec(text.replace(/[%x,]/g, '')).div(metric === 'hf' ? 1 : 100);
        const reads = isDangerUp(metric) ? read.gte(line) : read.lt(line);
        if (isPast) expect(reads || value.eq(line), text).toBe(true);
        const isWithin = isDangerUp(metric) ? value.lt(line) : value.gte(line);
        // Of distance and health, rounded down, one just within may read as just past: the safe side.
        if (isWithin && isDangerUp(metric)) expect(reads, text).toBe(false);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it.each([
    ['just within gets as many decimals as it takes', 'mu', '0.49996', '49.996%'],
    ['to the last that matters', 'mu', '0.499999999', '49.9999999%'],
    ['on it', 'mu', '0.5', '50.0%'],
    ['past it', 'mu', '0.50001', '50.1%'],
    ['well within', 'mu', '0.481', '48.1%'],
    ['a distance on its line is within', 'dist', '0.15', '15.0%'],
  ] as const)('%s', (_why, metric, value, text) => {
    const line = LINES[metric].warn;
    expect(figureBeside({ metric, value: dec(value), line }, en.format)).toBe(text);
  });

  it('elsewhere a figure is as in the tables', () => {
    for (const metric of metrics) {
      const value = dec('0.7234');
      expect(figureBeside({ metric, value, line: LINES[metric].warn }, en.format)).toBe(
        figureText(metric, value, en.format),
      );
    }
  });
});

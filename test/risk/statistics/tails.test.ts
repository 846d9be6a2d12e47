import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { acerbiSzekelyZ2 } from '../../../src/risk/statistics/acerbi-szekely.ts';
import {
  cornishFisher,
  isCornishFisherMonotone,
  momentsOf,
} from '../../../src/risk/statistics/cornish-fisher.ts';
import { christoffersen, kupiec } from '../../../src/risk/statistics/coverage-tests.ts';
import { ewmaVariancePath } from '../../../src/risk/statistics/ewma.ts';
import {
  ascending,
  expectedShortfall,
  orderStatisticVar,
  quantileType7,
  tailWeights,
} from '../../../src/risk/statistics/historical-tail.ts';
import { normalQuantile } from '../../../src/risk/statistics/normal.ts';

const SEED = 20_260_712;

describe('historical tails', () => {
  const sample = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 60 });
  const tail = fc.integer({ min: 1, max: 50 }).map((n) => n / 100);

  test('ES is the Rockafellar–Uryasev minimum, and no smaller than the VaR', () => {
    fc.assert(
      fc.property(sample, tail, (values, p) => {
        const sorted = ascending(values);
        const es = expectedShortfall(sorted, p);
        const at = (v: number): number =>
          v + values.reduce((sum, x) => sum + Math.max(-x - v, 0), 0) / (values.length * p);
        const least = Math.min(...values.map((x) => at(-x)));
        return Math.abs(es - least) < 1e-8 && es >= orderStatisticVar(sorted, p) - 1e-9;
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test.each([
    { why: 'whole days', count: 200, p: 0.05, days: 10 },
    { why: 'a part of the last', count: 500, p: 0.025, days: 13 },
    { why: 'less than one day', count: 30, p: 0.01, days: 1 },
    { why: 'everything', count: 4, p: 1, days: 4 },
  ])('tail weights sum to one: $why', ({ count, p, days }) => {
    const weights = tailWeights(count, p);
    expect(weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    expect(weights.filter((w) => w > 1e-12)).toHaveLength(days);
  });

  test('an empty sample has no quantile', () => {
    expect(quantileType7([], 0.05)).toBeNaN();
  });
});

describe('Cornish–Fisher', () => {
  test('a normal shape changes nothing', () => {
    const { z, isMonotone } = cornishFisher(0.01, { skew: 0, excessKurtosis: 0 });
    expect([z, isMonotone]).toEqual([normalQuantile(0.01), true]);
  });

  test('the guard agrees with a fine grid of slopes', () => {
    const shape = fc.record({
      skew: fc.integer({ min: -200, max: 200 }).map((n) => n / 100),
      excessKurtosis: fc.integer({ min: -100, max: 900 }).map((n) => n / 100),
    });
    fc.assert(
      fc.property(shape, (of) => {
        const { skew: s, excessKurtosis: k } = of;
        let least = Number.POSITIVE_INFINITY;
        for (let z = -4; z <= 4.0001; z += 0.01) {
          const slope = 1 + (s * z) / 3 + (k * (z * z - 1)) / 8 - (s * s * (6 * z * z - 5)) / 36;
          least = Math.min(least, slope);
        }
        return Math.abs(least) < 1e-3 || isCornishFisherMonotone(of) === least > 0;
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('moments of a coin', () => {
    expect(momentsOf([-1, 1])).toEqual({ mean: 0, deviation: 1, skew: 0, excessKurtosis: -2 });
  });
});

describe('coverage', () => {
  test('the case of the JP Morgan handbook: 20 of 252 at 5 %', () => {
    const { lr, pValue } = kupiec(252, 20, 0.05);
    expect(lr).toBeCloseTo(3.9126, 3);
    expect(pValue).toBeCloseTo(0.0479, 4);
  });

  test.each([
    { why: 'never', breaks: 0 },
    { why: 'always', breaks: 100 },
  ])('breaks $why: a finite ratio', ({ breaks }) => {
    expect(kupiec(100, breaks, 0.05).pValue).toBeLessThan(0.01);
  });

  test('nothing scored is not a pass', () => {
    expect(kupiec(0, 0, 0.05).pValue).toBeNaN();
  });

  test('clusters fail independence; the same breaks apart do not', () => {
    const row = (breaks: readonly number[]): boolean[] =>
      Array.from({ length: 200 }, (_, i) => breaks.includes(i));
    const together = christoffersen(row([50, 51, 52, 53, 120, 121]), 0.03);
    const apart = christoffersen(row([20, 50, 80, 110, 140, 170]), 0.03);
    expect(together.independence.pValue).toBeLessThan(0.001);
    expect(apart.independence.pValue).toBeGreaterThan(0.3);
    expect(together.unconditional).toEqual(apart.unconditional);
  });

  test('a day without a score breaks the chain and is not counted', () => {
    const { n00, n01, n10, n11, unconditional } = christoffersen([true, null, true, false], 0.05);
    expect([n00, n01, n10, n11]).toEqual([0, 0, 1, 0]);
    expect(unconditional).toEqual(kupiec(3, 2, 0.05));
  });

  test('no break at all is independent', () => {
    expect(christoffersen([false, false, false], 0.05).independence).toEqual({ lr: 0, pValue: 1 });
  });

  test('Z2 is zero when losses beyond VaR are what ES promised', () => {
    const day = { valueAtRisk: 10, shortfall: 12 };
    const days = [{ pnl: -12, ...day }, ...Array.from({ length: 39 }, () => ({ pnl: 1, ...day }))];
    expect(acerbiSzekelyZ2(days, 0.025)).toBeCloseTo(0, 12);
    expect(acerbiSzekelyZ2([], 0.025)).toBeNaN();
  });
});

test('the recursive EWMA forecasts each day from the days before it only', () => {
  const path = ewmaVariancePath([0.1, -0.2, 0.3]);
  const changed = ewmaVariancePath([0.1, -0.2, 9]);
  expect([...path.slice(0, 3)]).toEqual([...changed.slice(0, 3)]);
  expect(path[3]).toBeCloseTo(0.94 * (0.94 * 0.01 + 0.06 * 0.04) + 0.06 * 0.09, 12);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { barrierForProbability } from '../../../src/risk/probability/barrier-for-probability.ts';
import { barrierGrowth } from '../../../src/risk/probability/barrier-growth.ts';
import type { HitQuestion } from '../../../src/risk/probability/hit-probability.ts';
import {
  discreteBarrier,
  hitProbability,
  logHitProbability,
} from '../../../src/risk/probability/hit-probability.ts';
import { jumpHitProbability } from '../../../src/risk/probability/jump-hit-probability.ts';
import { logNormalCdf } from '../../../src/risk/probability/log-normal-cdf.ts';
import { normalCdf } from '../../../src/risk/statistics/normal.ts';

const DAY = 1 / 365;
const question = (changes: Partial<HitQuestion>): HitQuestion => ({
  mark: 100,
  barrier: 90,
  sigmaAnnual: 0.6,
  years: DAY,
  driftAnnual: 0,
  barrierGrowthAnnual: 0,
  ...changes,
});

test.each([
  { why: 'at the barrier', of: { barrier: 100 }, is: 1 },
  { why: 'no time left', of: { years: 0 }, is: 0 },
  { why: 'nothing moves', of: { sigmaAnnual: 0 }, is: 0 },
  {
    why: 'nothing moves but the trend, which gets there',
    of: { sigmaAnnual: 0, driftAnnual: -50 },
    is: 1,
  },
  {
    why: 'nothing moves but the barrier, which comes',
    of: { sigmaAnnual: 0, barrierGrowthAnnual: 50 },
    is: 1,
  },
  {
    why: 'half of all paths, when the way is Φ⁻¹(¾) standard deviations without trend',
    of: { barrier: 100 * Math.exp(-0.6744897501960817 * 0.6 * Math.sqrt(DAY)), driftAnnual: 0.18 },
    is: 0.5,
  },
])('touching is certain or plain: $why', ({ of, is }) => {
  expect(hitProbability(question(of))).toBeCloseTo(is, 12);
});

test.each([
  { why: 'a negative mark', of: { mark: -1 } },
  { why: 'a barrier of zero', of: { barrier: 0 } },
  { why: 'no volatility known', of: { sigmaAnnual: Number.NaN } },
  { why: 'time that runs back', of: { years: -1 } },
  { why: 'an endless trend', of: { driftAnnual: Number.POSITIVE_INFINITY } },
])('$why is no question', ({ of }) => {
  expect(hitProbability(question(of))).toBeNaN();
});

test('a barrier no double can tell the chance of still has a logarithm, and farther is less', () => {
  const far = [50, 10, 1, 1e-6, 1e-100].map((barrier) => logHitProbability(question({ barrier })));
  expect(far.every(Number.isFinite)).toBe(true);
  expect(far.toSorted((a, b) => b - a)).toEqual(far);
  expect(far.at(-1)).toBeLessThan(-1e6);
});

test('ln Φ is one curve: it does not jump where the series takes over', () => {
  for (const x of [-29.999999, -30.000001, -37]) {
    expect(logNormalCdf(x) / Math.log(normalCdf(x))).toBeCloseTo(1, 11);
  }
  expect(logNormalCdf(-100)).toBeCloseTo(-5005.524208694, 6);
});

describe('of any question', () => {
  const asked = fc.record({
    mark: fc.double({ min: 1e-4, max: 1e6, noNaN: true }),
    away: fc.double({ min: 1e-4, max: 1, noNaN: true }),
    sigmaAnnual: fc.double({ min: 0.05, max: 3, noNaN: true }),
    years: fc.double({ min: 1e-5, max: 0.3, noNaN: true }),
    driftAnnual: fc.double({ min: -3, max: 3, noNaN: true }),
  });
  const runs = { numRuns: 1000, seed: 1 };

  test('falling to a barrier is rising to its mirror image with the trend turned round', () => {
    fc.assert(
      fc.property(asked, ({ away, mark, sigmaAnnual, years, driftAnnual }) => {
        const of = { mark, sigmaAnnual, years, barrierGrowthAnnual: 0 };
        const half = sigmaAnnual ** 2 / 2;
        const fall = { ...of, barrier: mark * Math.exp(-away), driftAnnual: half + driftAnnual };
        const rise = { ...of, barrier: mark * Math.exp(away), driftAnnual: half - driftAnnual };
        expect(logHitProbability(fall) - logHitProbability(rise)).toBeCloseTo(0, 6);
      }),
      runs,
    );
  });

  test('farther is less likely, longer is more, and touching is more than ending there', () => {
    fc.assert(
      fc.property(asked, ({ away, ...of }) => {
        const at = (way: number, years = of.years) =>
          logHitProbability({
            ...of,
            years,
            barrier: of.mark * Math.exp(-way),
            barrierGrowthAnnual: 0,
          });
        expect(at(away)).toBeLessThanOrEqual(0);
        expect(at(away * 1.1)).toBeLessThanOrEqual(at(away));
        expect(at(away, of.years * 1.1)).toBeGreaterThanOrEqual(at(away) - 1e-9);
        const nu = of.driftAnnual - of.sigmaAnnual ** 2 / 2;
        const ended = (-away - nu * of.years) / (of.sigmaAnnual * Math.sqrt(of.years));
        expect(at(away)).toBeGreaterThanOrEqual(logNormalCdf(ended) - 1e-9);
      }),
      runs,
    );
  });

  test('the barrier for a probability has that probability', () => {
    fc.assert(
      fc.property(
        asked,
        fc.constantFrom('long' as const, 'short' as const),
        fc.double({ min: 1e-12, max: 0.999, noNaN: true }),
        ({ away: _, ...of }, side, probability) => {
          const barrier = barrierForProbability({
            ...of,
            barrierGrowthAnnual: 0,
            side,
            probability,
          });
          if (barrier === null) return;
          expect(side === 'long' ? barrier <= of.mark : barrier >= of.mark).toBe(true);
          const touched = hitProbability({ ...of, barrierGrowthAnnual: 0, barrier });
          expect(touched / probability).toBeCloseTo(1, 6);
        },
      ),
      runs,
    );
  });
});

test.each([
  { why: 'a probability of nothing', probability: 0, sigmaAnnual: 0.6 },
  { why: 'certainty', probability: 1, sigmaAnnual: 0.6 },
  { why: 'a market that stands still', probability: 0.5, sigmaAnnual: 0 },
  { why: 'no volatility known', probability: 0.5, sigmaAnnual: Number.NaN },
])('$why has no barrier', ({ probability, sigmaAnnual }) => {
  const asked = { ...question({ sigmaAnnual }), side: 'long', probability } as const;
  expect(barrierForProbability(asked)).toBeNull();
});

test.each([
  { why: 'a long that pays', side: 'long', fundingAnnual: 0.5475, nearer: true },
  { why: 'a long that is paid', side: 'long', fundingAnnual: -0.5475, nearer: false },
  { why: 'a short that is paid', side: 'short', fundingAnnual: 0.5475, nearer: false },
  { why: 'a short that pays', side: 'short', fundingAnnual: -0.5475, nearer: true },
] as const)('funding moves the barrier of $why', ({ side, fundingAnnual, nearer }) => {
  const of = {
    mark: 65_500,
    barrier: side === 'long' ? 58_825 : 71_175,
    sigmaAnnual: 0.6,
    years: 7 * DAY,
  };
  const growth = barrierGrowth({ ...of, side, fundingAnnual, maintenanceRate: 0.005 });
  const touched = (barrierGrowthAnnual: number) =>
    hitProbability({ ...of, driftAnnual: 0, barrierGrowthAnnual });
  expect(touched(growth) > touched(0)).toBe(nearer);
});

test('the growth of the vector: 0.05 % per 8 h on the position of the sample', () => {
  const of = { side: 'long', mark: 65_500, barrier: 58_825, maintenanceRate: 0.005 } as const;
  expect(barrierGrowth({ ...of, fundingAnnual: 0.0005 * 3 * 365 })).toBeCloseTo(
    0.612689456632931,
    12,
  );
});

test('watched less often a barrier is touched less, and watched ever more often as if always', () => {
  const always = question({ sigmaAnnual: 0.8, years: 7 * DAY });
  const touched = (times: number) =>
    hitProbability({ ...always, barrier: discreteBarrier(always, times) });
  expect(touched(24)).toBeLessThan(touched(168));
  expect(touched(1e12)).toBeCloseTo(hitProbability(always), 5);
});

describe('with jumps', () => {
  const jumps = {
    mark: 100,
    barrier: 90,
    sigmaAnnual: 0.6,
    years: DAY,
    intensity: 30,
    upShare: 0.4,
    upRate: 30,
    downRate: 20,
  };

  test('ever rarer jumps come down to the reflection formula', () => {
    const plain = hitProbability(question({}));
    expect(jumpHitProbability({ ...jumps, intensity: 0 })).toBe(plain);
    expect(jumpHitProbability({ ...jumps, intensity: 1e-7 }) / plain).toBeCloseTo(1, 4);
  });

  test('a far barrier is jumped over where a diffusion never gets', () => {
    const far = { ...jumps, barrier: 70 };
    expect(jumpHitProbability(far)).toBeGreaterThan(1e-5);
    expect(hitProbability(question({ barrier: 70 }))).toBeLessThan(1e-20);
  });

  test.each([
    { why: 'at the barrier', of: { barrier: 100 }, is: 1 },
    { why: 'no time', of: { years: 0 }, is: 0 },
    { why: 'up jumps without a mean', of: { upRate: 1 }, is: Number.NaN },
    { why: 'a share above one', of: { upShare: 1.2 }, is: Number.NaN },
    { why: 'not a number', of: { sigmaAnnual: Number.NaN }, is: Number.NaN },
  ])('$why', ({ of, is }) => {
    expect(jumpHitProbability({ ...jumps, ...of })).toBe(is);
  });
});

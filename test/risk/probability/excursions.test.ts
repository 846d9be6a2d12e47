import { describe, expect, test } from 'vitest';
import {
  calibrateProbability,
  meanLogLoss,
} from '../../../bench/backtest/calibrate-probability.ts';
import { hasCandleFiles, readCandles } from '../../../bench/backtest/candle-files.ts';
import type { Bar } from '../../../src/risk/probability/bar.ts';
import { hourlyBars } from '../../../src/risk/probability/bar.ts';
import {
  bootstrapProbability,
  standardBars,
} from '../../../src/risk/probability/excursion-bootstrap.ts';
import {
  excursionProbability,
  excursionsOf,
  WARM_UP_BARS,
} from '../../../src/risk/probability/excursions.ts';
import { seededUnit } from '../../../src/risk/probability/seeded-unit.ts';
import { aWalk } from './a-walk.ts';

/** Every bar spans one Parkinson standard deviation of `sigma`, so the forecast is `sigma` throughout. */
const steady = (count: number, sigma = 0.02): Bar[] => {
  const reach = (sigma * Math.sqrt(4 * Math.LN2)) / 2;
  return Array.from({ length: count }, (_, index) => ({
    index,
    high: 100 * Math.exp(reach),
    low: 100 * Math.exp(-reach),
    close: 100,
  }));
};
const reach = Math.sqrt(4 * Math.LN2) / 2;

test('every steady bar strays equally far in units of its forecast', () => {
  const { windows, sigma } = excursionsOf(steady(30), { keep: 100, span: 1 });
  expect(sigma).toBeCloseTo(0.02, 12);
  expect(windows).toHaveLength(30 - WARM_UP_BARS - 1);
  for (const { fall, rise } of windows) {
    expect(fall).toBeCloseTo(-reach, 10);
    expect(rise).toBeCloseTo(reach, 10);
  }
});

test('a hole takes away the window over it, and no more', () => {
  const bars = steady(40).filter(({ index }) => index !== 30);
  expect(excursionsOf(bars, { keep: 100, span: 1 }).windows).toHaveLength(40 - WARM_UP_BARS - 3);
  expect(excursionsOf(bars, { keep: 100, span: 3 }).windows).toHaveLength(40 - WARM_UP_BARS - 7);
});

test.each([
  { why: 'no bars', bars: [] },
  { why: 'one bar', bars: steady(1) },
  { why: 'prices that never moved', bars: steady(30, 0) },
])('$why gives no windows and no volatility', ({ bars }) => {
  const { windows, sigma } = excursionsOf(bars, { keep: 100, span: 1 });
  expect(windows).toEqual([]);
  expect(sigma).toBeNaN();
});

describe('of ten windows, one each from −1 to −10 and rising 3', () => {
  const windows = Array.from({ length: 10 }, (_, i) => ({ fall: -(i + 1), rise: 3 }));
  const told = (below: number | null, above: number | null) =>
    excursionProbability({ windows, sigma: 1 }, { below, above }, 1);

  test.each([
    {
      why: 'exactly as far as the third strays is touched by it',
      below: -8,
      above: null,
      is: 3.5 / 11,
    },
    { why: 'a hair farther is not', below: -8.0001, above: null, is: 2.5 / 11 },
    { why: 'never seen is not never', below: -11, above: null, is: 0.5 / 11 },
    { why: 'always seen is not always', below: -0.5, above: null, is: 10.5 / 11 },
    { why: 'rises count on their side', below: null, above: 3, is: 10.5 / 11 },
    { why: 'a window that touches both counts once', below: -8, above: 3, is: 10.5 / 11 },
    { why: 'no barrier', below: null, above: null, is: 0.5 / 11 },
  ])('$why', ({ below, above, is }) => {
    expect(told(below, above)).toBeCloseTo(is, 12);
  });

  test('twice the volatility is half the way', () => {
    const calm = excursionProbability({ windows, sigma: 1 }, { below: -8, above: null }, 1);
    const wild = excursionProbability({ windows, sigma: 1 }, { below: -16, above: null }, 2);
    expect(wild).toBe(calm);
  });
});

test('hours that are no prices are holes; the first of two stays', () => {
  const hour = (index: number, close: number) => ({
    hour: index,
    open: 100,
    high: Math.max(100, close),
    low: Math.min(100, close),
    close,
  });
  const bad = { ...hour(2, 100), low: 101 };
  const rows = [hour(3, 99), hour(1, 101), hour(1, 50), bad, hour(4, Number.NaN), hour(5.5, 100)];
  expect(hourlyBars(rows).map(({ index, close }) => [index, close])).toEqual([
    [1, 101],
    [3, 99],
  ]);
});

describe('several days by bootstrap', () => {
  const bars = aWalk({ bars: 600, sigma: 0.03, seed: 5 });
  const past = standardBars(bars, 500);
  const { windows, sigma } = excursionsOf(bars, { keep: 500, span: 1 });
  const told = (days: number, below: number | null, above: number | null = null) =>
    bootstrapProbability(
      past,
      { below, above },
      { sigma, bars: days, paths: 4000, unit: seededUnit(1) },
    );

  test('one day is the count itself', () => {
    const counted = excursionProbability({ windows, sigma }, { below: -0.05, above: null }, sigma);
    expect(told(1, -0.05)).toBeCloseTo(counted, 1);
  });

  test('more days are more likely, both ends more than one, and the same seed says the same', () => {
    expect(told(7, -0.05)).toBeGreaterThan(told(1, -0.05));
    expect(told(7, -0.05, 0.05)).toBeGreaterThan(told(7, -0.05));
    expect(told(7, -0.05)).toBe(told(7, -0.05));
  });

  test('nothing to draw from is no answer', () => {
    const options = { sigma: 0.02, bars: 3, paths: 10, unit: seededUnit(1) };
    expect(bootstrapProbability([], { below: -0.1, above: null }, options)).toBeNaN();
    const unsure = { ...options, sigma: Number.NaN };
    expect(bootstrapProbability(past, { below: -0.1, above: null }, unsure)).toBeNaN();
  });
});

/** The whole table is printed by bench/probability-calibration.ts. */
test.skipIf(!hasCandleFiles)(
  'on real days filtered excursions lose less than the reflection formula, at every barrier',
  () => {
    const scores = calibrateProbability(['BTC', 'ETH', 'SOL'].map(readCandles));
    for (const { methods, realised, distance } of scores) {
      const { logLoss, mean } = methods['filtered excursions'];
      expect(logLoss, `${distance}`).toBeLessThan(methods['reflection, Parkinson'].logLoss);
      expect(Math.abs(mean - realised)).toBeLessThan(0.01);
    }
    const loss = meanLogLoss(scores, 'filtered excursions');
    expect(loss).toBeLessThanOrEqual(meanLogLoss(scores, 'reflection, Parkinson'));
    expect(loss).toBeLessThanOrEqual(meanLogLoss(scores, 'reflection, EWMA'));
  },
);

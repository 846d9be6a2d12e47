import { describe, expect, test } from 'vitest';
import type { DailyCandle } from '../../../src/risk/statistics/candle-series.ts';
import { candleSeries, upToDay, utcDay } from '../../../src/risk/statistics/candle-series.ts';
import { dailyReturns } from '../../../src/risk/statistics/daily-returns.ts';
import { parkinsonVariance } from '../../../src/risk/statistics/parkinson.ts';

const flat = (day: number, close: number): DailyCandle => ({
  ...{ day, open: close, high: close, low: close, close },
});

describe('a series from rows', () => {
  test('a hole is named and makes no return, least of all a zero', () => {
    const series = candleSeries('X', [flat(1, 100), flat(2, 110), flat(5, 50), flat(6, 55)]);
    expect(series.defects).toEqual([
      { day: 3, reason: 'missing' },
      { day: 4, reason: 'missing' },
    ]);
    const { days, values } = dailyReturns(series, 'simple');
    expect([...days]).toEqual([2, 6]);
    expect(values[0]).toBeCloseTo(0.1, 12);
    expect(values[1]).toBeCloseTo(0.1, 12);
    expect(dailyReturns(series, 'log').values[1]).toBeCloseTo(Math.log(1.1), 12);
  });

  test.each([
    { why: 'NaN', row: { ...flat(2, 1), close: Number.NaN } },
    { why: 'infinite', row: { ...flat(2, 1), high: Number.POSITIVE_INFINITY } },
    { why: 'zero price', row: flat(2, 0) },
    { why: 'negative price', row: flat(2, -1) },
    { why: 'high below close', row: { ...flat(2, 10), high: 9 } },
    { why: 'low above open', row: { ...flat(2, 10), low: 11, high: 12 } },
  ])('a malformed row ($why) is left out and named once', ({ row }) => {
    const series = candleSeries('X', [flat(1, 10), row, flat(3, 10)]);
    expect(series.candles.map(({ day }) => day)).toEqual([1, 3]);
    expect(series.defects).toEqual([{ day: 2, reason: 'malformed' }]);
    expect(dailyReturns(series, 'simple').values).toHaveLength(0);
  });

  test('rows come in any order; the first of a day stands, the second is named', () => {
    const series = candleSeries('X', [flat(2, 20), flat(1, 10), flat(2, 99)]);
    expect(series.candles.map(({ close }) => close)).toEqual([10, 20]);
    expect(series.defects).toEqual([{ day: 2, reason: 'duplicate' }]);
  });

  test('what was known at the end of a day ends with that day', () => {
    const series = candleSeries('X', [flat(1, 10), flat(2, 11), flat(4, 12)]);
    expect(upToDay(series, 2)).toEqual({
      asset: 'X',
      candles: [flat(1, 10), flat(2, 11)],
      defects: [],
    });
  });

  test('no rows are an empty series', () => {
    expect(candleSeries('X', [])).toEqual({ asset: 'X', candles: [], defects: [] });
  });
});

test('a UTC day ends at midnight', () => {
  expect(utcDay(Date.UTC(2025, 9, 10, 23, 59, 59, 999))).toBe(utcDay(Date.UTC(2025, 9, 10)));
  expect(utcDay(Date.UTC(2025, 9, 11))).toBe(utcDay(Date.UTC(2025, 9, 10)) + 1);
});

test('Parkinson: a day without range has no variance', () => {
  expect(parkinsonVariance(flat(1, 10))).toBe(0);
  const range = parkinsonVariance({ ...flat(1, 10), high: 10 * Math.E });
  expect(range).toBeCloseTo(1 / (4 * Math.LN2), 12);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaTo, stressBeta } from '../../../src/risk/statistics/beta.ts';
import { correlationMatrix } from '../../../src/risk/statistics/correlation.ts';
import type { DailyReturns } from '../../../src/risk/statistics/daily-returns.ts';
import { ewmaWeights } from '../../../src/risk/statistics/ewma.ts';
import { seededNormals } from './seeded-normals.ts';

const SEED = 20_260_712;

function market(count: number, firstDay = 0): DailyReturns {
  const draw = seededNormals(5);
  return {
    days: Int32Array.from({ length: count }, (_, i) => firstDay + i),
    values: Float64Array.from({ length: count }, () => 0.03 * draw()),
  };
}

function scaled({ days, values }: DailyReturns, factor: number): DailyReturns {
  return { days, values: values.map((x) => factor * x) };
}

describe('beta', () => {
  test.each([
    { why: 'an exact multiple, full history', days: 200, factor: 1.4, beta: 1.4 },
    { why: 'exactly enough days', days: 120, factor: 1.4, beta: 1.4 },
    { why: 'one day short: a third of the way to 1', days: 119, factor: 1.6, beta: 1.4 },
    { why: 'floor', days: 200, factor: 0.2, beta: 0.5 },
    {
      why: 'an asset that runs the other way gets no hedge credit',
      days: 200,
      factor: -1,
      beta: 0.5,
    },
    { why: 'nothing known: the market itself', days: 0, factor: 3, beta: 1 },
  ])('$why', ({ days, factor, beta }) => {
    expect(betaTo(market(days), scaled(market(days), factor)).beta).toBeCloseTo(beta, 10);
  });

  test('only common days count', () => {
    const own = scaled(market(150), 2);
    const later = { days: own.days.map((day) => day + 100), values: own.values };
    expect(betaTo(market(150), later).commonDays).toBe(50);
  });

  test('stress takes the larger of beta and down beta', () => {
    const days = market(400);
    const values = days.values.map((x) => (x < -0.04 ? 2 * x : x));
    const beta = betaTo(days, { days: days.days, values });
    expect(beta.downBeta).toBeGreaterThan(1.8);
    expect(stressBeta(beta)).toBe(beta.downBeta);
    expect(betaTo(market(99), market(99)).downBeta).toBeNull();
    expect(betaTo(market(100), market(100)).downBeta).toBeCloseTo(1, 10);
  });
});

describe('correlation', () => {
  test('weights sum to one', () => {
    for (const count of [1, 30, 500]) {
      expect(ewmaWeights(count, 0.97).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
    }
  });

  test('no book can have a negative variance', () => {
    const cell = fc.integer({ min: -100, max: 100 });
    const column = fc.array(cell, { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(column, { minLength: 1, maxLength: 5 }),
        fc.array(cell, { minLength: 5, maxLength: 5 }),
        (columns, weights) => {
          const matrix = correlationMatrix(columns);
          let variance = 0;
          matrix.forEach((row, i) => {
            row.forEach((r, j) => {
              variance += (weights[i] ?? 0) * (weights[j] ?? 0) * r;
            });
          });
          return variance > -1e-8 && matrix.every((row, i) => row[i] === 1);
        },
      ),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('a column that never moves correlates with nothing', () => {
    expect([
      ...(correlationMatrix([
        [0, 0, 0],
        [1, -1, 2],
      ])[0] ?? []),
    ]).toEqual([1, 0]);
  });
});

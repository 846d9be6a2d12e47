import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chiSquareSurvival } from '../../../src/risk/statistics/chi-square.ts';
import { normalCdf, normalQuantile } from '../../../src/risk/statistics/normal.ts';

const SEED = 20_260_712;
const relative = (a: number, b: number): number => Math.abs(a / b - 1);

test.each([
  { why: 'middle', x: 0, p: 0.5 },
  { why: 'the 97.5 % everyone knows', x: 1.959963984540054, p: 0.975 },
  { why: 'VaR 99 %', x: -2.3263478740408408, p: 0.01 },
  {
    why: 'where the series gives way to the fraction',
    x: -2.8284271247461903,
    p: 0.002338867490523633,
  },
  { why: 'far tail keeps its relative precision', x: -8, p: 6.220960574271784e-16 },
])('the normal law: $why', ({ x, p }) => {
  expect(relative(normalCdf(x), p)).toBeLessThan(1e-12);
  expect(Math.abs(normalQuantile(p) - x)).toBeLessThan(1e-9);
});

test('quantile and distribution undo each other, and mirror', () => {
  const arbitraryP = fc.double({ min: 1e-12, max: 0.5, noNaN: true });
  fc.assert(
    fc.property(arbitraryP, (p) => {
      const x = normalQuantile(p);
      return relative(normalCdf(x), p) < 1e-12 && Math.abs(normalCdf(-x) - (1 - p)) < 1e-14;
    }),
    { seed: SEED, numRuns: 1000 },
  );
});

test.each([0, 1, -0.1, Number.NaN])('there is no quantile at %d', (p) => {
  expect(normalQuantile(p)).toBeNaN();
});

test.each([
  { why: 'the 5 % line of Kupiec', x: 3.841458820694124, degrees: 1, p: 0.05 },
  { why: 'the 5 % line of conditional coverage', x: 5.991464547107979, degrees: 2, p: 0.05 },
  { why: 'nothing gained', x: 0, degrees: 2, p: 1 },
] as const)('chi-square: $why', ({ x, degrees, p }) => {
  expect(relative(chiSquareSurvival(x, degrees), p)).toBeLessThan(1e-12);
});

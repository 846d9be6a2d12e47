import { describe, expect, test } from 'vitest';
import { completeResiduals } from '../../../src/risk/var/complete-residuals.ts';
import { seededNormals } from '../statistics/seeded-normals.ts';

const COUNT = 2000;
const RHO = 0.8;
const draw = seededNormals(21);
const anchor = Float64Array.from({ length: COUNT }, () => draw());
const full = anchor.map((z) => RHO * z + Math.sqrt(1 - RHO ** 2) * draw());
const young = full.map((z, t) => (t < 1500 ? Number.NaN : z));

function moments(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, t) => sum + x * (b[t] ?? Number.NaN), 0) / a.length;
}

describe('days that an asset lacks', () => {
  const done = completeResiduals(young, anchor, 30);
  if (done === null) throw new Error('not completed');

  test('are drawn with its own spread and its own tie to the anchor', () => {
    const drawn = done.residuals.slice(0, 1500);
    expect(moments(drawn, drawn)).toBeCloseTo(1, 0);
    const tie = moments(drawn, anchor.slice(0, 1500)) / Math.sqrt(moments(drawn, drawn));
    expect(Math.abs(tie - RHO)).toBeLessThan(0.05);
  });

  test('its own days stay as they are, and are counted', () => {
    expect(done.residuals.slice(1500)).toEqual(full.slice(1500));
    expect([done.observedDays, done.drawnDays]).toEqual([500, 1500]);
  });

  test('the same twice', () => {
    expect(completeResiduals(young, anchor, 30)).toEqual(done);
  });

  test.each([
    { why: 'exactly enough', own: 30, isDone: true },
    { why: 'one short', own: 29, isDone: false },
  ])('$why', ({ own, isDone }) => {
    const few = full.map((z, t) => (t < COUNT - own ? Number.NaN : z));
    expect(completeResiduals(few, anchor, 30) !== null).toBe(isDone);
  });

  test('a copy of the anchor with holes stays finite', () => {
    const copy = anchor.map((z, t) => (t % 7 === 0 ? Number.NaN : z));
    expect(completeResiduals(copy, anchor, 30)?.residuals.every(Number.isFinite)).toBe(true);
  });
});

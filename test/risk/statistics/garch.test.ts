import { describe, expect, test } from 'vitest';
import { fitGarch, garchVariancePath, meanSquare } from '../../../src/risk/statistics/garch.ts';
import { nelderMead } from '../../../src/risk/statistics/nelder-mead.ts';
import { seededNormals } from './seeded-normals.ts';

/** A path of the very process that is fitted. */
function simulated(count: number, seed: number): Float64Array {
  const draw = seededNormals(seed);
  const truth = { omega: 0.000045, alpha: 0.1, beta: 0.85 };
  let variance = truth.omega / (1 - truth.alpha - truth.beta);
  return Float64Array.from({ length: count }, () => {
    const value = Math.sqrt(variance) * draw();
    variance = truth.omega + truth.alpha * value ** 2 + truth.beta * variance;
    return value;
  });
}

function negativeLogLikelihood(returns: Float64Array, alpha: number, beta: number): number {
  const omega = (1 - alpha - beta) * meanSquare(returns);
  const path = garchVariancePath(returns, { omega, alpha, beta });
  return returns.reduce((sum, r, t) => {
    const variance = path[t] ?? Number.NaN;
    return sum + (Math.log(variance) + r ** 2 / variance) / 2;
  }, 0);
}

describe('GARCH(1,1) by maximum likelihood', () => {
  const returns = simulated(4000, 7);
  const fitted = fitGarch(returns);

  test('finds the parameters that made the path', () => {
    expect(fitted?.alpha).toBeCloseTo(0.1, 1);
    expect(fitted?.beta).toBeCloseTo(0.85, 1);
  });

  test('no point of a grid is likelier', () => {
    if (fitted === null) throw new Error('not fitted');
    const found = negativeLogLikelihood(returns, fitted.alpha, fitted.beta);
    for (let alpha = 0.01; alpha < 0.3; alpha += 0.02) {
      for (let beta = 0.5; alpha + beta < 0.999; beta += 0.02) {
        expect(negativeLogLikelihood(returns, alpha, beta)).toBeGreaterThan(found - 1e-4);
      }
    }
  });

  test('says the same twice, and targets the variance that was seen', () => {
    expect(fitGarch(returns)).toEqual(fitted);
    if (fitted === null) throw new Error('not fitted');
    const longRun = fitted.omega / (1 - fitted.alpha - fitted.beta);
    expect(longRun / meanSquare(returns)).toBeCloseTo(1, 10);
  });

  test.each([
    { why: 'one return short', returns: simulated(499, 3) },
    { why: 'a price that stands still', returns: new Float64Array(600) },
    { why: 'a return that is not a number', returns: simulated(600, 3).fill(Number.NaN, 50, 51) },
  ])('does not fit: $why', ({ returns: bad }) => {
    expect(fitGarch(bad)).toBeNull();
  });

  test('returns without clusters still get a filter that is one', () => {
    const draw = seededNormals(11);
    const garch = fitGarch(Float64Array.from({ length: 500 }, () => 0.03 * draw()));
    if (garch === null) throw new Error('not fitted');
    expect(garch.alpha + garch.beta).toBeLessThan(1);
    expect(Math.min(garch.omega, garch.alpha, garch.beta)).toBeGreaterThanOrEqual(0);
  });
});

describe('downhill simplex', () => {
  const settings = { step: 0.5, tolerance: 1e-14, maxSteps: 1000 };

  test('gets through the banana valley', () => {
    const found = nelderMead(
      ([x = 0, y = 0]) => (1 - x) ** 2 + 100 * (y - x ** 2) ** 2,
      [-1.2, 1],
      settings,
    );
    expect(found.hasConverged).toBe(true);
    expect(found.at[0]).toBeCloseTo(1, 5);
    expect(found.at[1]).toBeCloseTo(1, 5);
  });

  test('says so when the steps run out', () => {
    expect(nelderMead(([x = 0]) => x ** 2, [5], { ...settings, maxSteps: 3 }).hasConverged).toBe(
      false,
    );
  });

  test('walks around what is not a number', () => {
    const found = nelderMead(([x = 0]) => (x < 0 ? Number.NaN : (x - 0.1) ** 2), [3], settings);
    expect(found.at[0]).toBeCloseTo(0.1, 5);
  });
});

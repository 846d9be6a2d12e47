import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cholesky } from '../../../src/risk/probability/cholesky.ts';
import { firstOrderProbability } from '../../../src/risk/probability/first-order-probability.ts';
import { hitProbability } from '../../../src/risk/probability/hit-probability.ts';
import { seededUnit } from '../../../src/risk/probability/seeded-unit.ts';
import { simulateLiquidations } from '../../../src/risk/probability/simulate-liquidations.ts';
import type {
  SimulatedAccount,
  SimulationRequest,
} from '../../../src/risk/probability/simulation.ts';
import { fillStandardNormals } from '../../../src/risk/probability/standard-normals.ts';
import { normalCdf } from '../../../src/risk/statistics/normal.ts';
import { aRequest } from './a-request.ts';

const WEEK = 7 / 365;

function run(request: SimulationRequest) {
  const result = simulateLiquidations(request, seededUnit(request.seed));
  if (!result.ok) throw new Error(result.error);
  return result.value.horizons;
}

function last(request: SimulationRequest) {
  const horizon = run(request).at(-1);
  if (horizon === undefined) throw new Error('no horizon');
  const [first] = horizon.accounts;
  return {
    ...horizon,
    probability: first?.probability ?? Number.NaN,
    error: first?.standardError ?? Number.NaN,
  };
}

/** One coin, held or owed against dollars: liquidated at the barrier. */
function oneCoin(barrier: number, changes: Partial<SimulationRequest> = {}): SimulationRequest {
  const sign = barrier < 100 ? 1 : -1;
  return {
    ...aRequest(),
    paths: 40_000,
    assets: [{ asset: 'BTC', price: 100, sigmaAnnual: 0.8, driftAnnual: 0 }],
    correlation: [[1]],
    horizons: [{ years: WEEK, steps: 42 }],
    accounts: [
      {
        id: 'one',
        constant: -sign * barrier,
        curves: [{ asset: 'BTC', breaks: [], slopes: [sign], intercepts: [0] }],
      },
    ],
    ...changes,
  };
}

test.each([
  { why: 'a long, often', barrier: 92, steps: 42 },
  { why: 'a short, often', barrier: 108, steps: 42 },
  { why: 'a long on a coarse grid', barrier: 90, steps: 12 },
])('the grid costs less than 2 % of the exact answer: $why', ({ barrier, steps }) => {
  const request = oneCoin(barrier, { horizons: [{ years: WEEK, steps }] });
  const exact = hitProbability({
    mark: 100,
    barrier,
    sigmaAnnual: 0.8,
    years: WEEK,
    driftAnnual: 0,
    barrierGrowthAnnual: 0,
  });
  const { probability, error } = last(request);
  expect(Math.abs(probability / exact - 1)).toBeLessThan(0.02);
  expect(error / exact).toBeLessThan(0.01);
});

test('the grid of a correlated book costs less than 2 % against one eight times as fine', () => {
  const [first] = aRequest().accounts as [SimulatedAccount];
  const week = (steps: number, paths: number) =>
    last(
      aRequest({
        paths,
        horizons: [{ years: WEEK, steps }],
        accounts: [{ ...first, constant: 10_000 }],
      }),
    );
  const coarse = week(42, 60_000);
  const fine = week(336, 12_000);
  expect(coarse.probability).toBeGreaterThan(0.25);
  expect(Math.abs(coarse.probability / fine.probability - 1)).toBeLessThan(0.02);
});

test('a horizon inside a longer one is the same question asked shorter', () => {
  const [early, late] = run(
    oneCoin(95, {
      horizons: [
        { years: WEEK / 2, steps: 20 },
        { years: WEEK, steps: 20 },
      ],
    }),
  );
  const alone = last(oneCoin(95, { horizons: [{ years: WEEK / 2, steps: 20 }] }));
  const first = early?.accounts[0]?.probability ?? Number.NaN;
  expect(first).toBeCloseTo(alone.probability, 1);
  expect(late?.accounts[0]?.probability).toBeGreaterThan(first);
});

describe('accounts under the same prices', () => {
  const account = (id: string, sign: 1 | -1, barrier: number): SimulatedAccount => ({
    id,
    constant: -sign * barrier,
    curves: [{ asset: 'BTC', breaks: [], slopes: [sign], intercepts: [0] }],
  });
  const chances = (...accounts: readonly SimulatedAccount[]) => {
    const outcome = last(oneCoin(90, { accounts, paths: 4000 }));
    return { ...outcome, each: outcome.accounts.map(({ probability }) => probability) };
  };

  test('another account changes nothing for the first', () => {
    const alone = chances(account('long', 1, 95));
    const together = chances(account('long', 1, 95), account('short', -1, 104));
    expect(together.each[0]).toBe(alone.each[0]);
  });

  test('two equal accounts go together', () => {
    const { any, all, each } = chances(account('a', 1, 95), account('b', 1, 95));
    expect([any, all, each[1]]).toEqual([each[0], each[0], each[0]]);
  });

  test('of a hedge one leg goes far more often than both', () => {
    const { any, all, each } = chances(account('long', 1, 95), account('short', -1, 105));
    const [long = 0, short = 0] = each;
    expect(any).toBeGreaterThan(Math.max(long, short));
    expect(all).toBeLessThan(Math.min(long, short) / 2);
    expect(any + all).toBeCloseTo(long + short, 10);
  });

  test('an account that is past already is gone, one that nothing moves stays', () => {
    const gone = { ...account('gone', 1, 95), constant: -100 };
    const { each } = chances(gone, { id: 'safe', constant: 1, curves: [] });
    expect(each).toEqual([1, 0]);
  });
});

test('a curve with bends that are none is the straight one', () => {
  const straight = oneCoin(92, { paths: 2000 });
  const bent = {
    ...straight,
    accounts: [
      {
        id: 'one',
        constant: -92,
        curves: [{ asset: 'BTC', breaks: [95, 105], slopes: [1, 1, 1], intercepts: [0, 0, 0] }],
      },
    ],
  };
  expect(last(bent).probability).toBeCloseTo(last(straight).probability, 10);
});

test('a bracket that begins with a jump can be what kills', () => {
  const jump = {
    id: 'one',
    constant: 5,
    curves: [{ asset: 'BTC', breaks: [97], slopes: [0, 0], intercepts: [-6, 0] }],
  };
  const touched = last(
    oneCoin(90, { accounts: [jump], horizons: [{ years: WEEK, steps: 200 }], paths: 4000 }),
  );
  expect(touched.probability).toBeGreaterThan(0.7);
});

test.each<{ why: string; changes: Partial<SimulationRequest>; error: string }>([
  { why: 'no accounts', changes: { accounts: [] }, error: 'empty' },
  { why: 'no assets', changes: { assets: [], correlation: [] }, error: 'empty' },
  { why: 'no horizons', changes: { horizons: [] }, error: 'empty' },
  { why: 'no paths', changes: { paths: 0 }, error: 'not-finite' },
  {
    why: 'horizons out of order',
    changes: {
      horizons: [
        { years: 2, steps: 1 },
        { years: 1, steps: 1 },
      ],
    },
    error: 'not-finite',
  },
  {
    why: 'a step that never ends',
    changes: { horizons: [{ years: 1, steps: 1e9 }] },
    error: 'not-finite',
  },
  { why: 'half a step', changes: { horizons: [{ years: 1, steps: 0.5 }] }, error: 'not-finite' },
  {
    why: 'a price of zero',
    changes: { assets: [{ asset: 'BTC', price: 0, sigmaAnnual: 1, driftAnnual: 0 }] },
    error: 'not-finite',
  },
  {
    why: 'no volatility',
    changes: { assets: [{ asset: 'BTC', price: 1, sigmaAnnual: Number.NaN, driftAnnual: 0 }] },
    error: 'not-finite',
  },
  {
    why: 'an unknown equity',
    changes: { accounts: [{ id: 'x', constant: Number.NaN, curves: [] }] },
    error: 'not-finite',
  },
  {
    why: 'a coin nobody simulates',
    changes: {
      accounts: [
        {
          id: 'x',
          constant: 1,
          curves: [{ asset: 'DOGE', breaks: [], slopes: [1], intercepts: [0] }],
        },
      ],
    },
    error: 'not-finite',
  },
  {
    why: 'a curve with a piece too few',
    changes: {
      accounts: [
        {
          id: 'x',
          constant: 1,
          curves: [{ asset: 'BTC', breaks: [1], slopes: [1], intercepts: [0] }],
        },
      ],
    },
    error: 'not-finite',
  },
  { why: 'no correlations', changes: { correlation: [] }, error: 'correlation' },
  {
    why: 'correlations that cannot be',
    changes: {
      correlation: [
        [1, 0.9, -0.9],
        [0.9, 1, 0.9],
        [-0.9, 0.9, 1],
      ],
    },
    error: 'correlation',
  },
  {
    why: 'correlations of one way only',
    changes: {
      correlation: [
        [1, 0.5, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
    error: 'correlation',
  },
])('$why is refused: $error', ({ changes, error }) => {
  expect(simulateLiquidations(aRequest(changes), seededUnit(1))).toEqual({ ok: false, error });
});

test('a matrix is the square of its root, perfect correlation included', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 4, maxLength: 4 }), {
        minLength: 2,
        maxLength: 4,
      }),
      (rows) => {
        const matrix = rows.map((a) =>
          rows.map((b) => a.reduce((sum, x, k) => sum + x * (b[k] ?? 0), 0)),
        );
        const root = cholesky(matrix);
        expect(root).not.toBeNull();
        const n = matrix.length;
        matrix.forEach((row, i) => {
          row.forEach((value, j) => {
            let sum = 0;
            for (let k = 0; k < n; k += 1)
              sum += (root?.[i * n + k] ?? 0) * (root?.[j * n + k] ?? 0);
            expect(sum).toBeCloseTo(value, 6);
          });
        });
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});

test('the normals are normal, tails included', () => {
  const normals = new Float64Array(400_000);
  fillStandardNormals(normals, seededUnit(11));
  normals.sort();
  let gap = 0;
  normals.forEach((x, i) => {
    if (i % 50 === 0) gap = Math.max(gap, Math.abs(normalCdf(x) - (i + 0.5) / normals.length));
  });
  // Kolmogorov and Smirnov at one in a thousand.
  expect(gap * Math.sqrt(normals.length)).toBeLessThan(1.95);
  const beyond = normals.filter((x) => Math.abs(x) > 3.5).length;
  const expected = 2 * normalCdf(-3.5) * normals.length;
  expect(Math.abs(beyond - expected)).toBeLessThan(4 * Math.sqrt(expected));
});

test('the first-order answer is near the simulation where it is not small', () => {
  const [account] = aRequest().accounts as [SimulatedAccount];
  const request = aRequest({ horizons: [{ years: WEEK, steps: 42 }], paths: 10_000 });
  const deltas = account.curves.map(
    ({ slopes }, i) => (slopes[0] ?? 0) * (request.assets[i]?.price ?? 0),
  );
  const spare =
    account.constant +
    account.curves.reduce(
      (sum, { intercepts }, i) => sum + (intercepts[0] ?? 0) + (deltas[i] ?? 0),
      0,
    );
  const sigmasAnnual = request.assets.map(({ sigmaAnnual }) => sigmaAnnual);
  const of = { spare, deltas, sigmasAnnual, correlation: request.correlation };
  const first = firstOrderProbability(of, WEEK);
  expect(first / last(request).probability).toBeGreaterThan(0.85);
  expect(first / last(request).probability).toBeLessThan(1.25);
  expect(firstOrderProbability({ ...of, spare: 0 }, WEEK)).toBe(1);
  expect(firstOrderProbability({ ...of, deltas: [0, 0, 0] }, WEEK)).toBe(0);
  expect(firstOrderProbability({ ...of, spare: Number.NaN }, WEEK)).toBeNaN();
});

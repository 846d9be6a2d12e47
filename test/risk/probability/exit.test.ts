import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { exitCost, netHealthFactor } from '../../../src/risk/probability/exit-cost.ts';
import { exitImpact, widenBarrier } from '../../../src/risk/probability/exit-impact.ts';
import { distanceOfHealth } from '../../../src/risk/probability/health-distance.ts';
import { squareRootImpact } from '../../../src/risk/probability/square-root-impact.ts';

const book = {
  mid: 100.5,
  levels: [
    { price: 100, quantity: 5 },
    { price: 99, quantity: 10 },
  ],
};

test.each([
  { why: 'inside the first level', size: 2, filled: 2, unfilled: 0, cost: 1 },
  { why: 'the first level exactly', size: 5, filled: 5, unfilled: 0, cost: 2.5 },
  { why: 'into the second', size: 8, filled: 8, unfilled: 0, cost: 7 },
  {
    why: 'more than there is: the rest is not guessed',
    size: 20,
    filled: 15,
    unfilled: 5,
    cost: 17.5,
  },
])('walking a book: $why', ({ size, filled, unfilled, cost }) => {
  const got = exitCost(book, size);
  expect(got).toMatchObject({ filled, unfilled });
  expect(got.cost).toBeCloseTo(cost, 12);
  expect(got.slippage).toBeCloseTo(cost / (filled * 100.5), 12);
});

test('an empty book costs nothing that is known', () => {
  expect(exitCost({ mid: 100, levels: [] }, 3)).toEqual({
    filled: 0,
    unfilled: 3,
    cost: 0,
    slippage: null,
  });
});

test('health after getting out', () => {
  expect(netHealthFactor(dec('1000'), dec('400'), 200)).toBe(2);
  expect(netHealthFactor(dec('100'), dec('400'), 200)).toBe(-0.25);
  expect(netHealthFactor(dec('100'), dec('0'), 200)).toBeNull();
  expect(netHealthFactor(dec('100'), dec('1'), Number.NaN)).toBeNull();
});

describe('impact of closing', () => {
  const asked = { book, sigmaDaily: 0.03, dailyVolume: 20_000 };
  test.each([
    { why: 'the book takes it all', of: { size: 5 }, is: 2.5 / 502.5 },
    {
      why: 'past the book the law, where it says more',
      of: { size: 500, sigmaDaily: 0.3 },
      is: 0.3 * Math.sqrt(500 / 20_000),
    },
    {
      why: 'past the book what is shown, where that says more',
      of: { size: 16, dailyVolume: 1e12 },
      is: 17.5 / (15 * 100.5),
    },
    { why: 'past the book and no volume', of: { size: 16, dailyVolume: null }, is: null },
    { why: 'a volume of nothing', of: { size: 16, dailyVolume: 0 }, is: null },
    { why: 'nothing to close', of: { size: 0 }, is: null },
    { why: 'a mid of nothing', of: { size: 1, book: { mid: 0, levels: [] } }, is: null },
  ])('$why', ({ of, is }) => {
    const got = exitImpact({ ...asked, ...of });
    if (is === null) expect(got).toBeNull();
    else expect(got).toBeCloseTo(is, 12);
  });

  test.each([
    { why: 'a long is out of reach sooner', barrier: 90, impact: 0.02, is: 91.8 },
    { why: 'a short too', barrier: 110, impact: 0.02, is: 107.8 },
    { why: 'not past the mark', barrier: 99.5, impact: 0.02, is: 100 },
    { why: 'exactly a tenth of a percent counts', barrier: 90, impact: 0.001, is: 90.09 },
    { why: 'less does not', barrier: 90, impact: 0.00099, is: 90 },
    { why: 'nor what is not known', barrier: 90, impact: Number.NaN, is: 90 },
  ])('widening: $why', ({ barrier, impact, is }) => {
    expect(widenBarrier({ mark: 100, barrier }, impact)).toBeCloseTo(is, 12);
  });

  test('four times the size moves the price twice as far', () => {
    const of = { coefficient: 1, sigmaDaily: 0.03, size: 500, dailyVolume: 20_000 };
    expect(squareRootImpact({ ...of, size: 2000 })).toBeCloseTo(2 * squareRootImpact(of), 12);
    expect(squareRootImpact({ ...of, dailyVolume: 0 })).toBeNaN();
  });
});

test.each([
  {
    why: 'a health of two may be half a percent away',
    side: 'long',
    rate: '0.005',
    health: '2',
    is: '0.0050251',
  },
  { why: 'a short has a little less', side: 'short', rate: '0.005', health: '2', is: '0.0049751' },
  { why: 'at liquidation', side: 'long', rate: '0.005', health: '1', is: '0.0000000' },
] as const)('$why', ({ side, rate, health, is }) => {
  expect(distanceOfHealth(side, dec(rate), dec(health))?.toFixed(7)).toBe(is);
});

test('a maintenance of everything has no distance', () => {
  expect(distanceOfHealth('long', dec('1'), dec('2'))).toBeNull();
});

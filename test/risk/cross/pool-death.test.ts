import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Decimal, dec, ONE, ZERO } from '../../../src/domain/decimal.ts';
import { asRatio } from '../../../src/domain/units.ts';
import {
  countedQuantity,
  IN_FULL,
  quantityCounting,
} from '../../../src/risk/cross/collateral-weight.ts';
import type { MarginPool, PoolLeg } from '../../../src/risk/cross/margin-pool.ts';
import { poolDeath, steppedDeath, walkedDeath } from '../../../src/risk/cross/pool-death.ts';
import { poolHealth } from '../../../src/risk/cross/pool-health.ts';
import { continuousTiers, tierMaintenance } from '../../../src/risk/maintenance.ts';
import { doubleSlack } from './double-slack.ts';
import { bracketsOf, legOf, legShape, randomMove, randomPool, tiersAround } from './random-pool.ts';

const RUNS = { seed: 20_261_125, numRuns: 1000 };
const cases = randomPool();

function isNear(a: Decimal | null, b: Decimal | null, share: string): boolean {
  if (a === null || b === null) return a === b;
  return a.minus(b).abs().lte(b.abs().times(share));
}

describe('where a pool dies', () => {
  test('its health is 1 to twenty digits', () => {
    fc.assert(
      fc.property(cases, randomMove, (pool, move) => {
        const { below, above, isPast } = poolDeath(pool, move);
        expect(isPast).toBe(false);
        for (const t of [below, above]) {
          if (t === null) continue;
          const health = poolHealth(pool, move, t).healthFactor;
          expect(health?.minus(ONE).abs().lt('1e-20')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('is where bisection in doubles ends, and nothing crosses nearer', () => {
    fc.assert(
      fc.property(cases, randomMove, (pool, move) => {
        const slack = doubleSlack(pool, move);
        const { below, above } = poolDeath(pool, move);
        const scale = pool.legs.reduce((sum, { value }) => sum + Math.abs(value.toNumber()), 1e5);
        const scan = (t: Decimal | null, end: number) => {
          const to = t?.toNumber() ?? end;
          const nearer = Array.from({ length: 39 }, (_, i) => 1 + ((to - 1) * (i + 1)) / 40);
          const isClear = (at: number) => slack(at) > -1e-9 * scale * Math.max(1, at);
          expect(nearer.every(isClear)).toBe(true);
          if (t === null) return;
          expect(Math.abs(slack(to))).toBeLessThan(1e-9 * scale * Math.max(1, to));
          expect(bisect(slack, to)).toBeCloseTo(0, 6);
        };
        scan(below, 1e-6);
        scan(above, 1e4);
      }),
      RUNS,
    );
  });

  test('closing in on it and walking every bend end at the same point', () => {
    fc.assert(
      fc.property(cases, randomMove, (pool, move) => {
        const quick = poolDeath(pool, move);
        const walked = walkedDeath(pool, move, false);
        expect(isNear(quick.below, walked.below, '1e-30')).toBe(true);
        expect(isNear(quick.above, walked.above, '1e-30')).toBe(true);
      }),
      RUNS,
    );
  });

  test('laid open for one asset, where doubles look first, it is the same to the digit', () => {
    let found = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom('BTC', 'ETH'), (pool, asset) => {
        const one = { ...pool, legs: pool.legs.filter((leg) => leg.asset === asset) };
        const move = new Map([[asset, ONE]]);
        const [quick, exact] = [poolDeath(one, move), steppedDeath(one, move)];
        expect(JSON.stringify(quick)).toBe(JSON.stringify(exact));
        found += Number(exact.below !== null) + Number(exact.above !== null);
      }),
      RUNS,
    );
    expect(found).toBeGreaterThan(400);
  });

  test('goes away from the mark with every dollar of margin', () => {
    fc.assert(
      fc.property(cases, randomMove, fc.integer({ min: 1, max: 20_000 }), (pool, move, more) => {
        const before = poolDeath(pool, move);
        const richer = { ...pool, fixedEquityUsd: pool.fixedEquityUsd.plus(more) };
        const after = poolDeath(richer, move);
        if (after.below !== null) expect(before.below?.gt(after.below)).toBe(true);
        if (after.above !== null) expect(before.above?.lt(after.above)).toBe(true);
      }),
      RUNS,
    );
  });

  test('a pool that is past has the point that saves it, and there its health is 1', () => {
    const dead = randomPool(fc.integer({ min: 30, max: 99 }).map((n) => dec(n).div(100)));
    fc.assert(
      fc.property(dead, randomMove, (pool, move) => {
        const { below, above, isPast } = poolDeath(pool, move);
        expect(isPast).toBe(true);
        for (const t of [below, above]) {
          if (t === null) continue;
          const health = poolHealth(pool, move, t).healthFactor;
          expect(health?.minus(ONE).abs().lt('1e-20')).toBe(true);
        }
      }),
      RUNS,
    );
  });
});

/** The slack where the sign changes, over the slack's change around it: zero at a true crossing. */
function bisect(slack: (t: number) => number, near: number): number {
  let [low, high] = [near * (1 - 1e-4), near * (1 + 1e-4)];
  if (slack(low) > 0 === slack(high) > 0) return 0;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (slack(middle) > 0 === slack(low) > 0) low = middle;
    else high = middle;
  }
  return low / near - 1;
}

const DOLLARS = { coin: 'USDT', price: ONE, quantity: ZERO, brackets: IN_FULL };
const BTC_MOVES = new Map([['BTC', ONE]]);

describe('mirrors', () => {
  const legs = fc
    .array(
      legShape.map((shape) => ({ ...shape, kind: 'linear' as const, asset: 'BTC' as const })),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    .chain((shapes) => fc.tuple(...shapes.map(legOf)));

  test('a linear book dies at t where the inverse book of opposite sides dies at 1 ÷ t', () => {
    fc.assert(
      fc.property(legs, fc.integer({ min: 500, max: 150_000 }), (linear, margin) => {
        const pool: MarginPool = {
          fixedEquityUsd: dec(margin),
          fixedRequiredUsd: ZERO,
          liquidatesAt: ONE,
          coins: [DOLLARS],
          legs: linear,
        };
        // The same numbers counted in coin: values and margin in coin, over the price turned upside down.
        const mirrored: MarginPool = {
          ...pool,
          fixedEquityUsd: ZERO,
          coins: [{ coin: 'BTC', price: dec('65500'), quantity: dec(margin), brackets: IN_FULL }],
          legs: linear.map((leg) => ({
            ...leg,
            kind: 'inverse',
            settle: 'BTC',
            side: leg.side === 'long' ? 'short' : 'long',
          })),
        };
        const one = poolDeath(pool, BTC_MOVES);
        const two = poolDeath(mirrored, BTC_MOVES);
        expect(one.isPast).toBe(two.isPast);
        if (one.isPast) return;
        expect(isNear(one.below, two.above && ONE.div(two.above), '1e-25')).toBe(true);
        expect(isNear(one.above, two.below && ONE.div(two.below), '1e-25')).toBe(true);
      }),
      RUNS,
    );
  });

  test('where the requirement does not move, longs die as far below as shorts above', () => {
    fc.assert(
      fc.property(legShape, fc.integer({ min: 1, max: 100_000 }), ({ usd }, margin) => {
        const die = (side: PoolLeg['side']) =>
          poolDeath(
            {
              fixedEquityUsd: dec(margin),
              fixedRequiredUsd: ZERO,
              liquidatesAt: ONE,
              coins: [DOLLARS],
              legs: [
                {
                  ...{ asset: 'BTC', settle: 'USDT', kind: 'linear', side, value: usd },
                  tiers: [
                    { floor: ZERO, cap: null, rate: asRatio(ZERO), deduction: usd.div(-300) },
                  ],
                  closingFee: ZERO,
                },
              ],
            },
            BTC_MOVES,
          );
        const [long, short] = [die('long'), die('short')];
        if (long.below === null) return;
        expect(isNear(short.above, dec(2).minus(long.below), '1e-30')).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('brackets', () => {
  test('maintenance does not jump where one begins', () => {
    fc.assert(
      fc.property(tiersAround(dec(100_000)), (tiers) => {
        for (const [index, tier] of tiers.entries()) {
          const next = tiers[index + 1];
          if (next === undefined || tier.cap === null) return;
          const [before, after] = [
            tierMaintenance(tier, tier.cap),
            tierMaintenance(next, tier.cap),
          ];
          expect(after.eq(before)).toBe(true);
        }
      }),
      RUNS,
    );
  });

  test('what counts of a coin rises with the coin, never faster, and can be turned around', () => {
    fc.assert(
      fc.property(bracketsOf, fc.integer({ min: -500, max: 9_000 }), (brackets, hundredths) => {
        const quantity = dec(hundredths).div(100);
        const counted = countedQuantity(quantity, brackets);
        const more = countedQuantity(quantity.plus('0.01'), brackets);
        expect(counted.lte(quantity) || quantity.isNegative()).toBe(true);
        expect(more.gt(counted) && more.minus(counted).lte('0.01')).toBe(true);
        expect(isNear(quantityCounting(counted, brackets), quantity, '1e-30')).toBe(true);
      }),
      RUNS,
    );
  });
});

function pool(more: Partial<MarginPool> & { readonly legs: readonly PoolLeg[] }): MarginPool {
  return {
    fixedEquityUsd: ZERO,
    fixedRequiredUsd: ZERO,
    liquidatesAt: ONE,
    coins: [DOLLARS],
    ...more,
  };
}

function leg(more: Partial<PoolLeg>): PoolLeg {
  const tiers = continuousTiers([{ floor: ZERO, rate: dec('0.01') }]);
  const base = { asset: 'BTC', settle: 'USDT', kind: 'linear', side: 'long' } as const;
  return { ...base, value: dec(100), tiers, closingFee: ZERO, ...more };
}

const text = (t: Decimal | null) => t?.toDecimalPlaces(8).toString() ?? null;
/** A jump of maintenance at 110, as of a table without deductions: 1.1 below it, 11 above. */
const JUMP = [
  { floor: ZERO, cap: dec(110), rate: asRatio(dec('0.01')), deduction: ZERO },
  { floor: dec(110), cap: null, rate: asRatio(dec('0.1')), deduction: ZERO },
];
/** 1 % up to 60, half of everything beyond. */
const GROWING = continuousTiers([
  { floor: ZERO, rate: dec('0.01') },
  { floor: dec(60), rate: dec('0.5') },
]);
const COIN = { coin: 'BTC', price: dec(50), quantity: dec(1), brackets: IN_FULL };

test.each<{
  why: string;
  pool: MarginPool;
  betas?: Record<string, string>;
  below: string | null;
  above: string | null;
  past?: boolean;
}>([
  {
    why: 'a lone long dies of a fall',
    pool: pool({ fixedEquityUsd: dec(10), legs: [leg({})] }),
    below: '0.90909091',
    above: null,
  },
  {
    why: 'nearly neutral and net long, yet a rise ends it: the requirement grows on both legs',
    pool: pool({
      fixedEquityUsd: dec('2.005'),
      legs: [leg({}), leg({ side: 'short', value: dec('99.5') })],
    }),
    below: null,
    above: '1.00668896',
  },
  {
    why: 'both ways: a fall takes the coin collateral, a rise the short whose bracket grows',
    pool: pool({
      coins: [DOLLARS, COIN],
      fixedEquityUsd: dec(-45),
      legs: [leg({ value: dec(40), side: 'short', tiers: GROWING })],
    }),
    below: '0.52083333',
    above: '2.44',
  },
  {
    why: 'a 1x inverse short is covered in coin at every price',
    pool: pool({
      coins: [{ ...COIN, quantity: dec(2) }],
      legs: [leg({ kind: 'inverse', settle: 'BTC', side: 'short', value: dec(2) })],
    }),
    below: null,
    above: null,
  },
  {
    why: 'a requirement that jumps is where the money runs out',
    pool: pool({ fixedEquityUsd: dec(15), legs: [leg({ side: 'short', tiers: JUMP })] }),
    below: null,
    above: '1.1',
  },
  {
    why: 'dead already: the price that saves it',
    pool: pool({ fixedEquityUsd: dec('0.5'), legs: [leg({})] }),
    below: null,
    above: '1.00505051',
    past: true,
  },
  {
    why: 'exactly at its liquidation: here, on both sides',
    pool: pool({ fixedEquityUsd: ONE, legs: [leg({})] }),
    below: '1',
    above: '1',
    past: true,
  },
  {
    why: 'no legs and no debt: nothing to die of',
    pool: pool({ fixedEquityUsd: dec(5), coins: [DOLLARS, COIN], legs: [] }),
    below: null,
    above: null,
  },
  {
    why: 'an owed coin alone dies of its rise',
    pool: pool({ fixedEquityUsd: dec(100), coins: [{ ...COIN, quantity: dec(-1) }], legs: [] }),
    below: null,
    above: '2',
  },
  {
    why: 'by beta: the leg that moves twice as far is at zero before the other',
    pool: pool({ fixedEquityUsd: dec(99), legs: [leg({ asset: 'SOL' })] }),
    betas: { SOL: '2' },
    below: '0.50505051',
    above: null,
  },
  {
    why: 'by beta: at zero a long cannot lose more',
    pool: pool({ fixedEquityUsd: dec(100), legs: [leg({ asset: 'SOL' })] }),
    betas: { SOL: '2' },
    below: '0.5',
    above: null,
  },
])('$why', ({ pool: given, betas, below, above, past }) => {
  const move = new Map(Object.entries(betas ?? { BTC: '1' }).map(([a, b]) => [a, dec(b)]));
  const death = poolDeath(given, move);
  expect([death.isPast, text(death.below), text(death.above)]).toEqual([
    past ?? false,
    below,
    above,
  ]);
});

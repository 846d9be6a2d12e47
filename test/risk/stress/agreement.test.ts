import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, dec } from '../../../src/domain/decimal.ts';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { coinPriceFrom } from '../../../src/risk/coin-price.ts';
import { livePools } from '../../../src/risk/cross/live-pools.ts';
import { movedPools } from '../../../src/risk/cross/moved-pools.ts';
import { poolHealth } from '../../../src/risk/cross/pool-health.ts';
import { computeStressBook } from '../../../src/risk/stress/compute-stress-book.ts';
import { exactSlack } from '../../../src/risk/stress/exact-slack.ts';
import { marketAt } from '../../../src/risk/stress/market.ts';
import { poolFigures } from '../../../src/risk/stress/pool-value.ts';
import type { MarketPoint } from '../../../src/risk/stress/scenario.ts';
import { TODAY } from '../../../src/risk/stress/scenario.ts';
import type { StressBook, StressPool } from '../../../src/risk/stress/stress-book.ts';
import { stressDesk } from '../../../src/risk/stress/stress-desk.ts';
import { desk } from '../sample-desk.ts';
import { randomAccount, randomMoves, randomPoint } from './random-book.ts';

const CASES = { seed: 21, numRuns: 1000 };

function crossPool(one: AccountSnapshot): { book: StressBook; pool: StressPool } {
  const book = computeStressBook(desk(one));
  const pool = book.pools.find(({ kind }) => kind === 'cross');
  if (pool === undefined) throw new TypeError('no cross pool');
  return { book, pool };
}

/** Of the size of what is added up. */
function sizeOf(pool: StressPool): number {
  const legs = pool.legs.reduce(
    (sum, leg) => sum + leg.value * (pool.coins[leg.coin]?.price ?? 0),
    0,
  );
  return legs + pool.coins.reduce((sum, coin) => sum + Math.abs(coin.quantity * coin.price), 1);
}

test('plain numbers and decimals agree to ten digits, whatever the market does', () => {
  fc.assert(
    fc.property(randomAccount('a'), randomPoint, (one, point) => {
      const { book, pool } = crossPool(one);
      const fast = poolFigures(pool, marketAt(book, point), book.fresh).slackUsd;
      const exact = pool.exact === null ? Number.NaN : exactSlack(pool.exact, point).toNumber();
      expect(Math.abs(fast - exact)).toBeLessThan(1e-10 * sizeOf(pool) * 10);
    }),
    CASES,
  );
});

test('where prices alone move, the pool is the one that liquidation prices are solved in', () => {
  fc.assert(
    fc.property(randomAccount('a'), randomMoves, (one, point) => {
      const { pool } = crossPool(one);
      const lives = livePools(one, coinPriceFrom(desk(one)));
      const live = lives.ok ? lives.value[0] : undefined;
      const move = new Map(
        Object.entries(point.moves).map(([asset, by]) => [asset, dec(String(by))]),
      );
      if (live === undefined || pool.exact === null) throw new TypeError('no pool');
      const moved = movedPools(live, move);
      if (!moved.ok) throw new TypeError(moved.error);
      const slacks = moved.value.map((each) => {
        const health = poolHealth(each, move, dec('2'));
        return health.equityUsd.minus(health.requiredUsd.times(each.liquidatesAt));
      });
      const apart = exactSlack(pool.exact, point)
        .minus(Decimal.min(...slacks))
        .abs();
      expect(apart.lt('1e-20')).toBe(true);
    }),
    CASES,
  );
});

test('today is what the venue reports, to the last digit a double has', () => {
  fc.assert(
    fc.property(randomAccount('a'), (one) => {
      const { book } = crossPool(one);
      const outcome = stressDesk(book, scenario([TODAY]));
      const equity = one.margin?.equityUsd?.toNumber() ?? Number.NaN;
      const row = outcome.accounts[0];
      if (row?.isLiquidated === false) expect(row.equityUsd).toBeCloseTo(equity, 6);
      expect(row?.gap?.equityUsd).toBeCloseTo(equity, 6);
    }),
    { seed: 22, numRuns: 200 },
  );
});

test('dead on a straight way exactly when dead at its end or at its beginning; no equity from nowhere', () => {
  fc.assert(
    fc.property(randomAccount('a'), randomMoves, (one, point) => {
      const { book, pool } = crossPool(one);
      if (pool.exact === null) throw new TypeError('no pool');
      const isDead = [TODAY, point].some((at) => pool.exact && exactSlack(pool.exact, at).lte(0));
      const row = stressDesk(book, scenario([point])).accounts[0];
      expect(row?.isLiquidated).toBe(isDead);
      if (!isDead) expect(row?.equityUsd).toBeCloseTo(row?.gap?.equityUsd ?? Number.NaN, 4);
      expect(row?.equityUsd).toBeGreaterThanOrEqual(0);
    }),
    CASES,
  );
});

function scenario(path: readonly MarketPoint[]) {
  return { id: 'test', kind: 'price' as const, path, proxies: [], deleveraged: 0 };
}

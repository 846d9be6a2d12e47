import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { movedPools } from '../../../src/risk/cross/moved-pools.ts';
import { poolHealth } from '../../../src/risk/cross/pool-health.ts';
import { poolCurves } from '../../../src/risk/probability/pool-curves.ts';
import type { AssetCurve } from '../../../src/risk/probability/simulation.ts';
import { account, desk, instrument, position, tiers } from '../sample-desk.ts';

const MARKS = { BTC: '60000', ETH: '3000', SOL: '150' } as const;
type Asset = keyof typeof MARKS;
const ASSETS = Object.keys(MARKS) as Asset[];

const BRACKETS = tiers(['0', '0.005', '0'], ['50000', '0.01', '250'], ['200000', '0.05', '8250']);
const COIN_BRACKETS = tiers(['0', '0.005', '0'], ['1', '0.02', '0.015']);

const leg = fc.record({
  asset: fc.constantFrom(...ASSETS),
  kind: fc.constantFrom('linear', 'inverse'),
  side: fc.constantFrom('long' as const, 'short' as const),
  worth: fc.integer({ min: 100, max: 400_000 }),
});

interface DrawnLeg {
  readonly asset: Asset;
  readonly kind: string;
  readonly side: 'long' | 'short';
  readonly worth: number;
}

function legOf({ asset, kind, side, worth }: DrawnLeg) {
  const mark = MARKS[asset];
  const isLinear = kind === 'linear';
  const symbol = isLinear ? `${asset}/USDT:USDT` : `${asset}/USD:${asset}`;
  return position({
    venue: 'hyperliquid',
    instrument: instrument(symbol, { tiers: isLinear ? BRACKETS : COIN_BRACKETS }),
    side,
    contracts: isLinear ? dec(worth).div(mark).toString() : String(worth),
    entry: mark,
    mark,
    mode: 'cross',
  });
}

function at({ breaks, slopes, intercepts }: AssetCurve, factor: number): number {
  const piece = breaks.filter((edge) => edge <= factor).length;
  return (intercepts[piece] ?? Number.NaN) + (slopes[piece] ?? Number.NaN) * factor;
}

test('curves added up are equity less maintenance, wherever the prices go', () => {
  const factor = fc.double({ min: 0.05, max: 4, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(leg, { minLength: 1, maxLength: 5 }),
      fc.tuple(factor, factor, factor),
      (drawn, to) => {
        const held = drawn.map(legOf);
        const equity = '5000000';
        const snapshot = desk(
          account({ venue: 'hyperliquid', positions: held, equity, coins: [['USDT', equity]] }),
        );
        const live = assessDesk(snapshot).accounts[0]?.pools.pools[0];
        if (live === undefined) throw new Error('no pool');
        const model = poolCurves(live);
        if (!model.ok) throw new Error(model.error);
        // Three assets that move apart: betas of one move to the factor 2.
        const move = new Map(ASSETS.map((asset, i) => [asset as string, dec((to[i] ?? 1) - 1)]));
        const moved = movedPools(live, move);
        if (!moved.ok || moved.value[0] === undefined) throw new Error('not moved');
        const { equityUsd, requiredUsd } = poolHealth(moved.value[0], move, dec(2));
        const expected = equityUsd.minus(requiredUsd).toNumber();
        const { spare, curves } = model.value;
        const told = curves.reduce(
          (sum, curve) => sum + at(curve, to[ASSETS.indexOf(curve.asset as Asset)] ?? 1),
          spare,
        );
        expect(Math.abs(told - expected)).toBeLessThan(1e-6 * (1 + Math.abs(expected)));
      },
    ),
    { numRuns: 1000, seed: 3 },
  );
});

test('now nothing has moved: every curve is zero at today’s price', () => {
  const held = [legOf({ asset: 'BTC', kind: 'linear', side: 'long', worth: 60_000 })];
  const live = assessDesk(desk(account({ venue: 'hyperliquid', positions: held, equity: '9000' })))
    .accounts[0]?.pools.pools[0];
  if (live === undefined) throw new Error('no pool');
  const model = poolCurves(live);
  expect(model.ok && model.value.curves.map((curve) => at(curve, 1))).toEqual([0]);
  expect(model.ok && model.value.spare).toBeCloseTo(9000 - 350, 9);
});

import fc from 'fast-check';
import type { CollateralBracket } from '../../../src/domain/account.ts';
import { type Decimal, dec, ONE, ZERO } from '../../../src/domain/decimal.ts';
import type { MaintenanceTier } from '../../../src/domain/instrument.ts';
import { asRatio } from '../../../src/domain/units.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from '../../../src/risk/cross/margin-pool.ts';
import { poolHealth } from '../../../src/risk/cross/pool-health.ts';
import { continuousTiers } from '../../../src/risk/maintenance.ts';

const PRICES = { BTC: '65500', ETH: '3450', SOL: '152' } as const;
type Asset = keyof typeof PRICES;
const ASSETS: readonly Asset[] = ['BTC', 'ETH', 'SOL'];

const int = (min: number, max: number) => fc.integer({ min, max });
/** min to max in hundredths. */
const cents = (min: number, max: number) => int(min * 100, max * 100).map((n) => dec(n).div(100));

/** Brackets around a value, so that a move of the price leaves the one it starts in. */
export function tiersAround(value: Decimal): fc.Arbitrary<MaintenanceTier[]> {
  return fc
    .record({
      percents: fc.uniqueArray(int(10, 400), { maxLength: 5 }),
      rates: fc.uniqueArray(int(4, 150), { minLength: 6, maxLength: 6 }),
    })
    .map(({ percents, rates }) => {
      const rising = rates.toSorted((a, b) => a - b);
      const floors = [0, ...percents.toSorted((a, b) => a - b)];
      return continuousTiers(
        floors.map((percent, index) => ({
          floor: value.times(percent).div(100),
          rate: dec(rising[index] ?? 150).div(1000),
        })),
      );
    });
}

export interface LegShape {
  readonly kind: PoolLeg['kind'];
  readonly side: PoolLeg['side'];
  readonly asset: Asset;
  /** Value in USD. */
  readonly usd: Decimal;
}

export const legShape: fc.Arbitrary<LegShape> = fc.record({
  kind: fc.constantFrom('linear' as const, 'linear' as const, 'inverse' as const),
  side: fc.constantFrom('long' as const, 'short' as const),
  asset: fc.constantFrom(...ASSETS),
  usd: int(5_000, 400_000).map((n) => dec(n)),
});

export function legOf({ kind, side, asset, usd }: LegShape): fc.Arbitrary<PoolLeg> {
  const value = kind === 'linear' ? usd : usd.div(PRICES[asset]);
  return fc.record({ tiers: tiersAround(value), fee: int(0, 1) }).map(({ tiers, fee }) => ({
    asset,
    settle: kind === 'linear' ? 'USDT' : asset,
    kind,
    side,
    value,
    tiers,
    closingFee: fee === 1 ? dec('0.0005') : ZERO,
  }));
}

export const bracketsOf: fc.Arbitrary<readonly CollateralBracket[]> = fc
  .record({
    floors: fc.uniqueArray(int(1, 40), { maxLength: 2 }),
    rates: fc.uniqueArray(int(30, 100), { minLength: 3, maxLength: 3 }),
  })
  .map(({ floors, rates }) => {
    const falling = rates.toSorted((a, b) => b - a);
    return [0, ...floors.toSorted((a, b) => a - b)].map((floor, index) => ({
      floor: dec(floor).div(10),
      rate: asRatio(dec(falling[index] ?? 30).div(100)),
    }));
  });

/** Coins of a book: dollars, and every asset it settles in, owed at times. */
function coinsOf(legs: readonly PoolLeg[]): fc.Arbitrary<PoolCoin[]> {
  const assets = ASSETS.filter((asset) => legs.some(({ settle }) => settle === asset));
  const names = [...new Set<Asset>([...assets, 'BTC'])];
  return fc
    .tuple(
      bracketsOf,
      ...names.map(() => fc.record({ usd: int(-8_000, 60_000), brackets: bracketsOf })),
    )
    .map(([, ...held]) => [
      { coin: 'USDT', price: ONE, quantity: ZERO, brackets: [{ floor: ZERO, rate: asRatio(ONE) }] },
      ...names.map((coin, index) => {
        const price = dec(PRICES[coin]);
        const { usd, brackets } = held[index] as (typeof held)[number];
        return { coin, price, quantity: dec(usd).div(price), brackets };
      }),
    ]);
}

/**
 * A book of several assets, brackets and haircuts whose health now is what is drawn: nearly dead, or
 * comfortable. `health` below 1 is a pool that is past.
 */
export function randomPool(
  health: fc.Arbitrary<Decimal> = cents(1.02, 6),
): fc.Arbitrary<MarginPool> {
  return fc
    .array(legShape, { minLength: 1, maxLength: 5 })
    .chain((shapes) => fc.tuple(...shapes.map(legOf)))
    .chain((legs) =>
      fc
        .record({
          coins: coinsOf(legs),
          health,
          others: int(0, 3_000),
          liquidatesAt: fc.constantFrom(ONE, ONE, dec('1.05')),
        })
        .map(({ coins, health: wanted, others, liquidatesAt }) => {
          const pool = {
            fixedEquityUsd: ZERO,
            fixedRequiredUsd: dec(others),
            liquidatesAt,
            coins,
            legs,
          };
          const { equityUsd, requiredUsd } = poolHealth(pool, new Map(), ONE);
          const enough = requiredUsd.times(liquidatesAt).times(wanted);
          return { ...pool, fixedEquityUsd: enough.minus(equityUsd) };
        }),
    );
}

/** One asset alone, or all by betas, some beyond 1 and below 0. */
export const randomMove: fc.Arbitrary<Move> = fc.oneof(
  fc.constantFrom(...ASSETS).map((asset): Move => new Map([[asset, ONE]])),
  fc
    .tuple(int(0, 100), int(0, 180), int(-30, 220))
    .map((betas): Move => new Map(ASSETS.map((asset, i) => [asset, dec(betas[i] ?? 1).div(100)]))),
);

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec, ONE } from '../../../src/domain/decimal.ts';
import type { Position } from '../../../src/domain/position.ts';
import { assessDesk } from '../../../src/risk/assess-desk.ts';
import { accountDeath } from '../../../src/risk/cross/account-death.ts';
import { desk } from '../sample-desk.ts';
import { APART, accountOf, BTC, BTC_COIN, BTC_HELD, cross, ETH } from './cross-account.ts';

describe('pools of one account', () => {
  const COINS = [
    ['BTC', '1', '50000'],
    ['ETH', '10', '25000'],
  ] as const;
  const eth = {
    ...BTC_COIN,
    asset: 'ETH',
    settle: 'ETH',
    symbol: 'ETH/USD:ETH',
    contractSize: dec('10'),
  };

  test('each coin of COIN-M dies by itself', () => {
    const positions = [
      cross({ instrument: BTC_COIN, contracts: '1000', maintenance: '0.02' }),
      cross({
        instrument: eth,
        side: 'short',
        contracts: '5000',
        mark: '2500',
        maintenance: '0.2',
      }),
    ];
    const given = accountOf({
      venue: 'binancecoinm',
      pooling: 'coin',
      equity: '75000',
      coins: COINS,
      positions,
    });
    const { accounts, positions: risks } = assessDesk(desk(given));
    expect(accounts[0]?.pools.diesAt.map(({ pool, asset }) => [pool, asset])).toEqual([
      ['BTC', 'BTC'],
      ['ETH', 'ETH'],
    ]);
    // 1 + 100,000 (1/50,000 − 1/P) = 1,000/P; the short of 50,000 owns 10 − 20 coins: above.
    expect(risks[0]?.estimatedLiquidationPrice?.toFixed(4)).toBe('33666.6667');
    expect(risks[1]?.estimatedLiquidationPrice?.toFixed(4)).toBe('4950.0000');
  });

  test('linear and inverse legs of an asset, and the coin itself, move together', () => {
    const positions = [
      cross({ contracts: '2', maintenance: '1000' }),
      cross({ instrument: BTC_COIN, side: 'short', contracts: '500', maintenance: '0.01' }),
    ];
    const given = accountOf({
      equity: '60000',
      coins: COINS.slice(0, 1).concat([['USDT', '10000', '10000']] as never),
      positions,
      maintenance: '1500',
      rate: '1',
    });
    const [death] = assessDesk(desk(given)).accounts[0]?.pools.diesAt ?? [];
    // 60,000 + (2 + 1 − 1 + 1) x … : the coin and the short cancel in dollars, linear longs remain.
    expect(death?.below?.toFixed(4)).toBe('20454.5455');
    expect(death?.above).toBeNull();
  });

  test('an account without cross positions has none, and says nothing is missing', () => {
    const [held] = assessDesk(desk(accountOf({ positions: [APART] }))).accounts;
    expect(held?.pools).toEqual({ pools: [], diesAt: [], missing: null });
  });
});

describe('an account', () => {
  const HEDGED = [cross({}), cross({ side: 'short', contracts: '0.995', maintenance: '497.5' })];

  test('that is nearly neutral dies of a rise: the short shows it, the long has no price', () => {
    const given = accountOf({
      equity: '1010',
      maintenance: '997.5',
      coins: [['USDT', '1010', '1010']],
      positions: HEDGED,
    });
    const { positions } = assessDesk(desk(given));
    expect(
      positions.map(({ estimatedLiquidationPrice: price }) => price?.toFixed(4) ?? null),
    ).toEqual([null, '50836.1204']);
    expect(positions.map(({ estimateMissing }) => estimateMissing)).toEqual(['never', null]);
  });

  test('Binance prints the pool’s price on the leg that gains too: it is not past it', () => {
    const printed = HEDGED.map(
      (each) => ({ ...each, liquidation: { kind: 'price', price: dec('50838') } }) as Position,
    );
    const given = accountOf({
      venue: 'binanceusdm',
      equity: '1010',
      maintenance: '997.5',
      coins: [['USDT', '1010', '1010']],
      positions: printed,
    });
    const { positions } = assessDesk(desk(given));
    expect(positions.map(({ liquidationDistance }) => liquidationDistance?.toString())).toEqual([
      '0.01676',
      '0.01676',
    ]);
  });

  test('that is past its liquidation shows the price that would save it, and burns', () => {
    const given = accountOf({ equity: '500', coins: [['USDT', '500', '500']] });
    const [long, eth] = assessDesk(desk(given)).positions;
    expect(long?.estimatedLiquidationPrice?.toFixed(4)).toBe('50101.0101');
    expect(long?.liquidationDistance?.isNegative()).toBe(true);
    expect([long?.band, eth?.band]).toEqual(['emerg', 'emerg']);
  });

  test('that nothing saves burns all the same', () => {
    const short = cross({ side: 'short', contracts: '0.001', maintenance: '0.5' });
    const given = accountOf({
      equity: '-500',
      maintenance: '100',
      coins: [['USDT', '-500', '-500']],
      positions: [short],
    });
    const [risk] = assessDesk(desk(given)).positions;
    expect(risk).toMatchObject({
      estimateMissing: 'past',
      liquidationState: 'unknown',
      band: 'emerg',
    });
  });

  test('dies together by betas, nearer than by any asset alone', () => {
    const [held] = assessDesk(desk(accountOf({}))).accounts;
    const pools = held?.pools.pools ?? [];
    const betas = new Map([
      ['BTC', ONE],
      ['ETH', dec('1.5')],
    ]);
    const together = accountDeath(pools, betas);
    // 10,000 + 50,000 d + 1.5 × 10,000 d = 600 (1 + …): d = −9,400 ÷ (65,000 × 0.99)
    expect(together.ok && together.value.below?.toFixed(6)).toBe('0.853924');
    const alone = accountDeath(pools, new Map([['BTC', ONE]]));
    expect(alone.ok && alone.value.below?.toFixed(6)).toBe('0.810101');
  });
});

describe('bad data', () => {
  const odd = fc.constantFrom('0', '-1', '-50000', '1e-30', '1e30', '50000', null);
  const oddPosition = fc
    .record({
      ...{ contracts: odd, mark: odd, entry: odd, maintenance: odd, pnl: odd, collateral: odd },
      mode: fc.constantFrom('cross', 'isolated', 'portfolio', null),
      side: fc.constantFrom('long', 'short'),
      contract: fc.constantFrom(BTC, ETH, BTC_COIN, { ...BTC, tiers: null }, { ...ETH, tiers: [] }),
    })
    .map(({ contracts, mark, entry, maintenance, pnl, collateral, mode, side, contract }) =>
      cross({
        ...{ instrument: contract, side, mode, mark, contracts: contracts ?? '1' },
        ...(entry === null ? {} : { entry }),
        ...(maintenance === null ? {} : { maintenance }),
        ...(pnl === null ? {} : { pnl }),
        ...(collateral === null ? {} : { collateral }),
      }),
    );

  test('has an answer or a reason, never an exception and never a price below zero', () => {
    fc.assert(
      fc.property(
        fc.array(oddPosition, { minLength: 1, maxLength: 4 }),
        fc.record({
          venue: fc.constantFrom('bybit', 'okx', 'binanceusdm', 'binancepm', 'ztdx'),
          equity: odd,
          maintenance: odd,
          pooling: fc.constantFrom('account' as const, 'coin' as const, null),
          coins: fc.constantFrom([], BTC_HELD, [
            ['USDT', '-5', '-5'],
            ['BTC', '0.1'],
          ] as const),
        }),
        (positions, parts) => {
          const { positions: risks } = assessDesk(desk(accountOf({ ...parts, positions })));
          for (const {
            estimatedLiquidationPrice: price,
            estimateMissing,
            liquidationDistance,
          } of risks) {
            expect(price === null).toBe(estimateMissing !== null);
            expect(price?.gt(0) ?? true).toBe(true);
            expect(price?.isFinite() ?? true).toBe(true);
            expect(liquidationDistance?.isFinite() ?? true).toBe(true);
          }
        },
      ),
      { seed: 20_261_127, numRuns: 1000 },
    );
  });
});

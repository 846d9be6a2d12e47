import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { viewAccount } from '../../src/sim/engine.ts';
import type { SimAccount } from '../../src/sim/model.ts';
import {
  type Bracket,
  marksAt,
  type PositionShape,
  simAccount,
  simPosition,
} from './engine-account.ts';

const one = (rate: string, deduction = '0'): readonly Bracket[] => [['1e12', rate, deduction]];
/** The Binance BTCUSDT table of 2021: [cap, rate, cum]. */
const BTC_2021: readonly Bracket[] = [
  ['50000', '0.004', '0'],
  ['250000', '0.005', '50'],
  ['1000000', '0.01', '1300'],
  ['10000000', '0.025', '16300'],
  ['20000000', '0.05', '266300'],
];

function liquidationOf(account: SimAccount, marks: Readonly<Record<string, string>>, index = 0) {
  return viewAccount(account, marksAt(marks)).positions[index];
}

/** Isolated positions: the account's balance does not matter. */
const isolated: readonly (PositionShape & {
  readonly why: string;
  readonly liq: string | null;
  readonly bust?: string;
})[] = [
  {
    why: 'Bybit linear long: the fee inside the margin cancels',
    venue: 'bybit',
    contracts: '1',
    entry: '20000',
    margin: '410.78',
    fee: '0.00055',
    tiers: one('0.005'),
    liq: '19698.49246231156',
    bust: '19600',
  },
  {
    why: 'Bybit linear short with 1000 added: the fee shows through the extra margin',
    venue: 'bybit',
    side: 'short',
    contracts: '0.5',
    entry: '50000',
    margin: '3515.125',
    fee: '0.00055',
    tiers: one('0.005'),
    liq: '56715.32398474371',
    bust: '56998.90060466743',
  },
  {
    why: 'Bybit linear long in a bracket with a deduction',
    venue: 'bybit',
    contracts: '60',
    entry: '50000',
    margin: '151567.5',
    fee: '0.00055',
    tiers: one('0.01', '10000'),
    liq: '47811.44781144781',
    bust: '47500',
  },
  {
    why: 'Bybit inverse short',
    venue: 'bybit',
    kind: 'inverse',
    side: 'short',
    contracts: '60000',
    entry: '50000',
    margin: '0.120594',
    fee: '0.00055',
    tiers: one('0.005'),
    liq: '55277.77777777778',
    bust: '55555.55555555556',
  },
  {
    why: 'OKX linear long: the taker fee joins maintenance',
    venue: 'okx',
    contracts: '1',
    entry: '10',
    margin: '2',
    fee: '0.0006',
    tiers: one('0.01'),
    liq: '8.085708510208207',
    bust: '8',
  },
  {
    why: 'OKX inverse long, the sample of its API page',
    venue: 'okx',
    kind: 'inverse',
    contracts: '1',
    size: '10',
    entry: '2566.31',
    margin: '0.0003896645377994',
    fee: '0.0005',
    tiers: one('0.008'),
    liq: '2352.839668181823',
  },
  {
    why: 'ZTDX long: maintenance stays at the entry value, E − C/q + mE',
    venue: 'ztdx',
    contracts: '0.1',
    entry: '65000',
    margin: '650',
    tiers: one('0.005'),
    liq: '58825',
    bust: '58500',
  },
  {
    why: 'ZTDX short: E + C/q − mE',
    venue: 'ztdx',
    side: 'short',
    contracts: '0.1',
    entry: '65000',
    margin: '650',
    tiers: one('0.005'),
    liq: '71175',
    bust: '71500',
  },
  {
    why: 'Binance isolated long of 12 BTC falls from the fourth into the third bracket',
    contracts: '12',
    entry: '100000',
    margin: '250000',
    tiers: BTC_2021,
    liq: '79856.90235690236',
  },
];

test.each(isolated)('isolated: $why', ({ liq, bust, ...shape }) => {
  const account = simAccount({ USDT: '1e9', BTC: '1e9' }, [simPosition(shape)]);
  const view = liquidationOf(account, { BTC: shape.entry });
  expect(view?.liquidationPrice?.toNumber()).toBeCloseTo(Number(liq), 8);
  if (bust !== undefined) expect(view?.bankruptcyPrice?.toNumber()).toBeCloseTo(Number(bust), 8);
});

describe('cross', () => {
  test.each<{
    why: string;
    balances: Record<string, string>;
    positions: readonly PositionShape[];
    pool?: 'usd';
    mark: string;
    liq: string | null;
  }>([
    {
      why: 'a short that rises out of its bracket',
      balances: { USDT: '60000' },
      positions: [{ side: 'short', contracts: '9.8', entry: '100000', tiers: BTC_2021 }],
      mark: '100000',
      liq: '105156.7944250871',
    },
    {
      why: 'a long that falls out of its bracket',
      balances: { USDT: '120000' },
      positions: [{ contracts: '11', entry: '95000', tiers: BTC_2021 }],
      mark: '95000',
      liq: '84820.93663911846',
    },
    {
      why: 'a hedged pair that is net long',
      balances: { USDT: '10000' },
      positions: [
        { contracts: '2', entry: '50000', tiers: one('0.005') },
        { side: 'short', contracts: '1', entry: '52000', tiers: one('0.005') },
      ],
      mark: '50000',
      liq: '38578.68020304569',
    },
    {
      why: 'a hedged pair that is flat still pays maintenance on the way up',
      balances: { USDT: '5000' },
      positions: [
        { contracts: '1', entry: '50000', tiers: one('0.005') },
        { side: 'short', contracts: '1', entry: '51000', tiers: one('0.005') },
      ],
      mark: '50000',
      liq: '600000',
    },
    {
      why: 'coin-margined long in a bracket with a deduction',
      balances: { BTC: '2' },
      positions: [
        {
          kind: 'inverse',
          contracts: '7500',
          size: '100',
          entry: '30000',
          tiers: one('0.025', '0.355'),
        },
      ],
      mark: '30000',
      liq: '28102.72345092305',
    },
    {
      why: 'a coin-margined short covered one to one cannot be liquidated',
      balances: { BTC: '1' },
      positions: [
        {
          kind: 'inverse',
          side: 'short',
          contracts: '500',
          size: '100',
          entry: '50000',
          tiers: one('0.004'),
        },
      ],
      mark: '50000',
      liq: null,
    },
    {
      why: 'coin collateral falls together with a long',
      pool: 'usd',
      balances: { BTC: '1' },
      positions: [{ venue: 'bybit', contracts: '0.5', entry: '60000', tiers: one('0.005') }],
      mark: '60000',
      liq: '20725.38860103627',
    },
    {
      why: 'coin collateral covers a smaller short',
      pool: 'usd',
      balances: { BTC: '1' },
      positions: [
        { venue: 'bybit', side: 'short', contracts: '0.5', entry: '60000', tiers: one('0.005') },
      ],
      mark: '60000',
      liq: null,
    },
    {
      why: 'coin collateral does not cover a larger short',
      pool: 'usd',
      balances: { BTC: '1' },
      positions: [
        { venue: 'bybit', side: 'short', contracts: '2', entry: '60000', tiers: one('0.005') },
      ],
      mark: '60000',
      liq: '113207.5471698113',
    },
  ])('$why', ({ balances, positions, pool, mark, liq }) => {
    const account = simAccount(balances, positions.map(simPosition), pool);
    const view = liquidationOf(account, { BTC: mark });
    if (liq === null) expect(view?.liquidationPrice).toBeNull();
    else expect(view?.liquidationPrice?.toNumber()).toBeCloseTo(Number(liq), 7);
  });

  test("two assets hold each other's prices fixed (the figures of the Binance example)", () => {
    const account = simAccount({ USDT: '1535443.01' }, [
      simPosition({ contracts: '109.488', entry: '32481.98', tiers: one('0.025', '16300') }),
      simPosition({
        asset: 'ETH',
        contracts: '3683.979',
        entry: '1456.84',
        tiers: one('0.1', '135365'),
      }),
    ]);
    const { positions } = viewAccount(account, marksAt({ BTC: '31967.27', ETH: '1335.18' }));
    expect(positions.map((each) => each.liquidationPrice?.toFixed(2))).toEqual([
      '26316.89',
      '1153.26',
    ]);
    expect(positions[0]?.maintenanceMargin.toFixed(5)).toBe('71200.81144');
    expect(positions[1]?.unrealizedPnl.toFixed(2)).toBe('-448192.89');
  });

  test('only Binance prints the price of the pool on the leg that gains', () => {
    const pair = (venue: 'binance' | 'bybit') =>
      simAccount({ USDT: '10000' }, [
        simPosition({ venue, contracts: '2', entry: '50000', tiers: one('0.005') }),
        simPosition({ venue, side: 'short', contracts: '1', entry: '52000', tiers: one('0.005') }),
      ]);
    const shown = (venue: 'binance' | 'bybit') =>
      viewAccount(pair(venue), marksAt({ BTC: '50000' })).positions.map(
        (each) => each.liquidationPrice !== null,
      );
    expect(shown('binance')).toEqual([true, true]);
    expect(shown('bybit')).toEqual([true, false]);
  });
});

test('an account adds up in dollars: coin collateral, inverse, isolated and orders', () => {
  const linear = simPosition({
    venue: 'bybit',
    contracts: '2',
    entry: '60000',
    tiers: one('0.005'),
  });
  const inverse = simPosition({
    venue: 'bybit',
    kind: 'inverse',
    side: 'short',
    contracts: '20000',
    entry: '40000',
    tiers: one('0.01'),
  });
  const apart = simPosition({
    venue: 'bybit',
    asset: 'ETH',
    contracts: '10',
    entry: '2000',
    margin: '2100',
    tiers: one('0.01'),
  });
  const account = simAccount({ USDT: '50000', BTC: '1' }, [linear, inverse, apart], 'usd');
  const order = {
    id: 'o',
    clientId: 'c',
    instrument: linear.instrument,
    side: 'buy' as const,
    positionSide: 'long' as const,
    contracts: dec('0.1'),
    price: dec('45000'),
    leverage: dec('10'),
    marginMode: 'cross' as const,
    reduceOnly: false,
    createdAt: 0,
  };
  const view = viewAccount(
    { ...account, orders: [order, { ...order, reduceOnly: true }] },
    marksAt({ BTC: '50000', ETH: '2100' }),
  );
  const figures = Object.fromEntries(
    Object.entries(view).flatMap(([name, value]) =>
      name.endsWith('Usd') ? [[name, String(value)]] : [],
    ),
  );
  // linear: PnL 2 × (50000 − 60000) = −20000, IM 10000, MM 500
  // inverse: PnL 20000 × (1/50000 − 1/40000) = −0.1 BTC, IM 0.04 BTC, MM 0.004 BTC
  // isolated: PnL 10 × 100 = 1000, IM at entry 2000, MM 210
  // haircut: 5 % of (1 − 0.1) BTC = 2250; free: 27900 + 42750 − 10000 − 2000 − 450
  expect(figures).toEqual({
    walletUsd: '100000',
    unrealizedPnlUsd: '-24000',
    equityUsd: '76000',
    marginBalanceUsd: '73750',
    positionInitialMarginUsd: '14000',
    orderInitialMarginUsd: '450',
    initialMarginUsd: '14450',
    maintenanceMarginUsd: '910',
    liquidationFeeUsd: '0',
    availableUsd: '58200',
  });
});

const positionShape = fc.record({
  asset: fc.constantFrom('BTC' as const, 'ETH' as const),
  kind: fc.constantFrom('linear' as const, 'inverse' as const),
  side: fc.constantFrom('long' as const, 'short' as const),
  size: fc.integer({ min: 1, max: 400 }),
});

test('property: at a liquidation price equity equals maintenance, whatever the book', () => {
  fc.assert(
    fc.property(
      fc.array(positionShape, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('usd' as const, 'coin' as const),
      (shapes, coins, pool) => {
        const positions = shapes.map(({ asset, kind, side, size }) =>
          simPosition({
            venue: 'bybit',
            asset,
            kind,
            side,
            contracts: kind === 'linear' ? `${size / 10}` : `${size * 1000}`,
            entry: asset === 'BTC' ? '60000' : '3000',
            tiers:
              kind === 'linear'
                ? BTC_2021
                : [
                    ['2', '0.005', '0'],
                    ['1e9', '0.01', '0.01'],
                  ],
          }),
        );
        const balances = { USDT: '100000', BTC: `${coins}`, ETH: `${coins}` };
        const account = simAccount(balances, positions, pool);
        const marks = { BTC: '61000', ETH: '2950' };
        for (const { position, liquidationPrice } of viewAccount(account, marksAt(marks))
          .positions) {
          if (liquidationPrice === null) continue;
          const { asset, settle } = position.instrument;
          const there = viewAccount(
            account,
            marksAt({ ...marks, [asset]: liquidationPrice.toFixed() }),
          );
          const coin = there.coins.find((each) => each.coin === settle);
          const slack =
            pool === 'usd'
              ? there.marginBalanceUsd.minus(there.maintenanceMarginUsd)
              : coin?.equity.minus(coin.maintenanceMargin);
          expect(slack?.abs().toNumber()).toBeLessThan(1e-9);
        }
      },
    ),
    { seed: 20251010, numRuns: 60 },
  );
});

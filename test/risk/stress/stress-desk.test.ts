import { describe, expect, test } from 'vitest';
import type { AccountSnapshot } from '../../../src/portfolio/snapshot.ts';
import { IN_FULL } from '../../../src/risk/cross/collateral-weight.ts';
import { recordedCrashes } from '../../../src/risk/stress/recorded-crashes.ts';
import { withDeleveraging } from '../../../src/risk/stress/scenario.ts';
import { account, desk, instrument, position, tiers } from '../sample-desk.ts';
import { change, first, leg, near, path, stress, withoutPooling } from './stressed.ts';

/** Risk model 5.4: every account fine alone as long as the others could help. */
const SAMPLE = desk(
  account({ id: 'A', venue: 'binanceusdm', equity: '60000', positions: [leg('long 4 BTC')] }),
  account({
    id: 'B',
    venue: 'binanceusdm',
    equity: '45000',
    positions: [leg('short 4 BTC'), leg('long 20 ETH', { rate: '0.01' })],
  }),
  account({
    id: 'C',
    venue: 'binanceusdm',
    equity: '30000',
    positions: [leg('long 600 SOL', { rate: '0.01' })],
  }),
);

describe('blocked against pooled', () => {
  test.each([
    { id: '2020-03-12_13', liquidated: 'A C', pooled: 28.2 },
    { id: '2021-05-19', liquidated: 'A C', pooled: 26.4 },
    { id: '2022-06-10_18', liquidated: 'A C', pooled: 32.1 },
    { id: '2022-11-08_09', liquidated: 'C', pooled: 24.6 },
    { id: '2024-08-02_05', liquidated: 'A C', pooled: 30.1 },
    { id: '2025-10-10', liquidated: '', pooled: 31.9 },
  ])('$id', ({ id, liquidated, pooled }) => {
    const crash = recordedCrashes(['BTC', 'ETH', 'SOL']).find((each) => each.id === id);
    if (crash === undefined) throw new TypeError(id);
    const { accounts, pooled: pool } = stress(SAMPLE, crash);
    const dead = accounts.filter(({ isLiquidated }) => isLiquidated).map((row) => row.account);
    expect(dead.join(' ')).toBe(liquidated);
    expect(pool.isLiquidated).toBe(false);
    // The table of the risk model is rounded, and so are its moves.
    expect(Math.abs((pool.healthFactor ?? 0) - pooled)).toBeLessThan(0.06);
  });

  test('a hedge over two venues loses the short on the way up and the money with it', () => {
    const hedge = desk(
      account({ id: 'up', equity: '100000', positions: [leg('long 10 BTC')] }),
      account({ id: 'down', equity: '100000', positions: [leg('short 10 BTC')] }),
    );
    const outcome = stress(hedge, path({ BTC: 25 }, { BTC: 0 }));
    expect(outcome.accounts.map(({ endEquityUsd }) => endEquityUsd)).toEqual([100000, 0]);
    expect(outcome.pooled.endEquityUsd).toBe(200000);
    expect(near(outcome.net[0]?.thenUsd)).toBe(750000);
    const [gone] = outcome.accounts[1]?.liquidations ?? [];
    // (100,000 ÷ 600,000 − 0.005) ÷ 1.005 up of 25 %.
    expect(near(gone?.share)).toBe(near((1 / 6 - 0.005) / 1.005 / 0.25));
    expect(gone).toMatchObject({ extent: 'full', isolated: null, stretch: 0 });
    expect(gone?.legs).toHaveLength(1);
  });

  test('dead on the way although it would have stood at the end', () => {
    const snapshot = desk(account({ equity: '6000', positions: [leg('long 1 BTC')] }));
    const row = first(stress(snapshot, path({ BTC: 5 }, { BTC: -20 }, { BTC: 0 })));
    expect(row).toMatchObject({ isLiquidated: true, endEquityUsd: 0 });
    expect(row.equityUsd).toBe(9000);
    expect(row.liquidations[0]?.stretch).toBe(1);
  });
});

describe('around the threshold', () => {
  // 1 BTC, 300 of maintenance per 1 %: equity 6,000 − 60,000 m = 300 (1 − m) at m = 5,700 ÷ 59,700.
  test.each([
    { why: 'just above', equity: '6270.0000000000000001', is: false },
    { why: 'exactly at', equity: '6270', is: true },
    { why: 'just below', equity: '6269.9999999999999999', is: true },
  ])('$why the requirement at −10 %, decided in decimals', ({ equity, is }) => {
    const snapshot = desk(account({ equity, positions: [leg('long 1 BTC')] }));
    expect(first(stress(snapshot, path({ BTC: -10 }))).isLiquidated).toBe(is);
  });

  test.each([
    { why: 'exactly at it today', equity: '300', is: true },
    { why: 'a hair above it today', equity: '300.000000000000000001', is: false },
  ])('$why, when nothing moves', ({ equity, is }) => {
    const snapshot = desk(account({ equity, positions: [leg('long 1 BTC')] }));
    const row = first(stress(snapshot, path({})));
    expect(row.isLiquidated).toBe(is);
  });
});

describe('pools of an account', () => {
  const isolated = (collateral: string) =>
    leg('long 1 BTC', { mode: 'isolated', collateral, venue: 'binanceusdm' });

  test('an isolated position dies alone, and no deeper than its margin', () => {
    const held = [isolated('3000'), leg('long 10 ETH')];
    const snapshot = desk(account({ equity: '20000', positions: held }));
    const row = first(stress(snapshot, path({ BTC: -30 })));
    expect(row.equityUsd).toBe(17000);
    expect(row.maintenanceUsd).toBe(150);
    expect(row.liquidations[0]?.isolated).not.toBeNull();
    expect(row.gap?.equityUsd).toBe(2000);
  });

  test('an account of isolated positions keeps its cash', () => {
    const snapshot = desk(
      account({ equity: '20000', positions: [isolated('3000')], coins: [['USDT', '20000']] }),
    );
    expect(first(stress(snapshot, path({ BTC: -30 }))).equityUsd).toBe(17000);
  });

  test('each coin is a pool of its own at Binance COIN-M', () => {
    const inverse = (asset: string, contracts: string) =>
      position({
        ...{
          instrument: instrument(`${asset}/USD:${asset}`, { tiers: tiers(['0', '0.01', '0']) }),
        },
        ...{ contracts, side: 'long', entry: asset === 'BTC' ? '60000' : '3000' },
        ...{ mark: asset === 'BTC' ? '60000' : '3000', mode: 'cross', pnl: '0' },
        venue: 'binancecoinm',
      });
    const snapshot = desk(
      withoutPooling(
        account({
          venue: 'binancecoinm',
          equity: '90000',
          coins: [
            ['BTC', '1'],
            ['ETH', '10'],
          ],
          positions: [inverse('BTC', '600000'), inverse('ETH', '3000')],
        }),
      ),
    );
    const row = first(stress(snapshot, path({ BTC: -20 })));
    expect(row.isLiquidated).toBe(true);
    expect(row.liquidations).toHaveLength(1);
    expect(near(row.equityUsd)).toBe(30000);
  });
});

describe('what venues do', () => {
  const steps = tiers(['0', '0.01', '0'], ['120000', '0.02', '1200'], ['300000', '0.05', '10200']);

  test('Bybit cuts the leg a bracket at a time and takes over what is left of the last', () => {
    const held = [leg('long 10 BTC', { steps, fee: '0.0005', venue: 'bybit' })];
    const snapshot = desk(account({ venue: 'bybit', equity: '60000', positions: held }));
    const mild = first(stress(snapshot, path({ BTC: -8 })));
    expect(mild.liquidations.map(({ extent }) => extent)).toEqual(['partial']);
    expect(mild.equityUsd).toBeGreaterThan(mild.maintenanceUsd ?? 0);
    const deep = first(stress(snapshot, path({ BTC: -40 })));
    expect(deep.liquidations.map(({ extent }) => extent)).toEqual(['partial', 'partial', 'full']);
    expect(deep.equityUsd).toBe(0);
  });

  test('without its fee nobody knows what the cut costs: all is lost', () => {
    const held = [leg('long 10 BTC', { steps, venue: 'bybit' })];
    const snapshot = desk(account({ venue: 'bybit', equity: '60000', positions: held }));
    const row = first(stress(snapshot, path({ BTC: -8 })));
    expect(row.liquidations.map(({ extent }) => extent)).toEqual(['full']);
  });

  test('Hyperliquid closes slices and leaves the rest standing', () => {
    const held = [leg('long 10 BTC', { rate: '0.02', fee: '0.0004', venue: 'hyperliquid' })];
    const snapshot = desk(account({ venue: 'hyperliquid', equity: '60000', positions: held }));
    const row = first(stress(snapshot, path({ BTC: -9 })));
    expect(row.liquidations.every(({ extent }) => extent === 'partial')).toBe(true);
    expect(row.equityUsd).toBeGreaterThan(0);
    expect(row.maintenanceUsd).toBeLessThan(546_000 * 0.02);
  });

  test('portfolio margin below zero may be claimed, other accounts lose what they hold', () => {
    const at = (venue: string) => {
      const held = leg('long 4 BTC', {
        venue,
        mode: venue === 'binancepm' ? 'portfolio' : 'cross',
      });
      return first(
        stress(desk(account({ venue, equity: '60000', positions: [held] })), path({ BTC: -50 })),
      );
    };
    expect(at('binancepm')).toMatchObject({ mayBeClaimed: true, isLiquidated: true });
    expect(at('binancepm').gap?.equityUsd).toBe(-60000);
    expect(at('binanceusdm')).toMatchObject({ mayBeClaimed: false, equityUsd: 0, lossUsd: 60000 });
  });
});

describe('deleveraging of winning legs', () => {
  const hedge = desk(
    account({ id: 'up', equity: '400000', positions: [leg('long 10 BTC')] }),
    account({ id: 'down', equity: '100000', positions: [leg('short 10 BTC')] }),
  );
  const crash = path({ BTC: -30 });

  test.each([
    { why: 'none: the hedge holds', share: null, net: 0, equity: 280000 },
    { why: 'half: closed a tenth away', share: 0.5, net: 210000, equity: 220000 },
    { why: 'all: the longs are naked', share: 1, net: 420000, equity: 160000 },
  ] as const)('$why', ({ share, net, equity }) => {
    const outcome = stress(hedge, share === null ? crash : withDeleveraging(crash, share));
    const down = outcome.accounts[1];
    expect(near(outcome.net[0]?.thenUsd)).toBe(net);
    expect(near(down?.equityUsd)).toBe(equity);
    expect(down?.deleveraged).toHaveLength(share === null ? 0 : 1);
    expect(outcome.accounts[0]?.deleveraged).toEqual([]);
  });

  test('the rank is the venue’s, today', () => {
    const [closed] = stress(hedge, withDeleveraging(crash, 1)).accounts[1]?.deleveraged ?? [];
    expect(closed).toMatchObject({ rank: 0, stretch: 0 });
    expect(near(closed?.share)).toBe(near(1 / 3));
    expect(near(closed?.closedUsd)).toBe(540000);
  });
});

test('closing a pool presses the price on the others: a cascade', () => {
  const held = (id: string, equity: string) =>
    account({ id, equity, positions: [leg('long 10 BTC', { account: id })] });
  const snapshot = desk(held('a', '60000'), held('b', '66000'), held('c', '90000'));
  const dead = (impacts?: Parameters<typeof stress>[2]) =>
    stress(snapshot, path({ BTC: -9.7 }), impacts)
      .accounts.filter(({ isLiquidated }) => isLiquidated)
      .map(({ account: id }) => id);
  expect(dead()).toEqual(['a']);
  const impact = { coefficient: 1, sigmaDaily: 0.04, dailyVolumeUsd: 5_000_000 };
  expect(dead(new Map([['BTC', impact]]))).toEqual(['a', 'b']);
  expect(dead(new Map([['BTC', { ...impact, dailyVolumeUsd: 0 }]]))).toEqual(['a']);
});

describe('one kind of trouble at a time', () => {
  const long = (more: Parameters<typeof leg>[1] = {}) =>
    account({
      equity: '60000',
      coins: [
        ['USDT', '30000'],
        ['BTC', '0.5'],
      ],
      positions: [leg('long 2 BTC', more)],
    });

  test.each([
    { why: 'three days of funding', by: { funding: 0.027 }, equity: 60000 - 0.027 * 120000 },
    { why: 'marks under spot: coins stay', by: { basis: -0.05 }, equity: 54000 },
    { why: 'legs apart: longs lose their half', by: { spread: 0.08 }, equity: 60000 - 4800 },
    // 0.9 of what is held, and a long in a coin that falls wins the coin's fall on its value.
    { why: 'a dollar coin breaks', by: { dollars: { USDT: 0.9 } }, equity: 57000 + 12000 },
    { why: 'haircuts rise: nothing is lost', by: { haircut: 0.1 }, equity: 60000 },
    { why: 'limits are halved: nothing is lost', by: { areLimitsHalved: true }, equity: 60000 },
  ])('$why', ({ by, equity }) => {
    expect(near(first(stress(desk(long()), change(by))).equityUsd)).toBe(near(equity));
  });

  test('a higher haircut liquidates who lives on coins', () => {
    const snapshot = desk(
      account({
        equity: '60000',
        coins: [['BTC', '1', '60000']],
        positions: [leg('short 18 BTC', { rate: '0.05' })],
      }),
    );
    const counted = { ...snapshot, accounts: snapshot.accounts.map((one) => inFull(one)) };
    expect(first(stress(counted, change({}))).isLiquidated).toBe(false);
    expect(first(stress(counted, change({ haircut: 0.1 }))).isLiquidated).toBe(true);
  });

  test('halved limits raise maintenance to what twice the size pays', () => {
    const steps = tiers(['0', '0.005', '0'], ['150000', '0.02', '2250']);
    const row = first(stress(desk(long({ steps })), change({ areLimitsHalved: true })));
    expect(near(row.maintenanceUsd)).toBe((240000 * 0.02 - 2250) / 2);
  });

  test('an inverse long loses dollars with its coin and its contract', () => {
    const held = position({
      ...{ instrument: instrument('BTC/USD:BTC', { tiers: tiers(['0', '0.005', '0']) }) },
      ...{ contracts: '30000', entry: '60000', mark: '60000', mode: 'cross', pnl: '0' },
      venue: 'binancecoinm',
    });
    const snapshot = desk(
      withoutPooling(account({ equity: '60000', coins: [['BTC', '1']], positions: [held] })),
    );
    const row = first(stress(snapshot, path({ BTC: -20 })));
    expect(near(row.equityUsd)).toBe(60000 * 0.8 - 30000 * 0.2);
    expect(near(row.maintenanceUsd)).toBe(150);
  });
});

/** The coins at the rate of one. */
function inFull(one: AccountSnapshot): AccountSnapshot {
  const collateral = (one.margin?.collateral ?? []).map((coin) => ({ ...coin, brackets: IN_FULL }));
  return { ...one, margin: one.margin && { ...one.margin, collateral } };
}

describe('what is not known', () => {
  test.each([
    { why: 'an account never read', text: { status: 'missing' as const }, unknown: 'missing' },
    { why: 'no balances', text: { equity: null }, unknown: 'no-equity' },
    {
      why: 'no mark (delisted)',
      text: { equity: '1', positions: [leg('long 1 BTC', { mark: null, maintenance: '1' })] },
      unknown: 'no-mark',
    },
  ])('$why has no figure at all, and says why', ({ text, unknown }) => {
    const outcome = stress(desk(account({ id: 'x', ...text })), path({ BTC: -10 }));
    expect(first(outcome)).toMatchObject({
      unknown,
      equityUsd: null,
      isLiquidated: null,
      gap: null,
    });
    expect(outcome.pooled).toMatchObject({ missing: ['x'], healthFactor: null });
  });

  test('a figure that is no number', () => {
    const bad = leg('long 1 BTC');
    const odd = { ...bad, contracts: bad.contracts.div(0) };
    expect(first(stress(desk(account({ equity: '1', positions: [odd] })), path({}))).unknown).toBe(
      'not-finite',
    );
  });

  test.each([
    {
      why: 'no brackets',
      changes: { instrument: instrument('BTC/USDT:USDT') },
      unknown: 'no-maintenance',
    },
    { why: 'no margin mode', changes: { marginMode: null }, unknown: 'no-margin-mode' },
  ])('$why: the equity is followed, the liquidation cannot be said', ({ changes, unknown }) => {
    const held = { ...leg('long 1 BTC'), ...changes };
    const outcome = stress(
      desk(account({ equity: '9000', positions: [held] })),
      path({ BTC: -10 }),
    );
    expect(first(outcome)).toMatchObject({ unknown, isLiquidated: null, maintenanceUsd: null });
    expect(near(first(outcome).equityUsd)).toBe(3000);
  });

  test('negative equity is liquidated where it stands', () => {
    const snapshot = desk(account({ equity: '-10', positions: [leg('long 1 BTC')] }));
    const row = first(stress(snapshot, path({ BTC: 50 })));
    expect(row).toMatchObject({ isLiquidated: true, equityUsd: 0 });
    expect(row.liquidations[0]?.share).toBe(0);
  });
});

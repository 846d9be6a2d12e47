import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { Position } from '../../src/domain/position.ts';
import { asAccountId } from '../../src/domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import type { ExposureReport } from '../../src/risk/exposure.ts';
import { assessExposure } from '../../src/risk/exposure.ts';
import { account, desk, instrument, position } from './sample-desk.ts';

/** Decimals as text, so that every digit is compared. */
function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

const BTC_USDT = instrument('BTC/USDT:USDT');
const BTC_USD = instrument('BTC/USD:BTC', { contractSize: dec('100') });
const ETH_OKX = instrument('ETH/USDT:USDT', { venue: 'okx', contractSize: dec('0.1') });
const PEPE = instrument('PEPE/USDT:USDT', { multiplier: dec('1000') });

/**
 * Four venues: a hedged pair of BTC longs and shorts in hedge mode, a coin-margined short, ETH in
 * contracts of 0.1, and a coin counted by the thousand. By hand:
 * BTC long 0.5 × 60,000 + short 0.2 × 60,000; inverse short 300 × 100 = 30,000; coin 0.75 × 60,010.
 */
const BOOK = desk(
  account({
    ...{ id: 'bybit-a', venue: 'bybit', equity: '20000' },
    positions: [
      position({
        account: 'bybit-a',
        instrument: BTC_USDT,
        contracts: '0.5',
        mark: '60000',
        pnl: '12.5',
      }),
      position({
        ...{ account: 'bybit-a', instrument: BTC_USDT, side: 'short', contracts: '0.2' },
        ...{ mark: '60000', pnl: '-2.25' },
      }),
    ],
    coins: [['USDT', '20000', '20000']],
  }),
  account({
    ...{ id: 'coinm', venue: 'binancecoinm', equity: '45007.5' },
    positions: [
      position({
        ...{ account: 'coinm', venue: 'binancecoinm', instrument: BTC_USD, side: 'short' },
        ...{ contracts: '300', mark: '60010', pnl: '0.01' },
      }),
    ],
    coins: [['BTC', '0.75', '44000']],
  }),
  account({
    ...{ id: 'okx-1', venue: 'okx', equity: '9000' },
    positions: [
      position({ account: 'okx-1', instrument: ETH_OKX, contracts: '70', mark: '3000', pnl: '0' }),
    ],
    coins: [
      ['ETH', '-1'],
      ['SOL', '10', '1500'],
      ['XYZ', '5'],
    ],
  }),
  account({
    ...{ id: 'ztdx-1', venue: 'ztdx', equity: null },
    positions: [
      position({
        ...{ account: 'ztdx-1', venue: 'ztdx', instrument: PEPE, side: 'short', contracts: '2000' },
        ...{ mark: '0.0125', pnl: '1' },
      }),
      position({
        account: 'ztdx-1',
        venue: 'ztdx',
        instrument: ETH_OKX,
        contracts: '1',
        mark: null,
      }),
    ],
  }),
  account({ id: 'dead', venue: 'bybit', status: 'missing', equity: null }),
);

describe('a hand-computed book of four venues', () => {
  const report = assessExposure(BOOK);
  const asset = (name: string) => plain(report.byAsset.find((row) => row.asset === name));

  test('BTC: long, two shorts and the coin beside the long', () => {
    expect(asset('BTC')).toEqual({
      asset: 'BTC',
      longUsd: '30000',
      shortUsd: '42000',
      collateralUsd: '45007.5',
      netUsd: '33007.5',
      grossUsd: '72000',
      // 0.5 − 0.2 − 30,000 ÷ 60,010 + 0.75
      netQuantity: '0.5500833194467588735210798200299950008332',
      // 42,000 ÷ (30,000 + 45,007.5)
      hedgeRatio: '0.5599440055994400559944005599440055994401',
      share: '0.6283253224194546233284157426355113501166',
      accounts: 2,
    });
  });

  test('a debt stands beside the shorts, and a leg without a price makes the hedge unknown', () => {
    expect(asset('ETH')).toMatchObject({
      ...{ longUsd: '21000', shortUsd: '0', collateralUsd: '-3000', netUsd: '18000' },
      ...{ netQuantity: '6.1', hedgeRatio: null, accounts: 2 },
    });
    const priced = assessExposure(desk(...BOOK.accounts.slice(0, 3))).byAsset;
    expect(plain(priced.find((row) => row.asset === 'ETH')?.hedgeRatio)).toMatch(
      /^0\.142857142857/,
    );
  });

  test('a coin counted by the thousand is shown by the one', () => {
    expect(asset('PEPE')).toMatchObject({ shortUsd: '25', netUsd: '-25', netQuantity: '-2000000' });
  });

  test('the venue’s value where no mark is at hand, and nothing where there is neither', () => {
    expect(asset('SOL')).toMatchObject({ collateralUsd: '1500', netUsd: '1500', hedgeRatio: '0' });
    expect(asset('XYZ')).toMatchObject({
      ...{ longUsd: '0', shortUsd: '0', collateralUsd: null, netUsd: null, grossUsd: '0' },
      ...{ netQuantity: '5', hedgeRatio: null, share: null },
    });
    expect(report.unpricedCollateral).toEqual([{ account: 'okx-1', asset: 'XYZ' }]);
    expect(report.unpriced).toHaveLength(1);
  });

  test('totals are sums of what is known', () => {
    expect(plain(report.totals)).toEqual({
      longUsd: '51000',
      shortUsd: '42025',
      collateralUsd: '43507.5',
      netUsd: '52482.5',
      grossUsd: '93025',
      // 12.5 − 2.25 + 0.01 × 60,010 + 0 + 1; the leg without a mark is not known
      unrealizedPnlUsd: '611.35',
      equityUsd: '74007.5',
      positions: 6,
      accounts: 4,
    });
    expect(report.missing).toEqual(['dead']);
    expect(report.missingMargin).toEqual(['ztdx-1']);
  });

  test('accounts in desk order, venues by size', () => {
    expect(plain(report.byAccount)).toMatchObject([
      { account: 'bybit-a', netUsd: '18000', grossUsd: '42000', equityUsd: '20000' },
      { account: 'coinm', netUsd: '15007.5', grossUsd: '30000', equityUsd: '45007.5' },
      { account: 'okx-1', netUsd: '19500', grossUsd: '21000', equityUsd: '9000' },
      { account: 'ztdx-1', netUsd: null, longUsd: null, shortUsd: '25', equityUsd: null },
    ]);
    expect(report.byVenue.map(({ venue }) => venue)).toEqual([
      'ztdx',
      'bybit',
      'binancecoinm',
      'okx',
    ]);
  });

  test('concentration over the assets whose net is known', () => {
    expect(report.byAsset.map((row) => row.asset)).toEqual(['XYZ', 'BTC', 'ETH', 'SOL', 'PEPE']);
    expect(plain(report.concentration.top)).toMatchObject({ asset: 'BTC' });
    expect(report.concentration.hhi?.toDecimalPlaces(6).toString()).toBe('0.513014');
  });
});

describe('the price of coin collateral', () => {
  const inverse = position({ instrument: BTC_USD, contracts: '1', mark: '101' });
  const linear = position({ instrument: BTC_USDT, contracts: '1', mark: '102' });
  const elsewhere = position({ account: 'b', instrument: BTC_USDT, contracts: '1', mark: '103' });

  test.each([
    {
      why: 'the account’s own inverse contract first',
      own: [linear, inverse],
      other: [elsewhere],
      value: '101',
    },
    { why: 'then its linear one', own: [linear], other: [elsewhere], value: '102' },
    { why: 'then anybody’s', own: [], other: [elsewhere], value: '103' },
    { why: 'then what the venue says', own: [], other: [], value: '99' },
  ])('$why', ({ own, other, value }) => {
    const report = assessExposure(
      desk(
        account({ equity: '99', positions: own, coins: [['BTC', '1', '99']] }),
        account({ id: 'b', equity: '0', positions: other }),
      ),
    );
    expect(report.byAsset[0]?.collateralUsd?.toString()).toBe(value);
  });

  test('dollar coins and empty balances are no exposure', () => {
    const coins = [
      ['USDT', '5'],
      ['USDC', '7'],
      ['BTC', '0'],
    ] as const;
    expect(assessExposure(desk(account({ equity: '12', coins }))).byAsset).toEqual([]);
  });
});

test('an empty desk has no exposure, a dead one has none that is known', () => {
  const flat = assessExposure(desk(account({ equity: '5' })));
  expect(plain(flat.totals)).toMatchObject({
    longUsd: '0',
    netUsd: '0',
    equityUsd: '5',
    accounts: 1,
  });
  expect(plain(flat.concentration)).toEqual({ hhi: null, effectiveAssets: null, top: null });
  const dead = assessExposure(desk(account({ equity: null, status: 'missing' })));
  expect(plain(dead.totals)).toMatchObject({
    longUsd: null,
    netUsd: null,
    equityUsd: null,
    accounts: 0,
  });
});

describe('properties', () => {
  const SEED = 20_260_712;
  const amount = (max: number) =>
    fc.integer({ min: 1, max }).map((n) => dec(n).div(1000).toString());

  /** Any mix of instruments, each account with its own marks, some of them missing. */
  const arbitraryPosition = (id: string): fc.Arbitrary<Position> =>
    fc
      .record({
        symbol: fc.constantFrom(
          'BTC/USDT:USDT',
          'BTC/USD:BTC',
          'ETH/USDT:USDT',
          'ETH/USD:ETH',
          'PEPE/USDT:USDT',
        ),
        side: fc.constantFrom('long' as const, 'short' as const),
        contracts: amount(5_000_000),
        mark: fc.option(amount(90_000_000), { freq: 6 }),
        pnl: fc.integer({ min: -999_999, max: 999_999 }).map((n) => dec(n).div(1000).toString()),
      })
      .map(({ symbol, ...rest }) =>
        position({
          ...{ account: id, venue: id.slice(0, 1), ...rest },
          instrument: instrument(
            symbol,
            symbol.startsWith('PEPE') ? { multiplier: dec('1000') } : {},
          ),
        }),
      );

  const arbitraryAccount = (id: string): fc.Arbitrary<AccountSnapshot> =>
    fc
      .record({
        positions: fc.array(arbitraryPosition(id), { maxLength: 6 }),
        equity: fc.option(amount(9_000_000), { freq: 6 }),
        coin: fc.constantFrom('BTC', 'ETH', 'USDT', 'SOL'),
        quantity: fc.integer({ min: -9_999, max: 9_999 }).map((n) => dec(n).div(1000).toString()),
        status: fc.constantFrom('ok' as const, 'stale' as const),
      })
      .map(({ coin, quantity, ...rest }) =>
        account({ id, venue: id.slice(0, 1), ...rest, coins: [[coin, quantity, '1']] }),
      );

  const arbitraryDesk: fc.Arbitrary<Snapshot> = fc
    .tuple(...['x1', 'x2', 'y1', 'z1'].map(arbitraryAccount))
    .map((accounts) => desk(...accounts));

  const figures = (report: ExposureReport) =>
    plain({
      ...report,
      byAccount: report.byAccount.toSorted((a, b) => (a.account < b.account ? -1 : 1)),
      unpriced: report.unpriced.length,
      unpricedCollateral: report.unpricedCollateral.length,
      missingMargin: report.missingMargin.toSorted(),
    });

  test('the order of accounts and positions changes no digit', () => {
    const shuffled = arbitraryDesk.chain((snapshot) =>
      fc.record({
        snapshot: fc.constant(snapshot),
        accounts: fc.shuffledSubarray([...snapshot.accounts], {
          minLength: snapshot.accounts.length,
        }),
        reverse: fc.boolean(),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ snapshot, accounts, reverse }) => {
        const reordered = accounts.map((one) =>
          reverse ? { ...one, positions: one.positions.toReversed() } : one,
        );
        expect(figures(assessExposure(desk(...reordered)))).toEqual(
          figures(assessExposure(snapshot)),
        );
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  test('splitting a position over two accounts changes no total', () => {
    fc.assert(
      fc.property(arbitraryDesk, fc.integer({ min: 1, max: 999 }), (snapshot, permille) => {
        const before = assessExposure(snapshot);
        const after = assessExposure(split(snapshot, permille));
        const { positions: _p, accounts: _a, ...totals } = before.totals;
        expect(plain(after.totals)).toMatchObject(plain(totals) as object);
        const assets = (report: ExposureReport) =>
          plain(report.byAsset.map(({ accounts: _held, ...row }) => row));
        expect(assets(after)).toEqual(assets(before));
        expect(plain(after.concentration)).toEqual(plain(before.concentration));
        expect(plain(after.byVenue)).toEqual(plain(before.byVenue));
      }),
      { seed: SEED, numRuns: 150 },
    );
  });

  /** A part of every position moves to a second account of the same venue that holds nothing else. */
  function split(snapshot: Snapshot, permille: number): Snapshot {
    const share = dec(permille).div(1000);
    const part = (of: Position, factor: typeof share, id: string): Position => ({
      ...of,
      account: asAccountId(id),
      contracts: of.contracts.times(factor),
      unrealizedPnl: of.unrealizedPnl && {
        ...of.unrealizedPnl,
        amount: of.unrealizedPnl.amount.times(factor),
      },
    });
    const accounts = snapshot.accounts.flatMap((one) => {
      const { id, venue } = one.account;
      const twin = account({
        ...{ id: `${id}-twin`, venue, equity: '0' },
        positions: one.positions.map((of) => part(of, share, `${id}-twin`)),
      });
      const rest = one.positions.map((of) => part(of, dec(1).minus(share), id));
      // An account whose equity nobody told stays the only one of its venue not to tell.
      return [{ ...one, positions: rest }, one.margin === null ? { ...twin, margin: null } : twin];
    });
    return desk(...accounts);
  }
});

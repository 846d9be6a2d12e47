import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { Position } from '../../../../src/domain/position.ts';
import type { AccountReading } from '../../../../src/ports/venue.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { BTC_LONG, type BybitState, standInBybit } from './stand-in-bybit.ts';

let stub: StubHttp;
beforeEach(async () => {
  stub = await startStubHttp(standInBybit());
});
afterEach(() => stub.close());

function readerOf(state: BybitState) {
  stub.answer(standInBybit(state));
  return createCcxtVenues(systemTime()).reader(connectionTo('bybit', stub.origin));
}

async function read(state: BybitState): Promise<AccountReading> {
  return readerOf(state).read(AbortSignal.timeout(10_000));
}

async function positionsOf(state: BybitState): Promise<readonly Position[]> {
  const { positions } = await read(state);
  if (!positions.ok) expect.fail(JSON.stringify(positions.error));
  expect(positions.value.unreadable).toEqual([]);
  return positions.value.positions;
}

async function marginOf(state: BybitState) {
  const { margin } = await read(state);
  if (!margin.ok) expect.fail(JSON.stringify(margin.error));
  return margin.value;
}

const amount = (money: { amount: { toFixed(): string }; currency: string } | null) =>
  money === null ? null : `${money.amount.toFixed()} ${money.currency}`;

describe('positions', () => {
  test('every digit is the venue’s own, none of ccxt’s', async () => {
    const [position] = await positionsOf({ positions: { 'linear USDT': [BTC_LONG] } });
    expect(position).toMatchObject({
      account: 'bybit-a',
      venue: 'bybit',
      side: 'long',
      marginMode: 'cross',
      collateral: null,
      venueNotionalUsd: null,
      liquidation: { kind: 'none' },
      venueUpdatedAt: 1_700_000_000_123,
    });
    expect(position?.quantity?.toFixed()).toBe('0.5');
    expect(position?.entryPrice?.toFixed()).toBe('65000.123456789012345678901');
    // ccxt drops positionMM when liqPrice or bustPrice is '' (specs of ccxt 4.5.84).
    expect(amount(position?.maintenanceMargin ?? null)).toBe('163.750251 USDT');
    expect(amount(position?.initialMargin ?? null)).toBe('3275.1 USDT');
    expect(amount(position?.unrealizedPnl ?? null)).toBe('249.98827160549382 USDT');
    expect(position?.takeProfit).toMatchObject({ kind: 'price' });
  });

  test('the instrument: brackets of its symbol, tick, asset behind a multiplier', async () => {
    const pepe = { ...BTC_LONG, symbol: '1000PEPEUSDT' };
    const [position] = await positionsOf({ positions: { 'linear USDT': [pepe] } });
    const instrument = position?.instrument;
    expect(instrument).toMatchObject({
      symbol: '1000PEPE/USDT:USDT',
      asset: 'PEPE',
      kind: 'linear',
      settle: 'USDT',
      tierUnit: 'quote',
    });
    expect(instrument?.multiplier.toFixed()).toBe('1000');
    expect(instrument?.tickSize?.toFixed()).toBe('0.1');
    expect(
      instrument?.tiers?.map((tier) =>
        [tier.floor, tier.cap, tier.rate, tier.deduction].map((figure) => figure?.toFixed()),
      ),
    ).toEqual([
      ['0', '2000000', '0.005', '0'],
      ['2000000', '2600000', '0.0056', '1199.5'],
    ]);
  });

  test('three lists: USDT, USDC and inverse, the last in coins', async () => {
    const inverse = {
      ...BTC_LONG,
      symbol: 'BTCUSD',
      side: 'Sell',
      size: '6550',
      markPrice: '65500',
      positionMM: '0.0005',
    };
    const positions = await positionsOf({
      positions: {
        'linear USDT': [BTC_LONG],
        'linear USDC': [{ ...BTC_LONG, symbol: 'BTCPERP' }],
        inverse: [inverse],
      },
    });
    expect(positions.map(({ instrument }) => instrument.symbol)).toEqual([
      'BTC/USDT:USDT',
      'BTC/USDC:USDC',
      'BTC/USD:BTC',
    ]);
    const short = positions[2];
    expect(short?.quantity?.toFixed()).toBe('0.1');
    expect(short?.contracts.toFixed()).toBe('6550');
    expect(amount(short?.maintenanceMargin ?? null)).toBe('0.0005 BTC');
    expect(short?.instrument.tierUnit).toBe('base');
  });

  test('cursors are followed to the end, short pages included, and no row twice', async () => {
    const rows = Array.from({ length: 5 }, (_, i) => ({
      ...BTC_LONG,
      symbol: ['BTCUSDT', 'ETHUSDT', 'LTCUSDT', '1000PEPEUSDT', 'BTCPERP'][i],
    }));
    const positions = await positionsOf({ positions: { 'linear USDT': rows }, pageSize: 2 });
    expect(positions).toHaveLength(5);
    const asked = stub.requests.filter(({ query }) => query.get('settleCoin') === 'USDT');
    expect(asked.find(({ path }) => path === '/v5/position/list')?.query.get('limit')).toBe('200');
  });

  test('hedge mode: two legs of one symbol, flat legs are none', async () => {
    const positions = await positionsOf({
      positions: {
        'linear USDT': [
          { ...BTC_LONG, positionIdx: 1 },
          { ...BTC_LONG, positionIdx: 2, side: 'Sell', size: '0.2' },
          { ...BTC_LONG, symbol: 'ETHUSDT', positionIdx: 1, side: '', size: '0', avgPrice: '0' },
        ],
      },
    });
    expect(positions.map(({ side, contracts }) => `${side} ${contracts.toFixed()}`)).toEqual([
      'long 0.5',
      'short 0.2',
    ]);
  });

  test.each([
    {
      why: 'isolated: the margin assigned, without PnL',
      mode: 'ISOLATED_MARGIN',
      row: {},
      expected: { marginMode: 'isolated', collateral: '3250.01 USDT', leverage: '10' },
    },
    {
      why: 'portfolio margin has no leverage and no margins of a position',
      mode: 'PORTFOLIO_MARGIN',
      row: { leverage: '', positionIM: '', positionMM: '' },
      expected: { marginMode: 'portfolio', collateral: null, leverage: undefined },
    },
  ])('$why', async ({ mode, row, expected }) => {
    const [position] = await positionsOf({
      marginMode: mode,
      positions: { 'linear USDT': [{ ...BTC_LONG, ...row }] },
    });
    expect({
      marginMode: position?.marginMode,
      collateral: amount(position?.collateral ?? null),
      leverage: position?.leverage?.toFixed(),
    }).toEqual(expected);
  });

  test('a garbled figure makes the row unreadable, an empty one is not known', async () => {
    const { positions } = await read({
      positions: {
        'linear USDT': [
          { ...BTC_LONG, positionMM: '12x' },
          { ...BTC_LONG, symbol: 'ETHUSDT', markPrice: '' },
          { ...BTC_LONG, symbol: 'NEWUSDT' },
        ],
      },
    });
    if (!positions.ok) expect.fail(positions.error.kind);
    expect(positions.value.unreadable).toEqual([
      { symbol: 'BTC/USDT:USDT', field: 'positionMM' },
      { symbol: 'NEWUSDT', field: 'symbol' },
    ]);
    expect(positions.value.positions.map(({ markPrice }) => markPrice)).toEqual([null]);
  });
});

describe('stops', () => {
  const bare = { ...BTC_LONG, takeProfit: '', stopLoss: '0' };
  const stop = {
    orderId: '1',
    symbol: 'BTCUSDT',
    side: 'Sell',
    qty: '0.5',
    triggerPrice: '61000',
    triggerDirection: 2,
    stopOrderType: 'Stop',
    reduceOnly: true,
    orderStatus: 'Untriggered',
  };

  test.each([
    { why: 'a conditional order of the whole size', orders: [stop], price: '61000' },
    { why: 'half the size is no stop', orders: [{ ...stop, qty: '0.25' }], price: null },
    { why: 'quantity 0 closes all', orders: [{ ...stop, qty: '0' }], price: '61000' },
    {
      why: 'an order that could open is no stop',
      orders: [{ ...stop, reduceOnly: false }],
      price: null,
    },
    { why: 'a buy does not close a long', orders: [{ ...stop, side: 'Buy' }], price: null },
    {
      why: 'of two, the one met first',
      orders: [stop, { ...stop, orderId: '2', triggerPrice: '62000' }],
      price: '62000',
    },
  ])('$why', async ({ orders, price }) => {
    const [position] = await positionsOf({
      positions: { 'linear USDT': [bare] },
      stops: { 'linear USDT': orders },
    });
    const found = position?.stopLoss;
    expect(found?.kind === 'price' ? found.price.toFixed() : null).toBe(price);
    expect(position?.takeProfit.kind).toBe('none');
  });

  test('the list is asked with a limit, and only where a row lacks a price', async () => {
    await positionsOf({ positions: { 'linear USDT': [bare], 'linear USDC': [] } });
    const asked = stub.requests.filter(({ path }) => path === '/v5/order/realtime');
    expect(asked.map(({ query }) => [query.get('settleCoin'), query.get('limit')])).toEqual([
      ['USDT', '50'],
    ]);
    expect(asked[0]?.query.get('orderFilter')).toBe('StopOrder');
  });

  test('a dead stop list costs the stops, not the positions', async () => {
    const reader = readerOf({});
    stub.answer((request) =>
      request.path === '/v5/order/realtime'
        ? { status: 500, body: {} }
        : standInBybit({ positions: { 'linear USDT': [bare] } })(request),
    );
    const { positions, stopsError } = await reader.read(AbortSignal.timeout(10_000));
    expect(stopsError).toMatchObject({ kind: 'unavailable', detail: { status: 500 } });
    expect(positions).toMatchObject({
      ok: true,
      value: { positions: [{ stopLoss: { kind: 'unknown' } }] },
    });
  });
});

describe('margin', () => {
  test('cross: the account’s totals, the share of orders from the coins', async () => {
    const margin = await marginOf({});
    expect(JSON.parse(JSON.stringify(margin))).toMatchObject({
      equityUsd: '10000.5',
      availableUsd: '7000.25',
      initialMarginUsd: '3000.25',
      orderMarginUsd: '250.25',
      maintenanceMarginUsd: '120.75',
      venueRatio: { name: 'accountMMRate', value: '0.0123', direction: 'up', liquidatesAt: '1' },
      collateral: [{ asset: 'USDT', quantity: '10000.5', venueUsd: '10000.5' }],
    });
  });

  test('isolated: totals are empty, coins add up at the venue’s price of each', async () => {
    const margin = await marginOf({
      marginMode: 'ISOLATED_MARGIN',
      wallet: {
        accountMMRate: '',
        totalEquity: '70000',
        totalAvailableBalance: '',
        totalInitialMargin: '',
        totalMaintenanceMargin: '',
        coin: [
          {
            coin: 'BTC',
            equity: '1',
            usdValue: '60000',
            totalOrderIM: '0.01',
            totalPositionIM: '0.1',
            totalPositionMM: '0.005',
          },
          {
            coin: 'USDT',
            equity: '10000',
            usdValue: '10000',
            totalOrderIM: '0',
            totalPositionIM: '500',
            totalPositionMM: '50',
          },
        ],
      },
    });
    expect(JSON.parse(JSON.stringify(margin))).toMatchObject({
      equityUsd: '70000',
      availableUsd: null,
      initialMarginUsd: '7100',
      orderMarginUsd: '600',
      maintenanceMarginUsd: '350',
      venueRatio: null,
    });
  });

  test.each([
    {
      why: 'a total',
      wallet: { totalInitialMargin: '12x', coin: [] },
      field: 'totalInitialMargin',
    },
    {
      why: 'a coin’s figure',
      wallet: { coin: [{ coin: 'USDT', equity: '1', usdValue: 'one' }] },
      field: 'usdValue',
    },
  ])('$why that is no figure is malformed, not added up from others', async ({ wallet, field }) => {
    const { margin } = await read({ wallet });
    expect(margin).toMatchObject({ ok: false, error: { kind: 'malformed', detail: { field } } });
  });

  test('a reply without a wallet is malformed, not an empty account', async () => {
    const reader = readerOf({});
    stub.answer((request) =>
      request.path === '/v5/account/wallet-balance'
        ? { body: { retCode: 0, result: { list: [] } } }
        : standInBybit({})(request),
    );
    const { margin } = await reader.read(AbortSignal.timeout(10_000));
    expect(margin).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  });
});

test('a demo account cannot ask about its key: not known, and not asked', async () => {
  const demo = connectionTo('bybit', stub.origin, { environment: 'demo' });
  const reader = createCcxtVenues(systemTime()).reader(demo);
  const inspection = await reader.inspect(AbortSignal.timeout(10_000));
  expect(inspection).toMatchObject({
    ok: true,
    value: { mayTrade: null, mayWithdraw: null, hasIpList: null },
  });
  expect(stub.requests.some(({ path }) => path === '/v5/user/query-api')).toBe(false);
});

test('a failed request is not sent again', async () => {
  const reader = readerOf({});
  stub.answer((request) =>
    request.path === '/v5/account/wallet-balance'
      ? { status: 500, body: {} }
      : standInBybit()(request),
  );
  await reader.read(AbortSignal.timeout(10_000));
  expect(stub.requests.filter(({ path }) => path === '/v5/account/wallet-balance')).toHaveLength(1);
});

test('inspection: what the key may do, the clock, the modes, positions per list', async () => {
  const reader = readerOf({
    positions: { 'linear USDT': [{ ...BTC_LONG, positionIdx: 1 }], inverse: [] },
    key: {
      readOnly: 0,
      ips: ['*'],
      permissions: {
        ContractTrade: ['Order', 'Position'],
        Wallet: ['AccountTransfer', 'Withdraw'],
      },
    },
  });
  const inspection = await reader.inspect(AbortSignal.timeout(10_000));
  if (!inspection.ok) expect.fail(JSON.stringify(inspection.error));
  expect(inspection.value).toMatchObject({
    mayTrade: true,
    mayWithdraw: true,
    hasIpList: false,
    modes: ['unified', 'cross', 'hedge'],
    categories: [
      { name: 'linear USDT', positions: 1 },
      { name: 'linear USDC', positions: 0 },
      { name: 'inverse', positions: 0 },
    ],
  });
  expect(inspection.value.clockOffsetMs).toBeGreaterThan(150);
});

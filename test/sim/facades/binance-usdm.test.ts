import ccxt from 'ccxt';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { hmacSha256 } from '../../../src/sim/facade.ts';
import { createBinanceUsdmFacade } from '../../../src/sim/facades/binance-usdm.ts';
import { account, connect, limitOrder, NOW, position, send, worldOf } from './facade-world.ts';
import { RECORDINGS, recordedKeys } from './recorded-keys.ts';

const BOOK = account('binanceusdm', {
  pool: 'coin',
  positions: [
    position('binanceusdm', 'BTCUSDT', {
      side: 'long',
      contracts: dec('0.1'),
      entryPrice: dec('65000'),
      takeProfit: dec('70000'),
      stopLoss: dec('60000.5'),
    }),
    position('binanceusdm', 'ETHUSDT', {
      side: 'short',
      contracts: dec('2'),
      entryPrice: dec('3500'),
      marginMode: 'isolated',
      isolatedMargin: dec('700'),
      leverage: dec('20'),
    }),
  ],
  orders: [
    limitOrder('binanceusdm', 'BTCUSDT', {
      side: 'buy',
      contracts: dec('0.2'),
      price: dec('60000'),
    }),
    limitOrder('binanceusdm', 'SOLUSDT', { side: 'sell', contracts: dec('10'), price: dec('200') }),
  ],
});

type Row = Readonly<Record<string, unknown>>;

const facade = () => createBinanceUsdmFacade(worldOf(BOOK));

function client(credentials = {}, served = facade(), venueNow = NOW) {
  const exchange = new ccxt.binanceusdm({
    apiKey: 'the-key',
    secret: 'the-secret',
    number: String,
    options: { fetchCurrencies: false, fetchOpenOrders: { warnWithoutSymbol: false } },
    ...credentials,
  });
  return connect(exchange, served, venueNow);
}

/** Signs as the venue asks, for calls that ccxt cannot make wrong. */
function signed(query: string, secret = 'the-secret'): string {
  return `${query}&signature=${hmacSha256(secret, query, 'hex')}`;
}

describe('the real ccxt binanceusdm', () => {
  test('loads the contracts with their steps', async () => {
    const markets = await client().loadMarkets();
    expect(Object.keys(markets)).toContain('SOL/USDT:USDT');
    expect(markets['BTC/USDT:USDT']).toMatchObject({
      id: 'BTCUSDT',
      linear: true,
      active: true,
      contractSize: '1',
      precision: { amount: '0.001' },
    });
  });

  test('reads positions in the venue digits, without leverage and margin type', async () => {
    const rows = await client().fetchPositions();
    const bySymbol = Object.fromEntries(rows.map((row) => [row.symbol, row]));
    expect(bySymbol['BTC/USDT:USDT']).toMatchObject({
      side: 'long',
      contracts: '0.1',
      entryPrice: '65000',
      markPrice: '65500.00000000',
      notional: '6550',
      unrealizedPnl: '50.00000000',
      marginMode: 'cross',
      hedged: false,
      info: {
        positionAmt: '0.100',
        positionInitialMargin: '655.00000000',
        openOrderInitialMargin: '1200.00000000',
        initialMargin: '1855.00000000',
        // Bracket 1 to 50,000: 0.4 %, no deduction.
        maintMargin: '26.20000000',
        bidNotional: '12000.00000000',
        isolatedMargin: '0',
      },
    });
    expect(bySymbol['ETH/USDT:USDT']).toMatchObject({
      side: 'short',
      contracts: '2',
      marginMode: 'isolated',
      collateral: '900.00000000',
      info: {
        positionAmt: '-2.00',
        notional: '-6800.00000000',
        unRealizedProfit: '200.00000000',
        isolatedWallet: '700.00000000',
        positionInitialMargin: '340.00000000',
      },
    });
    expect(bySymbol['BTC/USDT:USDT']?.info).not.toHaveProperty('leverage');
    expect(bySymbol['BTC/USDT:USDT']?.info).not.toHaveProperty('marginType');
  });

  test('prints the isolated liquidation price of the venue formula', async () => {
    const [row] = await client().fetchPositions(['ETH/USDT:USDT']);
    const { maintMarginRatio: rate, cum } = { maintMarginRatio: '0.004', cum: '0' };
    // (wallet + cum + size × entry) ÷ (size × (1 + rate)) for a short.
    const expected = dec('700')
      .plus(cum)
      .plus(7000)
      .div(dec('2').times(dec('1').plus(rate)));
    expect(row?.info.liquidationPrice).toBe(expected.toFixed(8));
  });

  test('reads the balance: wallet + PnL = margin balance, orders counted as used', async () => {
    const { info, ...balance } = await client().fetchBalance();
    expect(info).toMatchObject({
      totalWalletBalance: '10000.00000000',
      totalUnrealizedProfit: '250.00000000',
      totalMarginBalance: '10250.00000000',
      totalPositionInitialMargin: '995.00000000',
      totalOpenOrderInitialMargin: '1400.00000000',
      totalInitialMargin: '2395.00000000',
      totalCrossWalletBalance: '9300.00000000',
      totalCrossUnPnl: '50.00000000',
      // Cross wallet + cross PnL − cross and order margin; the isolated margin is gone already.
      availableBalance: '7295.00000000',
    });
    expect(balance['USDT']).toMatchObject({ total: '10250.00000000', free: '7295.00000000' });
    expect(balance).not.toHaveProperty('BTC');
    expect(info.assets.find((row: { asset: string }) => row.asset === 'BTC')).toMatchObject({
      walletBalance: '0.00000000',
      updateTime: 0,
    });
  });

  test('reads brackets, leverage and margin type, position mode', async () => {
    const exchange = client();
    const tiers = await exchange.fetchLeverageTiers(['BTC/USDT:USDT']);
    expect(tiers['BTC/USDT:USDT']?.[1]).toMatchObject({
      minNotional: '50000',
      maintenanceMarginRate: '0.005',
      maxLeverage: '100',
      info: { cum: 50 },
    });
    const leverages = await exchange.fetchLeverages();
    expect(leverages['ETH/USDT:USDT']).toMatchObject({ marginMode: 'isolated', longLeverage: 20 });
    expect(leverages['XRP/USDT:USDT']).toMatchObject({ marginMode: 'cross', longLeverage: 20 });
    expect(await exchange.fetchPositionMode()).toMatchObject({ hedged: false });
  });

  test('finds stops at the algo endpoint only, plain orders at the plain one only', async () => {
    const exchange = client();
    const stops = await exchange.fetchOpenOrders(undefined, undefined, undefined, {
      trigger: true,
    });
    expect(
      stops.map(({ side, triggerPrice, info }) => [side, triggerPrice, info.orderType]),
    ).toEqual([
      ['sell', '70000.0', 'TAKE_PROFIT_MARKET'],
      ['sell', '60000.5', 'STOP_MARKET'],
    ]);
    expect(stops.every(({ info }) => info.closePosition === true)).toBe(true);
    const orders = await exchange.fetchOpenOrders('BTC/USDT:USDT');
    expect(orders).toHaveLength(1);
    expect(orders[0]).toMatchObject({ side: 'buy', price: '60000', amount: '0.2' });
  });

  test('reads marks, funding, depth and candles', async () => {
    const exchange = client();
    const funding = await exchange.fetchFundingRates();
    expect(funding['BTC/USDT:USDT']).toMatchObject({
      markPrice: '65500.00000000',
      fundingRate: '0.00040000',
      fundingTimestamp: NOW + 3_600_000,
    });
    const book = await exchange.fetchOrderBook('BTC/USDT:USDT', 5);
    expect(book.bids).toHaveLength(5);
    expect(book.bids[0]).toEqual([65500, 0.5]);
    const candles = await exchange.fetchOHLCV('BTC/USDT:USDT', '1h', undefined, 3);
    expect(candles).toHaveLength(3);
    expect(candles[2]?.slice(0, 2)).toEqual([NOW - (NOW % 3_600_000), '65500']);
    const since = NOW - 10 * 3_600_000;
    const past = await exchange.fetchOHLCV('BTC/USDT:USDT', '1h', since, 3);
    expect(past.map(([time]) => time)).toEqual(
      [1, 2, 3].map((hour) => since - (since % 3_600_000) + hour * 3_600_000),
    );
  });

  test('lists a flat row where only an order rests', async () => {
    const rows = await client().fapiPrivateV3GetPositionRisk();
    expect(rows.find((row: Row) => row['symbol'] === 'SOLUSDT')).toMatchObject({
      positionAmt: '0.0',
      entryPrice: '0.0',
      liquidationPrice: '0',
      initialMargin: '200.00000000',
      askNotional: '2000.00000000',
    });
  });

  test('lists both legs of a symbol in hedge mode, the flat one with zeros', async () => {
    const hedged = account('binanceusdm', {
      positionMode: 'hedge',
      positions: [
        position('binanceusdm', 'BTCUSDT', {
          side: 'short',
          contracts: dec('1'),
          entryPrice: dec('65000'),
        }),
      ],
    });
    const exchange = client({}, createBinanceUsdmFacade(worldOf(hedged)));
    const rows = await exchange.fapiPrivateV3GetPositionRisk();
    expect(rows.map((row: Row) => [row['positionSide'], row['positionAmt']])).toEqual([
      ['LONG', '0.000'],
      ['SHORT', '-1.000'],
    ]);
  });
});

describe('refusals', () => {
  test.each([
    {
      why: 'wrong secret',
      credentials: { secret: 'other' },
      code: '-1022',
      is: ccxt.AuthenticationError,
    },
    {
      why: 'unknown key',
      credentials: { apiKey: 'other' },
      code: '-2015',
      is: ccxt.AuthenticationError,
    },
    { why: 'clock 1.001 s ahead', venueNow: NOW - 1_001, code: '-1021', is: ccxt.InvalidNonce },
    {
      why: 'clock behind by more than the window',
      venueNow: NOW + 10_001,
      code: '-1021',
      is: ccxt.InvalidNonce,
    },
  ])('$why is $code', async ({ credentials = {}, venueNow = NOW, code, is }) => {
    const call = client(credentials, facade(), venueNow).fapiPrivateV3GetAccount();
    const fault: unknown = await call.catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(is);
    expect(String(fault)).toContain(`"code":${code}`);
  });

  test.each([
    { why: 'exactly at the end of ccxt’s window of 10 s', venueNow: NOW + 10_000 },
    { why: 'exactly 1 s ahead', venueNow: NOW - 1_000 },
  ])('$why still passes', async ({ venueNow }) => {
    await expect(client({}, facade(), venueNow).fapiPrivateV3GetAccount()).resolves.toBeDefined();
  });

  test.each([
    { why: 'no key', query: signed(`timestamp=${NOW}`), headers: {}, status: 401, code: -2014 },
    { why: 'no timestamp', query: signed('a=1'), status: 400, code: -1102 },
    { why: 'no signature', query: `timestamp=${NOW}`, status: 400, code: -1022 },
    {
      why: 'a window that is too long',
      query: signed(`timestamp=${NOW}&recvWindow=60001`),
      status: 400,
      code: -1131,
    },
    {
      why: 'a window of the caller',
      query: signed(`timestamp=${NOW - 101}&recvWindow=100`),
      status: 400,
      code: -1021,
    },
    {
      why: 'a symbol that is none',
      query: signed(`symbol=NOPE&timestamp=${NOW}`),
      status: 400,
      code: -1121,
    },
  ])('$why is $code', async ({ query, headers = { 'X-MBX-APIKEY': 'the-key' }, status, code }) => {
    const answer = await send(facade(), `/fapi/v3/positionRisk?${query}`, { headers });
    expect(answer).toMatchObject({ status, json: { code } });
  });

  test('an order is refused cleanly, after the signature was checked', async () => {
    const order = client().createOrder('BTC/USDT:USDT', 'market', 'buy', 0.1);
    await expect(order).rejects.toThrow('"code":-1020');
  });

  test('a path the venue does not have is 404', async () => {
    const answer = await send(facade(), '/fapi/v1/nothing');
    expect(answer).toMatchObject({ status: 404, json: { code: -5000 } });
  });

  test('weight is counted per minute, and too much of it is 429 with a wait', async () => {
    const served = facade();
    const used = async (path: string, now = NOW) =>
      (await send(served, path, { now })).headers['x-mbx-used-weight-1m'];
    expect(await used('/fapi/v1/time')).toBe('1');
    expect(await used('/fapi/v1/premiumIndex')).toBe('11');
    expect(await used('/fapi/v1/time', NOW + 60_000)).toBe('1');
    const request = { method: 'GET', path: '/fapi/v1/time', query: new URLSearchParams() };
    const full = { ...request, rawQuery: '', headers: {}, body: '', now: NOW };
    expect(served.rateLimited(full)).toMatchObject({
      status: 429,
      headers: { 'retry-after': '26' },
    });
  });

  test('other venues’ paths are left alone', () => {
    const request = { method: 'GET', rawQuery: '', query: new URLSearchParams(), headers: {} };
    const other = { ...request, path: '/api/v5/public/time', body: '', now: NOW };
    expect(facade().respond(other)).toBeNull();
  });
});

describe.skipIf(!RECORDINGS)('field names', () => {
  test.each([
    {
      why: 'positionRisk v3',
      path: '/fapi/v3/positionRisk',
      recording: ['fetchPositions', 0],
      at: '0',
    },
    { why: 'account totals', path: '/fapi/v3/account', recording: ['fetchPositions', 2], at: '' },
    {
      why: 'account assets',
      path: '/fapi/v3/account',
      recording: ['fetchPositions', 2],
      at: 'assets.0',
    },
    {
      why: 'account positions',
      path: '/fapi/v3/account',
      recording: ['fetchPositions', 2],
      at: 'positions.0',
    },
    {
      why: 'symbolConfig',
      path: '/fapi/v1/symbolConfig',
      recording: ['fetchMarginMode', 0],
      at: '0',
    },
  ] as const)('of $why are those of a recorded answer', async ({ path, recording, at }) => {
    const query = signed(`timestamp=${NOW}`);
    const answer = await send(facade(), `${path}?${query}`, {
      headers: { 'X-MBX-APIKEY': 'the-key' },
    });
    expect(recordedKeys.of(answer.json, at)).toEqual(
      recordedKeys.recorded('binance', recording, at),
    );
  });
});

test('the doctor sees a key that trades, cannot withdraw, and is bound to an address', async () => {
  expect(await client().sapiGetAccountApiRestrictions()).toMatchObject({
    ipRestrict: true,
    enableFutures: true,
    enableWithdrawals: false,
  });
});

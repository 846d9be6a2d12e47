import ccxt from 'ccxt';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { hmacSha256 } from '../../../src/sim/facade.ts';
import { createOkxFacade } from '../../../src/sim/facades/okx.ts';
import { account, connect, limitOrder, NOW, position, send, worldOf } from './facade-world.ts';
import { RECORDINGS, recordedKeys } from './recorded-keys.ts';

const BOOK = account('okx', {
  balances: { USDT: dec('10000'), BTC: dec('0.1') },
  positions: [
    position('okx', 'BTC-USDT-SWAP', {
      side: 'long',
      contracts: dec('10'),
      entryPrice: dec('65000'),
      takeProfit: dec('70000'),
      stopLoss: dec('60000'),
    }),
    position('okx', 'ETH-USDT-SWAP', {
      side: 'short',
      contracts: dec('20'),
      entryPrice: dec('3500'),
      marginMode: 'isolated',
      isolatedMargin: dec('700'),
    }),
    position('okx', 'BTC-USD-SWAP', {
      side: 'short',
      contracts: dec('5'),
      entryPrice: dec('62500'),
      leverage: dec('5'),
      stopLoss: dec('70000'),
    }),
  ],
  orders: [
    limitOrder('okx', 'SOL-USDT-SWAP', { side: 'buy', contracts: dec('10'), price: dec('140') }),
  ],
});
/** The same book with each coin on its own. */
const PER_COIN = { ...BOOK, pool: 'coin' as const };

const facade = (book = BOOK) => createOkxFacade(worldOf(book));

function client(credentials = {}, served = facade(), venueNow = NOW) {
  const exchange = new ccxt.okx({
    apiKey: 'the-key',
    secret: 'the-secret',
    password: 'the-passphrase',
    number: String,
    ...credentials,
  });
  return connect(exchange, served, venueNow);
}

/** Signs as the venue asks, for calls that ccxt cannot make wrong. */
function signed(target: string): Record<string, string> {
  const timestamp = new Date(NOW).toISOString();
  return {
    'OK-ACCESS-KEY': 'the-key',
    'OK-ACCESS-PASSPHRASE': 'the-passphrase',
    'OK-ACCESS-TIMESTAMP': timestamp,
    'OK-ACCESS-SIGN': hmacSha256('the-secret', `${timestamp}GET${target}`, 'base64'),
  };
}

describe('the real ccxt okx', () => {
  test('loads swaps with their contract values, and currencies', async () => {
    const exchange = client();
    const markets = await exchange.loadMarkets();
    expect(markets['BTC/USDT:USDT']).toMatchObject({
      id: 'BTC-USDT-SWAP',
      linear: true,
      active: true,
      contractSize: '0.01',
      precision: { amount: '0.01' },
    });
    expect(markets['BTC/USD:BTC']).toMatchObject({ inverse: true, contractSize: '100' });
    expect(Object.keys(exchange.currencies)).toEqual(expect.arrayContaining(['USDT', 'BTC']));
  });

  test('reads positions in contracts, signed in net mode', async () => {
    const rows = await client().fetchPositions();
    expect(
      rows.map(({ symbol, side, contracts, info }) => [symbol, side, contracts, info.pos]),
    ).toEqual([
      ['BTC/USDT:USDT', 'long', '10', '10'],
      ['ETH/USDT:USDT', 'short', '20', '-20'],
      ['BTC/USD:BTC', 'short', '5', '-5'],
    ]);
    expect(rows[0]).toMatchObject({
      contractSize: '0.01',
      notional: '6550',
      unrealizedPnl: '50',
      maintenanceMargin: '26.2',
      leverage: '10',
      marginMode: 'cross',
      hedged: false,
      info: { imr: '655', margin: '', notionalUsd: '6550', posSide: 'net' },
    });
    expect(rows[1]).toMatchObject({
      marginMode: 'isolated',
      collateral: '700',
      // (margin + PnL) ÷ (maintenance 27.2 + fee 3.4): danger is downward.
      info: { imr: '', margin: '700', upl: '200', mgnRatio: '29.4117647058823529' },
    });
    expect(rows[2]?.info).toMatchObject({
      ccy: 'BTC',
      notionalUsd: '500',
      upl: '-0.0003664122137405',
    });
  });

  test('says both legs’ sides in long/short mode, sizes unsigned', async () => {
    const hedged = { ...BOOK, positionMode: 'hedge' as const };
    const rows = await client({}, facade(hedged)).fetchPositions(['ETH/USDT:USDT']);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      side: 'short',
      hedged: true,
      info: { pos: '20', posSide: 'short' },
    });
  });

  test('reads the balance of a multi-currency account: one pool in dollars, isolated apart', async () => {
    const { info } = await client().fetchBalance();
    const [row] = info.data;
    expect(row).toMatchObject({
      totalEq: '16776',
      isoEq: '900',
      // 9,350 USDT + 95 % of 6,526 in BTC.
      adjEq: '15549.7',
      imr: '895',
      mmr: '28.2',
      ordFroz: '140',
      notionalUsd: '7050',
      upl: '26',
      availEq: '14654.7',
    });
    expect(row.mgnRatio).toBe(dec('15549.7').div('31.725').toDecimalPlaces(16).toFixed());
    const usdt = row.details.find((detail: { ccy: string }) => detail.ccy === 'USDT');
    expect(usdt).toMatchObject({ eq: '10250', cashBal: '9300', isoEq: '900', upl: '50', imr: '' });
  });

  test('reads the balance of a single-currency account: a pool per coin, none for the account', async () => {
    const { info } = await client({}, facade(PER_COIN)).fetchBalance();
    const [row] = info.data;
    expect(row).toMatchObject({ totalEq: '16776', adjEq: '', imr: '', mmr: '', mgnRatio: '' });
    const usdt = row.details.find((detail: { ccy: string }) => detail.ccy === 'USDT');
    expect(usdt).toMatchObject({ imr: '795', mmr: '26.2', availEq: '8555' });
    expect(usdt.mgnRatio).toBe(dec('9350').div('29.475').toDecimalPlaces(16).toFixed());
  });

  test('reads tiers in contracts without a deduction', async () => {
    const tiers = await client().fetchMarketLeverageTiers('BTC/USDT:USDT');
    expect(tiers[1]).toMatchObject({
      minNotional: '5000',
      maxNotional: '20000',
      maintenanceMarginRate: '0.01',
      maxLeverage: '50',
    });
  });

  test('finds a stop in the position and in the algo list alike', async () => {
    const exchange = client();
    const [position] = await exchange.fetchPositions(['BTC/USDT:USDT']);
    const [close] = position?.info.closeOrderAlgo ?? [];
    expect(close).toMatchObject({ tpTriggerPx: '70000', slTriggerPx: '60000', closeFraction: '1' });
    const pending = (ordType: string) =>
      exchange.fetchOpenOrders(undefined, undefined, undefined, { trigger: true, ordType });
    const both = await pending('conditional,oco');
    expect(both.map(({ symbol, info }) => [symbol, info.ordType, info.tpTriggerPx])).toEqual([
      ['BTC/USDT:USDT', 'oco', '70000'],
      ['BTC/USD:BTC', 'conditional', ''],
    ]);
    expect(both[0]).toMatchObject({ id: close.algoId, side: 'sell', reduceOnly: true });
    expect(await pending('conditional')).toHaveLength(1);
    // What ccxt asks for by default is another kind of order.
    expect(
      await exchange.fetchOpenOrders(undefined, undefined, undefined, { trigger: true }),
    ).toEqual([]);
  });

  test('reads plain orders, position mode, and a key that trades but cannot withdraw', async () => {
    const exchange = client();
    const [order] = await exchange.fetchOpenOrders();
    expect(order).toMatchObject({
      symbol: 'SOL/USDT:USDT',
      side: 'buy',
      amount: '10',
      price: '140',
    });
    expect(await exchange.fetchPositionMode()).toMatchObject({ hedged: false });
    const config = await exchange.privateGetAccountConfig();
    expect(config['data'][0]).toMatchObject({
      acctLv: '3',
      perm: 'read_only,trade',
      ip: '127.0.0.1',
    });
  });

  test('reads marks, funding, depth and candles, sizes in contracts', async () => {
    const exchange = client();
    const marks = await exchange.fetchMarkPrices();
    expect(marks['BTC/USDT:USDT']).toMatchObject({ markPrice: '65500' });
    const funding = await exchange.fetchFundingRates();
    expect(funding['ETH/USDT:USDT']).toMatchObject({ fundingRate: '0.0004' });
    const book = await exchange.fetchOrderBook('BTC/USDT:USDT', 3);
    expect(book.asks).toHaveLength(3);
    expect(book.asks[0]?.slice(0, 2)).toEqual([65500, 50]);
    const candles = await exchange.fetchOHLCV('BTC/USDT:USDT', '1h', undefined, 3);
    expect(candles.map(([time]) => time)).toEqual(
      [2, 1, 0].map((ago) => NOW - (NOW % 3_600_000) - ago * 3_600_000),
    );
    // Of the three volumes ccxt takes the one in base units.
    expect(candles[0]?.[5]).toBe('2');
    const since = NOW - 10 * 3_600_000;
    const past = await exchange.fetchOHLCV('BTC/USDT:USDT', '1h', since, 3);
    expect(past[0]?.[0]).toBeGreaterThanOrEqual(since);
  });
});

describe('refusals', () => {
  test.each([
    {
      why: 'wrong secret',
      credentials: { secret: 'other' },
      code: '50113',
      is: ccxt.AuthenticationError,
    },
    {
      why: 'unknown key',
      credentials: { apiKey: 'other' },
      code: '50111',
      is: ccxt.AuthenticationError,
    },
    {
      why: 'wrong passphrase',
      credentials: { password: 'other' },
      code: '50105',
      is: ccxt.AuthenticationError,
    },
    { why: 'clock 30.001 s ahead', venueNow: NOW - 30_001, code: '50102', is: ccxt.InvalidNonce },
    { why: 'clock 30.001 s behind', venueNow: NOW + 30_001, code: '50102', is: ccxt.InvalidNonce },
  ])('$why is $code', async ({ credentials = {}, venueNow = NOW, code, is }) => {
    const call = client(credentials, facade(), venueNow).privateGetAccountConfig();
    const fault: unknown = await call.catch((error: unknown) => error);
    expect(fault).toBeInstanceOf(is);
    expect(String(fault)).toContain(`"code":"${code}"`);
  });

  test('exactly 30 s apart still passes', async () => {
    await expect(
      client({}, facade(), NOW + 30_000).privateGetAccountConfig(),
    ).resolves.toBeDefined();
  });

  test.each([
    { why: 'no key', without: 'OK-ACCESS-KEY', code: '50103' },
    { why: 'no passphrase', without: 'OK-ACCESS-PASSPHRASE', code: '50104' },
    { why: 'no signature', without: 'OK-ACCESS-SIGN', code: '50106' },
    { why: 'no timestamp', without: 'OK-ACCESS-TIMESTAMP', code: '50107' },
  ])('$why is 401 with $code', async ({ without, code }) => {
    const { [without]: _, ...headers } = signed('/api/v5/account/config');
    const answer = await send(facade(), '/api/v5/account/config', { headers });
    expect(answer).toMatchObject({ status: 401, json: { code, data: [] } });
  });

  test.each([
    {
      why: 'the query is signed too',
      path: '/api/v5/account/balance?ccy=BTC',
      sign: '/api/v5/account/balance',
      code: '50113',
    },
    { why: 'algo orders need a kind', path: '/api/v5/trade/orders-algo-pending', code: '51000' },
    { why: 'an instrument that is none', path: '/api/v5/market/books?instId=NOPE', code: '51001' },
    {
      why: 'tiers need a margin mode',
      path: '/api/v5/public/position-tiers?instType=SWAP&uly=BTC-USDT',
      code: '51000',
    },
    { why: 'a path the venue does not have', path: '/api/v5/account/nothing', code: '404' },
  ])('$why: $code', async ({ path, sign = path, code }) => {
    const answer = await send(facade(), path, { headers: signed(sign) });
    expect(answer.json).toMatchObject({ code });
  });

  test('an order is refused cleanly, after the signature was checked', async () => {
    const opening = { instId: 'BTC-USDT-SWAP', tdMode: 'cross', side: 'buy', ordType: 'market' };
    const order = client().privatePostTradeOrder({ ...opening, sz: '1' });
    await expect(order).rejects.toThrow('"sCode":"51010"');
  });
});

describe.skipIf(!RECORDINGS)('field names', () => {
  test.each([
    {
      why: 'a position',
      path: '/api/v5/account/positions',
      recording: ['fetchPosition', 2],
      at: 'data.0',
    },
    {
      why: 'the configuration',
      path: '/api/v5/account/config',
      recording: ['fetchAccounts', 0],
      at: 'data.0',
    },
    {
      why: 'the balance',
      path: '/api/v5/account/balance',
      recording: ['fetchBalance', 0],
      at: 'data.0',
    },
    {
      why: 'a coin',
      path: '/api/v5/account/balance',
      recording: ['fetchBalance', 0],
      at: 'data.0.details.0',
    },
    {
      why: 'a stop',
      path: '/api/v5/trade/orders-algo-pending?ordType=oco',
      recording: ['fetchOpenOrders', 0],
      at: 'data.0',
    },
  ] as const)('of $why hold those of a recorded answer', async ({ path, recording, at }) => {
    const answer = await send(facade(), path, { headers: signed(path) });
    const recorded = recordedKeys.recorded('okx', recording, at);
    expect(recordedKeys.of(answer.json, at)).toEqual(expect.arrayContaining(recorded));
  });
});

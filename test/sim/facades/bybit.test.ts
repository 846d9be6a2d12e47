import ccxt, { type bybit } from 'ccxt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { createDemoDesk } from '../../../src/sim/desk.ts';
import { viewAccount } from '../../../src/sim/engine.ts';
import type { SimAccount } from '../../../src/sim/model.ts';
import { type Sim, startSim } from '../../../src/sim/start-sim.ts';

const SEED = 'plimsoll';
const NOW = Date.UTC(2026, 0, 5, 8, 30);
let sim: Sim;
let markets: bybit;

beforeAll(async () => {
  sim = await startSim({ seed: SEED, now: () => NOW });
  markets = client({});
  await markets.loadMarkets();
});
afterAll(() => sim.close());

/** The real client, its host replaced and its clock set to the simulator's. */
function client(with_: { readonly apiKey?: string; readonly secret?: string }, clock = NOW): bybit {
  const urls = Object.fromEntries(
    ['spot', 'futures', 'v2', 'public', 'private'].map((section) => [section, sim.origin]),
  );
  const exchange = new ccxt.bybit({
    ...with_,
    urls: { api: urls },
    enableRateLimit: false,
    options: { fetchMarkets: { types: ['linear', 'inverse'] } },
  });
  exchange.number = String as never;
  exchange.nonce = () => clock;
  if (markets?.markets) exchange.setMarketsFromExchange(markets);
  return exchange;
}

function account(id: string): SimAccount {
  const found = sim.accounts.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
}

function clientOf(id: string, clock = NOW): bybit {
  const { apiKey, secret } = account(id).credentials;
  return client({ apiKey: apiKey as string, secret: secret as string }, clock);
}

const viewOf = (id: string) => viewAccount(account(id), (asset) => sim.market.mark(asset));
const rawOf = (rows: readonly { info: unknown }[]) =>
  rows.map((row) => row.info as Record<string, unknown>);

describe('public data', () => {
  test('loads USDT, USDC and inverse markets', () => {
    expect(markets.symbols).toEqual(
      expect.arrayContaining(['BTC/USDT:USDT', 'ETH/USDC:USDC', 'BTC/USD:BTC', 'DOGE/USDT:USDT']),
    );
    expect(markets.market('BTC/USD:BTC')).toMatchObject({ inverse: true, contractSize: '1' });
    expect(markets.market('SOL/USDT:USDT')).toMatchObject({
      linear: true,
      precision: { price: '0.01', amount: '0.1' },
    });
  });

  test('tickers carry mark, index and funding of the one market', async () => {
    const tickers = await markets.fetchTickers(undefined, { category: 'linear' });
    const btc = tickers['BTC/USDT:USDT'];
    expect(btc?.markPrice).toBe(sim.market.mark('BTC').toFixed());
    const funding = await markets.fetchFundingRate('BTC/USD:BTC');
    expect(funding.interval).toBe('8h');
    expect(funding.markPrice).toBe(btc?.markPrice);
  });

  test('candles come oldest first through the client, also from a start', async () => {
    const hour = 3_600_000;
    const latest = await markets.fetchOHLCV('ETH/USDT:USDT', '1h', undefined, 3);
    expect(latest.map(([time]) => time)).toEqual(
      [2, 1, 0].map((ago) => Math.floor(NOW / hour) * hour - ago * hour),
    );
    const since = Math.floor(NOW / hour) * hour - 10 * hour;
    const marked = await markets.fetchMarkOHLCV('ETH/USDT:USDT', '1h', since, 4);
    expect(marked.map(([time]) => time)).toEqual([0, 1, 2, 3].map((i) => since + i * hour));
  });

  test('the book has the depth asked for', async () => {
    const { bids, asks } = await markets.fetchOrderBook('BTC/USDT:USDT', 50);
    expect([bids.length, asks.length]).toEqual([50, 50]);
  });

  test('tiers carry the deduction that keeps maintenance continuous', async () => {
    const tiers = await markets.fetchMarketLeverageTiers('BTC/USDT:USDT');
    expect(rawOf(tiers as never)[1]).toMatchObject({
      riskLimitValue: '10000000',
      maintenanceMargin: '0.01',
      mmDeduction: '10000',
    });
  });

  test('funding history is on the eight-hour grid', async () => {
    const history = await markets.fetchFundingRateHistory('BTC/USDT:USDT', undefined, 3);
    expect(history.map(({ datetime }) => datetime)).toEqual([
      '2026-01-04T16:00:00.000Z',
      '2026-01-05T00:00:00.000Z',
      '2026-01-05T08:00:00.000Z',
    ]);
  });
});

describe('positions', () => {
  test('linear and inverse equal the engine, in the venue’s own fields', async () => {
    const exchange = clientOf('bybit-quant-a');
    const linear = await exchange.fetchPositions();
    const inverse = await exchange.fetchPositions(undefined, { subType: 'inverse' });
    const [long, short] = viewOf('bybit-quant-a').positions;
    expect([...linear, ...inverse].map(({ symbol, side }) => `${symbol} ${side}`)).toEqual([
      'BTC/USDT:USDT long',
      'BTC/USD:BTC short',
    ]);
    const [row] = rawOf(linear);
    expect(row).toMatchObject({
      size: '9.8',
      avgPrice: '66280.5',
      leverage: '25',
      bustPrice: '',
      stopLoss: '62400',
      positionIdx: 0,
      positionMM: long?.maintenanceMargin.toFixed(),
      unrealisedPnl: long?.unrealizedPnl.toFixed(),
    });
    const tick = dec('0.1');
    const liquidation = long?.liquidationPrice?.div(tick).ceil().times(tick).toFixed();
    expect(row?.['liqPrice']).toBe(liquidation);
    const [coin] = rawOf(inverse);
    expect(coin).toMatchObject({ size: '18000', liqPrice: '' });
    expect(coin?.['positionMM']).toBe(short?.maintenanceMargin.toDecimalPlaces(8).toFixed());
  });

  test('hedge mode has two legs, the USDC list an empty one besides', async () => {
    const exchange = clientOf('bybit-maker-1');
    const both = rawOf(await exchange.fetchPositions());
    expect(both.map(({ side, positionIdx }) => [side, positionIdx])).toEqual([
      ['Buy', 1],
      ['Sell', 2],
    ]);
    const usdc = rawOf(await exchange.fetchPositions(undefined, { settleCoin: 'USDC' }));
    expect(usdc.map(({ side, size, symbol }) => [symbol, side, size])).toEqual([
      ['ETHPERP', '', '0'],
      ['ETHPERP', 'Sell', '28'],
    ]);
  });

  test('pages by cursor, and the client follows it to the end', async () => {
    const exchange = clientOf('bybit-maker-1');
    const first = await exchange.privateGetV5PositionList({
      category: 'linear',
      settleCoin: 'USDT',
      limit: 1,
    });
    expect(first['result'].list).toHaveLength(1);
    const second = await exchange.privateGetV5PositionList({
      category: 'linear',
      settleCoin: 'USDT',
      limit: 1,
      cursor: first['result'].nextPageCursor,
    });
    expect(second['result']).toMatchObject({
      list: [{ side: 'Sell' }],
      nextPageCursor: '',
    });
  });

  test('a linear list of everything is refused', async () => {
    const list = clientOf('bybit-maker-1').privateGetV5PositionList({ category: 'linear' });
    await expect(list).rejects.toThrow('10001');
  });
});

test('the unified balance equals the engine, coins below the dollars', async () => {
  const balance = await clientOf('bybit-quant-a').fetchBalance();
  const view = viewOf('bybit-quant-a');
  const row = balance['info'].result.list[0];
  const eight = (value: typeof view.equityUsd) => value.toDecimalPlaces(8).toFixed();
  expect(row).toMatchObject({
    totalEquity: eight(view.equityUsd),
    totalAvailableBalance: eight(view.availableUsd),
    totalInitialMargin: eight(view.initialMarginUsd),
    totalMaintenanceMargin: eight(view.maintenanceMarginUsd),
    accountMMRate: view.maintenanceMarginUsd.div(view.marginBalanceUsd).toFixed(4),
  });
  expect(row.coin.map((each: { coin: string }) => each.coin)).toEqual(['USDT', 'BTC']);
  expect(row.coin[0].totalOrderIM).toBe('3079.2');
  expect(balance['BTC']).toMatchObject({ total: '0.42' });
});

test('open orders and the stops of positions are listed apart', async () => {
  const exchange = clientOf('bybit-quant-a');
  const all = rawOf(await exchange.fetchOpenOrders());
  const stops = rawOf(await exchange.fetchOpenOrders(undefined, undefined, 50, { trigger: true }));
  expect(stops.map(({ stopOrderType, triggerPrice }) => [stopOrderType, triggerPrice])).toEqual(
    expect.arrayContaining([
      ['TakeProfit', '71000'],
      ['StopLoss', '62400'],
    ]),
  );
  expect(stops).toHaveLength(2);
  expect(all.filter(({ orderType }) => orderType === 'Limit')).toHaveLength(1);
});

test('the key’s own page says unified, trading, no withdrawal', async () => {
  const { result } = await clientOf('bybit-reserve').privateGetV5UserQueryApi();
  expect(result).toMatchObject({ uta: 1, readOnly: 0, ips: ['127.0.0.1'] });
  expect(JSON.stringify(result.permissions)).not.toContain('Withdraw');
});

describe('refusals', () => {
  const key = 'demo-bybit-quant-a-key';
  test.each([
    { why: 'a key nobody has', make: () => client({ apiKey: 'x', secret: 'y' }), code: '10003' },
    { why: 'a wrong secret', make: () => client({ apiKey: key, secret: 'y' }), code: '10004' },
    {
      why: 'a clock 5001 ms behind',
      make: () => clientOf('bybit-quant-a', NOW - 5001),
      code: '10002',
    },
    {
      why: 'a clock a second ahead',
      make: () => clientOf('bybit-quant-a', NOW + 1000),
      code: '10002',
    },
  ])('$why', async ({ make, code }) => {
    await expect(make().fetchPositions()).rejects.toThrow(code);
  });

  test('a clock exactly at the edge of the window still passes', async () => {
    await expect(clientOf('bybit-quant-a', NOW - 5000).fetchPositions()).resolves.toHaveLength(1);
    await expect(clientOf('bybit-quant-a', NOW + 999).fetchPositions()).resolves.toHaveLength(1);
  });

  test('an order that would open a position is refused and changes nothing', async () => {
    const exchange = clientOf('bybit-quant-a');
    const order = exchange.createOrder('BTC/USDT:USDT', 'market', 'sell', 1);
    await expect(order).rejects.toThrow('110023');
    expect(sim.accounts).toEqual(createDemoDesk(SEED, NOW).accounts);
  });
});

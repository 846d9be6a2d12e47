import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { AccountReader } from '../../../../src/ports/venue.ts';
import { accountReaderContract } from '../../../contracts/account-reader-contract.ts';
import { type StubHttp, type StubReply, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { codeFaults, forbiddenFaults, httpFaults } from '../fault-matrix.ts';
import { plain } from './contracts-for-tests.ts';
import {
  BINANCE_ROWS,
  type BinanceAnswers,
  binanceRefusal,
  standInBinance,
} from './stand-in-binance.ts';

const VENUES = ['binanceusdm', 'binancecoinm', 'binancepm'] as const;
type Venue = (typeof VENUES)[number];

let stub: StubHttp;
const open = async () => {
  stub = await startStubHttp(standInBinance());
};
const close = () => stub.close();
const soon = () => AbortSignal.timeout(10_000);

function readerOf(venue: Venue, limits = {}): AccountReader {
  return createCcxtVenues(systemTime(), limits).reader(connectionTo(venue, stub.origin));
}

/** A reader of a venue with one open position, other answers as given. */
function holding(venue: Venue, answers: BinanceAnswers = {}): AccountReader {
  const { path, row } = BINANCE_ROWS[venue];
  stub.answer(standInBinance({ [path]: [row], ...answers }));
  return readerOf(venue);
}

async function positionsOf(reader: AccountReader) {
  const { positions } = await reader.read(soon());
  if (!positions.ok) expect.fail(JSON.stringify(positions.error));
  expect(positions.value.unreadable).toEqual([]);
  return positions.value.positions;
}

const timesAsked = (path: string) => stub.requests.filter((each) => each.path === path).length;

for (const venue of VENUES) {
  const { path, row, symbol } = BINANCE_ROWS[venue];
  accountReaderContract(venue, {
    async flat() {
      await open();
      return readerOf(venue);
    },
    async oneUnreadable() {
      await open();
      const reader = holding(venue, { [path]: [row, { ...row, positionAmt: '?' }] });
      return { reader, symbol, field: 'positionAmt' };
    },
    async deadPositions() {
      await open();
      stub.answer((request) =>
        request.path === path ? { status: 500, body: {} } : standInBinance()(request),
      );
      return readerOf(venue);
    },
    async broken() {
      await open();
      stub.answer(({ query, headers }) => ({
        status: 400,
        body: { code: -9999, msg: `${KEY} ${SECRET} ${query} ${headers['x-mbx-apikey']}` },
      }));
      return { reader: readerOf(venue), secrets: [KEY, SECRET, 'signature'] };
    },
    async silent() {
      await open();
      stub.answer(() => () => undefined);
      return readerOf(venue);
    },
    close,
  });
}

const TABLE_MADE_AT = Date.now();
const CODES = {
  clock: ['-1021'],
  unauthorized: ['-1002', '-1022', '-2014', '-2015'],
  'rate-limited': ['-1003', '-1015'],
  unavailable: ['-1000', '-1001', '-1006', '-1007', '-1008'],
} as const;

describe.each(VENUES)('faults of %s', (venue) => {
  beforeEach(open);
  afterEach(close);

  test.each([
    ...httpFaults(TABLE_MADE_AT),
    ...forbiddenFaults('firewall'),
    // papi wraps its codes in other ccxt classes: -2015 is OperationRejected there, -1021 BadRequest.
    ...codeFaults(CODES, (code) => binanceRefusal(code)),
    ...codeFaults({ unauthorized: ['-2015'] }, (code) => binanceRefusal(code, 401)),
    ...codeFaults({ clock: ['-1021'] }, (code) => binanceRefusal(code, 200)),
  ])('$why → $kind', async ({ handler, kind, detail, retryAfterMs }) => {
    const reader = readerOf(venue, { requestMs: detail === 'timeout' ? 150 : 8_000 });
    if (handler === null) await stub.close();
    else stub.answer(handler);
    const { positions, margin } = await reader.read(soon());
    expect(positions).toMatchObject({ ok: false, error: { kind, detail: { code: detail } } });
    expect(margin).toMatchObject({ ok: false, error: { kind } });
    if (retryAfterMs !== undefined && !positions.ok) {
      const told = positions.error.retryAfterMs;
      if (retryAfterMs === null) expect(told === null || told > 0).toBe(true);
      else expect(told).toBeGreaterThan(retryAfterMs - (Date.now() - TABLE_MADE_AT) - 1_500);
    }
  });

  test('a key revoked after it worked is unauthorized, not a network fault', async () => {
    const reader = readerOf(venue);
    expect((await reader.read(soon())).margin.ok).toBe(true);
    stub.answer(() => binanceRefusal(-2015, 401));
    expect(await reader.read(soon())).toMatchObject({
      positions: { ok: false, error: { kind: 'unauthorized' } },
      margin: { ok: false, error: { kind: 'unauthorized' } },
    });
  });

  test('a 200 with an object where the list is due is malformed, not flat', async () => {
    stub.answer(standInBinance({ [BINANCE_ROWS[venue].path]: {} }));
    const { positions } = await readerOf(venue).read(soon());
    expect(positions).toMatchObject({ ok: false, error: { kind: 'malformed' } });
  });
});

describe('Binance reads', () => {
  beforeEach(open);
  afterEach(close);

  test.each([
    {
      venue: 'binanceusdm',
      is: {
        instrument: { symbol: 'BTC/USDT:USDT', kind: 'linear', tierUnit: 'quote', tickSize: '0.1' },
        quantity: '0.009',
        leverage: '20',
        marginMode: 'cross',
        maintenanceMargin: { amount: '2.43009666', currency: 'USDT' },
      },
    },
    {
      venue: 'binancecoinm',
      is: {
        instrument: {
          symbol: 'BTC/USD:BTC',
          kind: 'inverse',
          tierUnit: 'base',
          contractSize: '100',
        },
        quantity: '0.005',
        contracts: '3',
        leverage: '20',
      },
    },
    {
      venue: 'binancepm',
      is: {
        instrument: { symbol: 'BTC/USD:BTC', kind: 'inverse', tierUnit: 'base' },
        quantity: '0.005',
        leverage: null,
        marginMode: 'portfolio',
      },
    },
  ] as const)('$venue: the position with its instrument and brackets', async ({ venue, is }) => {
    const [position] = await positionsOf(holding(venue));
    expect(plain(position)).toMatchObject(is);
    expect(plain(position?.instrument.tiers)).toEqual([
      { floor: '0', cap: '50', rate: '0.004', deduction: '0' },
      { floor: '50', cap: null, rate: '0.005', deduction: '0.05' },
    ]);
  });

  test('portfolio margin: both sides are one book, and one dead side is no half a book', async () => {
    const um = { ...BINANCE_ROWS.binanceusdm.row, leverage: '25' };
    const reader = holding('binancepm', { '/papi/v1/um/positionRisk': [um] });
    const positions = await positionsOf(reader);
    expect(positions.map((each) => each.instrument.symbol)).toEqual([
      'BTC/USDT:USDT',
      'BTC/USD:BTC',
    ]);
    expect(plain(positions[0]?.leverage)).toBe('25');
    stub.answer((request) =>
      request.path === '/papi/v1/um/positionRisk'
        ? { status: 502, body: '' }
        : standInBinance()(request),
    );
    expect((await reader.read(soon())).positions).toMatchObject({ ok: false });
  });

  test('COIN-M: margins of a position come from the account, asked once for both halves', async () => {
    const leg = {
      ...{ symbol: 'BTCUSD_PERP', positionSide: 'BOTH', positionInitialMargin: '0.00025' },
      maintMargin: '0.00002',
    };
    const reader = holding('binancecoinm', {
      '/dapi/v1/account': { assets: [], positions: [leg] },
    });
    const [position] = await positionsOf(reader);
    expect(plain(position)).toMatchObject({
      initialMargin: { amount: '0.00025', currency: 'BTC' },
      maintenanceMargin: { amount: '0.00002', currency: 'BTC' },
    });
    expect(timesAsked('/dapi/v1/account')).toBe(1);
  });

  test.each([
    {
      venue: 'binanceusdm',
      path: '/fapi/v1/openAlgoOrders',
      row: { orderType: 'STOP_MARKET', triggerPrice: '50000', quantity: '1' },
    },
    {
      venue: 'binancecoinm',
      path: '/dapi/v1/openAlgoOrders',
      row: { orderType: 'STOP_MARKET', triggerPrice: '50000', quantity: '5' },
    },
    {
      venue: 'binancepm',
      path: '/papi/v1/cm/conditional/openOrders',
      row: { strategyType: 'STOP', stopPrice: '50000', origQty: '3' },
    },
  ] as const)('$venue: stops are at $path, asked by symbol', async ({ venue, path, row }) => {
    const { symbol } = BINANCE_ROWS[venue];
    const order = { symbol, side: 'SELL', positionSide: 'BOTH', ...row };
    const [position] = await positionsOf(holding(venue, { [path]: [order] }));
    expect(plain(position?.stopLoss)).toEqual({ kind: 'price', price: '50000' });
    const asked = stub.requests.filter((each) => each.path === path);
    expect(asked.map((each) => each.query.get('symbol'))).toEqual([symbol]);
  });

  test('more symbols than calls are worth: the whole stop list at once', async () => {
    const row = BINANCE_ROWS.binanceusdm.row;
    const rows = Array.from({ length: 21 }, (_, i) => ({ ...row, symbol: `C${i}USDT` }));
    await holding('binanceusdm', { '/fapi/v3/positionRisk': rows }).read(soon());
    const asked = stub.requests.filter((each) => each.path === '/fapi/v1/openAlgoOrders');
    expect(asked.map((each) => each.query.get('symbol'))).toEqual([null]);
  });

  test('a dead stop list costs the stops, not the positions', async () => {
    const reader = holding('binanceusdm', { '/fapi/v1/openAlgoOrders': { orders: [] } });
    expect(await reader.read(soon())).toMatchObject({
      positions: { ok: true, value: { positions: [{ stopLoss: { kind: 'unknown' } }] } },
      stopsError: { kind: 'malformed' },
    });
  });

  test.each([
    { why: 'asked once an hour', row: {}, laterMs: 3_000_000, asked: 1 },
    { why: 'asked again after it', row: {}, laterMs: 3_700_000, asked: 2 },
    {
      why: 'asked at once for a symbol it lacks',
      row: { symbol: 'ETHUSDT' },
      laterMs: 61_000,
      asked: 2,
    },
    {
      why: 'and when a row contradicts it',
      row: { isolatedWallet: '5' },
      laterMs: 61_000,
      asked: 2,
    },
    { why: 'but not every few seconds', row: { symbol: 'ETHUSDT' }, laterMs: 5_000, asked: 1 },
  ])('the symbol configuration is $why', async ({ row, laterMs, asked }) => {
    let shiftMs = 0;
    const { now, after } = systemTime();
    const readers = createCcxtVenues({ now: () => now() + shiftMs, after }).reader;
    const { path, row: known } = BINANCE_ROWS.binanceusdm;
    stub.answer(standInBinance({ [path]: [known] }));
    const reader = readers(connectionTo('binanceusdm', stub.origin));
    await positionsOf(reader);
    shiftMs = laterMs;
    stub.answer(standInBinance({ [path]: [{ ...known, ...row }] }));
    await positionsOf(reader);
    expect(timesAsked('/fapi/v1/symbolConfig')).toBe(asked);
  });

  test('market data, brackets and marks are asked once for all accounts of the venue', async () => {
    const { path, row } = BINANCE_ROWS.binancecoinm;
    stub.answer(standInBinance({ [path]: [row] }));
    const readers = createCcxtVenues(systemTime()).reader;
    const accounts = ['k1', 'k2', 'k3'].map((apiKey) =>
      readers(connectionTo('binancecoinm', stub.origin, { credentials: { apiKey } })),
    );
    const first = await accounts[0]?.read(soon());
    expect(plain(first?.margin)).toMatchObject({ value: { equityUsd: '30000' } });
    await Promise.all(accounts.map((account) => account.read(soon())));
    expect(timesAsked('/dapi/v1/exchangeInfo')).toBe(1);
    expect(timesAsked('/dapi/v2/leverageBracket')).toBe(1);
    expect(timesAsked('/dapi/v1/premiumIndex')).toBe(1);
    expect(timesAsked('/dapi/v1/positionRisk')).toBe(4);
  });

  test('brackets of one account alone are not shared with the others', async () => {
    const own = [{ symbol: 'BTCUSDT', notionalCoef: 1.5, brackets: [] }];
    const { path, row } = BINANCE_ROWS.binanceusdm;
    stub.answer(standInBinance({ [path]: [row], '/fapi/v1/leverageBracket': own }));
    const readers = createCcxtVenues(systemTime()).reader;
    for (const apiKey of ['k1', 'k2']) {
      const account = `a-${apiKey}` as never;
      await readers(
        connectionTo('binanceusdm', stub.origin, { account, credentials: { apiKey } }),
      ).read(soon());
    }
    expect(timesAsked('/fapi/v1/leverageBracket')).toBe(3);
  });

  test.each([
    { venue: 'binanceusdm', why: 'costs the dollars of coins, not the venue’s totals', isOk: true },
    { venue: 'binancecoinm', why: 'is an error: there is no total without it', isOk: false },
  ] as const)('$venue: a dead premiumIndex $why', async ({ venue, isOk }) => {
    const btc = { asset: 'BTC', marginBalance: '0.5', initialMargin: '0' };
    const account = { totalMarginBalance: '30000', assets: [btc] };
    stub.answer((request) =>
      request.path.endsWith('/premiumIndex')
        ? { status: 500, body: {} }
        : standInBinance({ '/fapi/v3/account': account })(request),
    );
    const { margin } = await readerOf(venue).read(soon());
    expect(margin.ok).toBe(isOk);
    if (margin.ok) {
      expect(plain(margin.value)).toMatchObject({
        equityUsd: '30000',
        collateral: [{ asset: 'BTC', quantity: '0.5', venueUsd: null }],
      });
    }
  });

  test('dead market data costs the positions, not the margin', async () => {
    const { path, row } = BINANCE_ROWS.binanceusdm;
    stub.answer((request): StubReply => {
      if (request.path === '/fapi/v1/exchangeInfo') return { status: 503, body: '' };
      if (request.path === path) return { body: [row] };
      return standInBinance()(request) as StubReply;
    });
    expect(await readerOf('binanceusdm').read(soon())).toMatchObject({
      positions: { ok: false, error: { kind: 'unavailable' } },
      margin: { ok: true },
    });
  });

  test.each([
    {
      venue: 'binanceusdm',
      modes: ['multi-currency', 'hedge'],
      mayTrade: true,
      categories: [{ name: 'linear USDT', positions: 1 }],
    },
    {
      venue: 'binancecoinm',
      modes: ['one-way'],
      mayTrade: true,
      categories: [{ name: 'inverse', positions: 1 }],
    },
    {
      venue: 'binancepm',
      modes: ['portfolio', 'one-way'],
      mayTrade: false,
      categories: [
        { name: 'linear USDT', positions: 0 },
        { name: 'inverse', positions: 1 },
      ],
    },
  ] as const)('$venue inspected', async ({ venue, ...is }) => {
    const inspection = await holding(venue).inspect(soon());
    if (!inspection.ok) expect.fail(JSON.stringify(inspection.error));
    expect(inspection.value).toMatchObject({ ...is, mayWithdraw: true, hasIpList: false });
    expect(inspection.value.clockOffsetMs).toBeGreaterThan(150);
  });

  test.each([
    { venue: 'binanceusdm', environment: 'testnet' },
    { venue: 'binancepm', environment: 'demo' },
  ] as const)(
    '$venue has no $environment, and live is not asked in its place',
    async ({ venue, environment }) => {
      const connection = connectionTo(venue, stub.origin, { environment });
      const reading = await createCcxtVenues(systemTime()).reader(connection).read(soon());
      expect(reading.margin).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
      expect(stub.requests).toEqual([]);
    },
  );

  test('demo has no sapi: what the key may do is not known, the rest is', async () => {
    const connection = connectionTo('binanceusdm', stub.origin, { environment: 'demo' });
    const inspection = await createCcxtVenues(systemTime()).reader(connection).inspect(soon());
    expect(inspection).toMatchObject({ ok: true, value: { mayWithdraw: null, mayTrade: null } });
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { AccountReader } from '../../../../src/ports/venue.ts';
import { accountReaderContract } from '../../../contracts/account-reader-contract.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY, SECRET } from '../connection.ts';
import { codeFaults, forbiddenFaults, httpFaults } from '../fault-matrix.ts';
import { plain } from './contracts-for-tests.ts';
import {
  OKX_ALGOS,
  OKX_POSITIONS,
  OKX_ROW,
  type OkxAnswers,
  okxRefusal,
  standInOkx,
} from './stand-in-okx.ts';

const PASSPHRASE = 'P4SSABCDEF123456789';
const soon = () => AbortSignal.timeout(10_000);

let stub: StubHttp;
const open = async () => {
  stub = await startStubHttp(standInOkx());
};
const close = () => stub.close();

function readerOf(limits = {}, changes = {}): AccountReader {
  const credentials = { password: PASSPHRASE };
  const connection = connectionTo('okx', stub.origin, { credentials, ...changes });
  return createCcxtVenues(systemTime(), limits).reader(connection);
}

function holding(answers: OkxAnswers = {}): AccountReader {
  stub.answer(standInOkx({ [OKX_POSITIONS]: [OKX_ROW], ...answers }));
  return readerOf();
}

async function positionsOf(reader: AccountReader) {
  const { positions } = await reader.read(soon());
  if (!positions.ok) expect.fail(JSON.stringify(positions.error));
  expect(positions.value.unreadable).toEqual([]);
  return positions.value.positions;
}

const asked = (path: string) => stub.requests.filter((each) => each.path === path);

accountReaderContract('okx', {
  async flat() {
    await open();
    return readerOf();
  },
  async oneUnreadable() {
    await open();
    const option = { ...OKX_ROW, instType: 'OPTION', instId: 'BTC-USD-261225-90000-C' };
    const reader = holding({ [OKX_POSITIONS]: [OKX_ROW, option] });
    return { reader, symbol: option.instId, field: 'instType' };
  },
  async deadPositions() {
    await open();
    stub.answer((request) =>
      request.path === OKX_POSITIONS ? { status: 500, body: {} } : standInOkx()(request),
    );
    return readerOf();
  },
  async broken() {
    await open();
    stub.answer(({ headers }) => ({
      body: { code: '59999', msg: `${KEY} ${SECRET} ${JSON.stringify(headers)}`, data: [] },
    }));
    return { reader: readerOf(), secrets: [KEY, SECRET, PASSPHRASE] };
  },
  async silent() {
    await open();
    stub.answer(() => () => undefined);
    return readerOf();
  },
  close,
});

const TABLE_MADE_AT = Date.now();
const CODES = {
  clock: ['50102'],
  unauthorized: [
    ...['50101', '50103', '50104', '50105', '50106', '50107', '50111', '50112', '50113', '50114'],
    // Plain ExchangeError in ccxt: no such key, and a key without the permission.
    ...['50119', '50120', '50110', '50027', '50007', '51010'],
  ],
  'rate-limited': ['50011', '50061'],
  // ccxt lets 2, a partial failure, pass for an answer.
  unavailable: ['50001', '50004', '50005', '50013', '50026', '2'],
} as const;

describe('faults of okx', () => {
  beforeEach(open);
  afterEach(close);

  test.each([
    ...httpFaults(TABLE_MADE_AT),
    ...forbiddenFaults('unauthorized'),
    ...codeFaults(CODES, (code) => okxRefusal(code)),
    ...codeFaults({ unauthorized: ['50111'], clock: ['50102'] }, (code) => okxRefusal(code, 401)),
  ])('$why → $kind', async ({ handler, kind, detail, retryAfterMs }) => {
    const reader = readerOf({ requestMs: detail === 'timeout' ? 150 : 8_000 });
    if (handler === null) await stub.close();
    else stub.answer(handler);
    const { positions, margin } = await reader.read(soon());
    expect(positions).toMatchObject({ ok: false, error: { kind, detail: { code: detail } } });
    expect(margin).toMatchObject({ ok: false, error: { kind } });
    if (retryAfterMs && !positions.ok) {
      const leastMs = retryAfterMs - (Date.now() - TABLE_MADE_AT) - 1_500;
      expect(positions.error.retryAfterMs).toBeGreaterThan(leastMs);
    }
  });

  test.each([
    { why: 'data that is no list', body: { code: '0', data: {} } },
    { why: 'no data', body: { code: '0' } },
    { why: 'no code', body: { data: [] } },
  ])('malformed, not flat: $why', async ({ body }) => {
    stub.answer(() => ({ body }));
    expect(await readerOf().read(soon())).toMatchObject({
      positions: { ok: false, error: { kind: 'malformed' } },
      margin: { ok: false, error: { kind: 'malformed' } },
    });
  });
});

describe('OKX reads', () => {
  beforeEach(open);
  afterEach(close);

  test('the position with its instrument; contracts are not quantity', async () => {
    const [position] = await positionsOf(holding());
    expect(plain(position)).toMatchObject({
      account: 'okx-a',
      instrument: {
        symbol: 'BTC/USDT:USDT',
        contractSize: '0.01',
        tickSize: '0.1',
        tierUnit: 'contracts',
        tiers: [
          { floor: '0', cap: '100', rate: '0.004', deduction: '0' },
          { floor: '101', cap: null, rate: '0.01', deduction: '0' },
        ],
      },
      contracts: '25',
      quantity: '0.25',
      marginMode: 'cross',
    });
  });

  test('cross and isolated legs of one contract, each with the tiers of its mode', async () => {
    const isolated = { ...OKX_ROW, mgnMode: 'isolated', imr: '', margin: '1500.25' };
    const [cross, other] = await positionsOf(holding({ [OKX_POSITIONS]: [OKX_ROW, isolated] }));
    expect([cross?.marginMode, other?.marginMode]).toEqual(['cross', 'isolated']);
    const tiers = asked('/api/v5/public/position-tiers').map(({ query }) =>
      ['instType', 'instFamily', 'tdMode'].map((name) => query.get(name)).join(' '),
    );
    expect(tiers).toEqual(['SWAP BTC-USDT cross', 'SWAP BTC-USDT isolated']);
  });

  test('many families at once: ten calls in two seconds are not exceeded, positions do not wait for long', async () => {
    const families = Array.from({ length: 20 }, (_, i) => `C${i}-USDT`);
    const swaps = families.map((uly) => ({
      ...{ instId: `${uly}-SWAP`, instType: 'SWAP', instFamily: uly, uly, settleCcy: 'USDT' },
      ...{ ctVal: '1', ctMult: '1', ctType: 'linear', lotSz: '1', minSz: '1', tickSz: '0.1' },
      ...{ state: 'live', expTime: '', listTime: '1573557408000', baseCcy: '', quoteCcy: '' },
    }));
    const positions = await positionsOf(
      holding({
        '/api/v5/public/instruments': ({ query }) =>
          query.get('instType') === 'SWAP' ? swaps : [],
        [OKX_POSITIONS]: swaps.map(({ instId }) => ({ ...OKX_ROW, instId })),
      }),
    );
    expect(positions).toHaveLength(20);
    expect(asked('/api/v5/public/position-tiers').length).toBeLessThanOrEqual(16);
    const known = positions.filter(({ instrument }) => instrument.tiers !== null);
    expect(known.length).toBeGreaterThanOrEqual(8);
  });

  test('tiers are asked once for all accounts, positions once for both halves', async () => {
    const reader = holding();
    await positionsOf(reader);
    expect(asked(OKX_POSITIONS)).toHaveLength(1);
    await positionsOf(reader);
    expect(asked('/api/v5/public/position-tiers')).toHaveLength(1);
    expect(asked('/api/v5/account/config')).toHaveLength(1);
  });

  test('isolated margins come on top of the account’s cross figures', async () => {
    const isolated = { ...OKX_ROW, mgnMode: 'isolated', imr: '', margin: '1500.25', mmr: '61' };
    const balance = {
      ...{ totalEq: '9000', availEq: '5000', imr: '100', mmr: '10', isoEq: '1600', details: [] },
    };
    const reader = holding({
      [OKX_POSITIONS]: [isolated],
      '/api/v5/account/balance': [balance],
    });
    const { margin } = await reader.read(soon());
    expect(plain(margin)).toMatchObject({
      value: { equityUsd: '9000', initialMarginUsd: '1600.25', maintenanceMarginUsd: '71' },
    });
  });

  test('stops are asked by kind, or OKX lists only plain triggers', async () => {
    const stop = {
      ...{ instId: 'BTC-USDT-SWAP', side: 'sell', posSide: 'net', tdMode: 'cross', sz: '25' },
      ...{ slTriggerPx: '55000', tpTriggerPx: '70000' },
    };
    const [position] = await positionsOf(holding({ [OKX_ALGOS]: [stop] }));
    expect(plain([position?.stopLoss, position?.takeProfit])).toEqual([
      { kind: 'price', price: '55000' },
      { kind: 'price', price: '70000' },
    ]);
    expect(asked(OKX_ALGOS)[0]?.query.get('ordType')).toBe('conditional,oco');
  });

  test('a hundred orders are a page, not all: the stop on the second is found', async () => {
    const other = { instId: 'LTC-USDT-SWAP', side: 'sell', sz: '1', slTriggerPx: '1' };
    const page = Array.from({ length: 100 }, (_, i) => ({ ...other, algoId: String(900 - i) }));
    const stop = { ...other, instId: 'BTC-USDT-SWAP', sz: '25', slTriggerPx: '55000' };
    const [position] = await positionsOf(
      holding({ [OKX_ALGOS]: ({ query }) => (query.get('after') === '801' ? [stop] : page) }),
    );
    expect(plain(position?.stopLoss)).toEqual({ kind: 'price', price: '55000' });
  });

  test('a dead order list costs the stops, not the positions', async () => {
    const reader = readerOf();
    stub.answer((request) =>
      request.path === OKX_ALGOS
        ? okxRefusal('50013')
        : standInOkx({ [OKX_POSITIONS]: [OKX_ROW] })(request),
    );
    expect(await reader.read(soon())).toMatchObject({
      positions: { ok: true, value: { positions: [{ stopLoss: { kind: 'unknown' } }] } },
      stopsError: { kind: 'unavailable', detail: { code: 'venue', venueCode: '50013' } },
    });
  });

  test('portfolio margin level: a cross position belongs to the portfolio', async () => {
    const [position] = await positionsOf(
      holding({ '/api/v5/account/config': [{ acctLv: '4', posMode: 'net_mode' }] }),
    );
    expect(position?.marginMode).toBe('portfolio');
  });

  test.each([
    {
      why: 'a key that may withdraw from anywhere',
      config: { acctLv: '3', posMode: 'long_short_mode', perm: 'read_only,withdraw,trade', ip: '' },
      is: {
        ...{ mayTrade: true, mayWithdraw: true, hasIpList: false },
        modes: ['multi-currency', 'hedge'],
      },
    },
    {
      why: 'a key that only reads, from one address',
      config: { acctLv: '2', posMode: 'net_mode', perm: 'read_only', ip: '203.0.113.7' },
      is: {
        ...{ mayTrade: false, mayWithdraw: false, hasIpList: true },
        modes: ['single-currency', 'one-way'],
      },
    },
  ])('inspected: $why', async ({ config, is }) => {
    const inspection = await holding({ '/api/v5/account/config': [config] }).inspect(soon());
    if (!inspection.ok) expect.fail(JSON.stringify(inspection.error));
    expect(inspection.value).toMatchObject({ ...is, categories: [{ name: 'SWAP', positions: 1 }] });
    expect(inspection.value.clockOffsetMs).toBeGreaterThan(150);
  });

  test('demo is the simulated-trading header on every call', async () => {
    await readerOf({}, { environment: 'demo' }).read(soon());
    const headers = stub.requests.map((each) => each.headers['x-simulated-trading']);
    expect(new Set(headers)).toEqual(new Set(['1']));
  });
});

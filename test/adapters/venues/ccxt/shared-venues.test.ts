import ccxt from 'ccxt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ccxtIds, loadExchangeClass } from '../../../../src/adapters/venues/ccxt/ccxt-classes.ts';
import {
  ccxtVenueIds,
  createCcxtVenues,
  isCcxtVenue,
} from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { AccountReader } from '../../../../src/ports/venue.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import { type StubHttp, type StubReply, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { BTC_LONG, standInBybit } from './stand-in-bybit.ts';

const healthy = standInBybit({ positions: { 'linear USDT': [BTC_LONG] } });
let stub: StubHttp;
beforeEach(async () => {
  stub = await startStubHttp(healthy);
});
afterEach(() => stub.close());

const read = (reader: AccountReader | undefined) => {
  if (reader === undefined) expect.fail('no reader');
  return reader.read(AbortSignal.timeout(10_000));
};
const asked = (path: string) => stub.requests.filter((request) => request.path === path).length;
const account = (n: number) =>
  connectionTo('bybit', stub.origin, { credentials: { apiKey: `key-${n}` } });

describe('market data', () => {
  test('three accounts at once load it once, without anybody’s key; brackets too', async () => {
    const readerOf = createCcxtVenues(systemTime()).reader;
    const readings = await Promise.all([1, 2, 3].map((n) => read(readerOf(account(n)))));
    expect(readings.every(({ positions }) => positions.ok)).toBe(true);
    const loads = stub.requests.filter(({ path }) => path === '/v5/market/instruments-info');
    const questions = loads.map(({ query }) => `${query.get('category')} ${query.get('status')}`);
    expect(new Set(questions).size).toBe(questions.length);
    expect(loads.some(({ headers }) => 'x-bapi-api-key' in headers)).toBe(false);
    expect(asked('/v5/market/risk-limit')).toBe(1);
  });

  test('a failed load is tried again at the next read, and costs the balance nothing', async () => {
    const reader = createCcxtVenues(systemTime()).reader(account(1));
    stub.answer((request) =>
      request.path === '/v5/market/instruments-info' ? { status: 500, body: {} } : healthy(request),
    );
    const first = await read(reader);
    expect(first.positions).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(first.margin.ok).toBe(true);
    stub.answer(healthy);
    expect((await read(reader)).positions.ok).toBe(true);
  });

  test('slow market data has a limit of its own, and who leaves does not start it over', async () => {
    const reader = createCcxtVenues(systemTime(), { requestMs: 1_000 }).reader(account(1));
    const leaving = new AbortController();
    stub.answer((request) => {
      const reply = healthy(request) as StubReply;
      if (request.path !== '/v5/market/instruments-info') return reply;
      leaving.abort();
      return (response) => void setTimeout(() => response.end(JSON.stringify(reply.body)), 1_300);
    });
    expect((await reader.read(leaving.signal)).positions).toMatchObject({
      error: { kind: 'unavailable', detail: { code: 'timeout' } },
    });
    expect((await read(reader)).positions.ok).toBe(true);
    const loads = stub.requests.filter(({ path }) => path === '/v5/market/instruments-info');
    const questions = loads.map(({ query }) => String(query));
    expect(new Set(questions).size).toBe(questions.length);
  });

  test('flat is flat although the market data is dead', async () => {
    stub.answer((request) =>
      request.path === '/v5/market/instruments-info'
        ? { status: 500, body: {} }
        : standInBybit()(request),
    );
    const { positions } = await read(createCcxtVenues(systemTime()).reader(account(1)));
    expect(positions).toEqual({ ok: true, value: { positions: [], unreadable: [] } });
  });

  test.each([
    { why: 'an empty body', reply: { body: '' } },
    { why: 'no bracket', reply: { body: { retCode: 0, result: { list: [] } } } },
    {
      why: 'half a bracket',
      reply: {
        body: { retCode: 0, result: { list: [{ symbol: 'BTCUSDT', riskLimitValue: '1' }] } },
      },
    },
  ])(
    'brackets that cannot be read are not known, and are asked for again: $why',
    async ({ reply }) => {
      const reader = createCcxtVenues(systemTime()).reader(account(1));
      stub.answer((request) =>
        request.path === '/v5/market/risk-limit' ? reply : healthy(request),
      );
      const tiersOf = async () => {
        const { positions } = await read(reader);
        return positions.ok ? positions.value.positions[0]?.instrument.tiers : undefined;
      };
      expect(await tiersOf()).toBeNull();
      stub.answer(healthy);
      expect(await tiersOf()).toHaveLength(2);
    },
  );

  test('a symbol nobody lists, over slow market data, costs its row and not the others', async () => {
    const clock = fakeClock(Date.now());
    const reader = createCcxtVenues(clock).reader(account(1));
    const both = standInBybit({
      positions: { 'linear USDT': [BTC_LONG, { ...BTC_LONG, symbol: 'GONEUSDT' }] },
    });
    stub.answer(both);
    await read(reader);
    await clock.advance(61_000);
    await read(reader);
    stub.answer((request) =>
      request.path === '/v5/market/instruments-info' ? () => undefined : both(request),
    );
    const loads = asked('/v5/market/instruments-info');
    const reading = read(reader);
    while (asked('/v5/market/instruments-info') === loads) await new Promise(setImmediate);
    await clock.advance(2_000);
    expect((await reading).positions).toMatchObject({
      value: { positions: [{ side: 'long' }], unreadable: [{ symbol: 'GONEUSDT' }] },
    });
  });

  test('a symbol listed since is known a minute later', async () => {
    const clock = fakeClock(Date.now());
    const reader = createCcxtVenues(clock).reader(account(1));
    await read(reader);
    const loads = asked('/v5/market/instruments-info');
    stub.answer(standInBybit({ positions: { inverse: [{ ...BTC_LONG, symbol: 'NEWUSDT' }] } }));
    await read(reader);
    await read(reader);
    expect(asked('/v5/market/instruments-info')).toBe(loads);
    await clock.advance(61_000);
    await read(reader);
    await read(reader);
    expect(asked('/v5/market/instruments-info')).toBe(2 * loads);
  });
});

describe('rate limits', () => {
  test('a refused IP is left alone by all its accounts; another way out is not', async () => {
    const readerOf = createCcxtVenues(systemTime()).reader;
    await Promise.all([1, 2].map((n) => read(readerOf(account(n)))));
    stub.answer(() => ({ status: 429, headers: { 'retry-after': '60' }, body: '' }));
    await read(readerOf(account(1)));
    stub.answer(healthy);
    const before = stub.requests.length;
    const { positions } = await read(readerOf(account(2)));
    expect(positions).toMatchObject({ ok: false, error: { kind: 'rate-limited' } });
    expect(stub.requests.length).toBe(before);
    const elsewhere = { ...account(2), proxy: 'http://127.0.0.1:1' };
    expect((await read(readerOf(elsewhere))).positions).toMatchObject({
      error: { kind: 'unavailable' },
    });
  });

  test('a limit of one key is its own', async () => {
    const readerOf = createCcxtVenues(systemTime()).reader;
    stub.answer((request) =>
      request.headers['x-bapi-api-key'] === 'key-1'
        ? { headers: { 'retry-after': '60' }, body: { retCode: 10006, result: {} } }
        : healthy(request),
    );
    expect((await read(readerOf(account(1)))).margin).toMatchObject({
      error: { kind: 'rate-limited' },
    });
    expect((await read(readerOf(account(2)))).margin.ok).toBe(true);
  });
});

describe('ways into ccxt', () => {
  test('the classes are found past its export map, and the list of ids is its own', async () => {
    expect(ccxtIds().sort()).toEqual([...ccxt.exchanges].sort());
    for (const id of ['bybit', 'binanceusdm', 'binancecoinm', 'okx', 'hyperliquid']) {
      expect((await loadExchangeClass(id)).name).toBe(id);
    }
    expect(isCcxtVenue('binancepm')).toBe(true);
    expect(isCcxtVenue('nowhere')).toBe(false);
    expect(ccxtVenueIds()).toContain('hyperliquid');
  });

  test.each([
    { environment: 'live', host: 'api.bybit.com' },
    { environment: 'testnet', host: 'api-testnet.bybit.com' },
    { environment: 'demo', host: 'api-demo.bybit.com' },
  ] as const)('bybit $environment is $host', async ({ environment, host }) => {
    const { createExchange } = await import('../../../../src/adapters/venues/ccxt/exchange.ts');
    const { profileOf } = await import('../../../../src/adapters/venues/ccxt/profiles.ts');
    const urls: string[] = [];
    const exchange = await createExchange({
      profile: profileOf('bybit'),
      environment,
      credentials: account(1).credentials,
      fetch: async (url) => {
        urls.push(new URL(url).host);
        return new Response('{"retCode":0}');
      },
    });
    await exchange['privateGetV5AccountInfo']();
    expect(urls).toEqual([host]);
  });

  test('an environment a venue does not have is not answered by live', async () => {
    const reader = createCcxtVenues(systemTime()).reader(
      connectionTo('krakenfutures', stub.origin, { environment: 'demo' }),
    );
    expect((await read(reader)).positions).toMatchObject({
      ok: false,
      error: { kind: 'unsupported' },
    });
    expect(stub.requests).toEqual([]);
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bybitProfile } from '../../../../src/adapters/venues/ccxt/bybit-profile.ts';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { createScheduledFetch } from '../../../../src/adapters/venues/ccxt/scheduled-fetch.ts';
import { createLane, type Lane } from '../../../../src/adapters/venues/wire/lane.ts';
import { failureOf } from '../../../../src/adapters/venues/wire/venue-failure.ts';
import type { AccountReader } from '../../../../src/ports/venue.ts';
import {
  type StubHandler,
  type StubHttp,
  type StubReply,
  startStubHttp,
} from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { binanceRefusal, standInBinance } from './stand-in-binance.ts';
import { bybitRefusal, standInBybit } from './stand-in-bybit.ts';
import { OKX_POSITIONS, OKX_ROW, okxRefusal, standInOkx } from './stand-in-okx.ts';

let stub: StubHttp;
let shiftMs = 0;
const clock = { ...systemTime(), now: () => Date.now() + shiftMs };
beforeEach(async () => {
  shiftMs = 0;
  stub = await startStubHttp(() => ({}));
});
afterEach(() => stub.close());

const VENUES = {
  bybit: { healthy: standInBybit(), keyHeader: 'x-bapi-api-key' },
  binanceusdm: { healthy: standInBinance(), keyHeader: 'x-mbx-apikey' },
  okx: { healthy: standInOkx(), keyHeader: 'ok-access-key' },
} as const;

const read = (reader: AccountReader) => reader.read(AbortSignal.timeout(10_000));

/** Two accounts of a venue behind one IP; the first is refused at everything it signs. */
async function refuseFirst(venue: keyof typeof VENUES, refusal: StubReply | StubHandler) {
  const { healthy, keyHeader } = VENUES[venue];
  const readerOf = createCcxtVenues(clock).reader;
  const [first, second] = ['key-1', 'key-2'].map((apiKey) =>
    readerOf(connectionTo(venue, stub.origin, { credentials: { apiKey, password: 'p' } })),
  ) as [AccountReader, AccountReader];
  stub.answer((request) => {
    if (request.headers[keyHeader] !== 'key-1') return healthy(request);
    return typeof refusal === 'function' ? refusal(request) : refusal;
  });
  await read(first);
  // A closed lane answers by itself now: that must teach nothing new.
  await read(first);
  return { first, second };
}

describe('whose limit it is', () => {
  test.each([
    { venue: 'bybit', why: '10006 is the user’s', refusal: bybitRefusal(10006), isIps: false },
    { venue: 'bybit', why: '10018 is the IP’s', refusal: bybitRefusal(10018), isIps: true },
    { venue: 'bybit', why: '10009 is a ban', refusal: bybitRefusal(10009), isIps: true },
    { venue: 'bybit', why: '403 is a ban', refusal: { status: 403, body: '' }, isIps: true },
    { venue: 'binanceusdm', why: '429 is weight', refusal: { status: 429, body: {} }, isIps: true },
    {
      venue: 'binanceusdm',
      why: '-1003 is weight by any status',
      refusal: binanceRefusal(-1003, 400),
      isIps: true,
    },
    {
      venue: 'okx',
      why: '429, signed, is the user’s',
      refusal: okxRefusal('50011', 429),
      isIps: false,
    },
    { venue: 'okx', why: '50011 too', refusal: okxRefusal('50011'), isIps: false },
  ] as const)('$venue: $why', async ({ venue, refusal, isIps }) => {
    const { first, second } = await refuseFirst(venue, refusal);
    const limited = { ok: false, error: { kind: 'rate-limited' } };
    expect((await read(first)).margin).toMatchObject(limited);
    expect((await read(second)).margin).toMatchObject(isIps ? limited : { ok: true });
  });

  test('okx: a public call refused for speed is the IP’s, even from a signed instance', async () => {
    const readerOf = createCcxtVenues(clock).reader;
    const [first, second] = ['key-1', 'key-2'].map((apiKey) =>
      readerOf(connectionTo('okx', stub.origin, { credentials: { apiKey, password: 'p' } })),
    ) as [AccountReader, AccountReader];
    const healthy = standInOkx({ [OKX_POSITIONS]: [OKX_ROW] });
    stub.answer((request) =>
      request.path === '/api/v5/public/position-tiers' ? okxRefusal('50011') : healthy(request),
    );
    expect((await read(first)).positions.ok).toBe(true);
    expect((await read(second)).margin).toMatchObject({ error: { kind: 'rate-limited' } });
  });
});

describe('how long', () => {
  test.each([
    { venue: 'bybit', refusal: { status: 403, body: '' }, quietMs: 590_000, askedMs: 600_000 },
    { venue: 'bybit', refusal: bybitRefusal(10009), quietMs: 590_000, askedMs: 600_000 },
    {
      venue: 'binanceusdm',
      refusal: { status: 418, body: '' },
      quietMs: 110_000,
      askedMs: 120_000,
    },
    {
      venue: 'binanceusdm',
      refusal: { status: 418, body: '', headers: { 'retry-after': '3600' } },
      quietMs: 3_590_000,
      askedMs: 3_600_000,
    },
    // A burst of refusals is one: not 2 + 4 + 8 s.
    { venue: 'binanceusdm', refusal: { status: 429, body: '' }, quietMs: 0, askedMs: 2_000 },
  ] as const)('$venue $refusal keeps quiet', async ({ venue, refusal, quietMs, askedMs }) => {
    const { first } = await refuseFirst(venue, refusal);
    const before = stub.requests.length;
    shiftMs = quietMs;
    await read(first);
    expect(stub.requests.length).toBe(before);
    shiftMs = askedMs;
    await read(first);
    expect(stub.requests.length).toBeGreaterThan(before);
  });

  test('Binance’s weight near its cap closes the IP until the minute is over', async () => {
    const { first, second } = await refuseFirst('binanceusdm', {});
    const healthy = VENUES.binanceusdm.healthy;
    const weighing = (weight: string) =>
      stub.answer((request) => ({
        ...(healthy(request) as StubReply),
        headers: { 'x-mbx-used-weight-1m': weight },
      }));
    // To the start of a minute, so that its end is far.
    shiftMs = 60_000 - (Date.now() % 60_000);
    weighing('1999');
    await read(first);
    expect((await read(second)).margin.ok).toBe(true);
    weighing('2000');
    await read(first);
    expect((await read(second)).margin).toMatchObject({ error: { kind: 'rate-limited' } });
    shiftMs += 60_000;
    weighing('20');
    expect((await read(second)).margin.ok).toBe(true);
  });

  test('the last request of a second on Bybit is followed by a moment of quiet, not of gaps', async () => {
    const times: number[] = [];
    const healthy = VENUES.bybit.healthy;
    const { second } = await refuseFirst('bybit', {});
    let isLast = true;
    stub.answer((request) => {
      times.push(Date.now());
      const reply = healthy(request) as StubReply;
      if (!isLast) return reply;
      isLast = false;
      const reset = String(Date.now() + 700);
      return {
        ...reply,
        headers: { 'x-bapi-limit-status': '0', 'x-bapi-limit-reset-timestamp': reset },
      };
    });
    await read(second);
    const sentBefore = times.length;
    await read(second);
    const [firstOfNext = 0] = times.slice(sentBefore);
    expect(firstOfNext - (times[0] ?? 0)).toBeGreaterThanOrEqual(650);
  });

  test('what waited in the queue until its signature was old is our limit, not a wrong clock', async () => {
    let time = 0;
    const own = { now: () => time, after: async () => undefined };
    const wide = createLane(own, { requests: 100, perMs: 1 });
    stub.answer(() => ({ body: { retCode: 0 } }));
    const sentAfter = async (ms: number) => {
      const crowded: Lane = {
        ...wide,
        run: (_, task) => {
          time += ms;
          return task();
        },
      };
      const { limitMs, proxy } = { limitMs: 5_000, proxy: null };
      const lanes = { ipLane: wide, userLane: crowded };
      const setup = { profile: bybitProfile, baseUrl: stub.origin, proxy, clock: own, limitMs };
      const fetch = createScheduledFetch({ ...setup, ...lanes });
      const headers = { 'X-BAPI-API-KEY': 'key' };
      return fetch('https://api.bybit.com/v5/account/info', { method: 'GET', headers }).catch(
        (thrown: unknown) => failureOf(thrown)?.kind,
      );
    };
    expect(await sentAfter(4_000)).toBeInstanceOf(Response);
    expect(await sentAfter(4_001)).toBe('rate-limited');
    expect(stub.requests).toHaveLength(1);
  });

  test('Bybit’s reset time on a clock ahead of ours is no reason to stay away', async () => {
    const healthy = VENUES.bybit.healthy;
    const { second } = await refuseFirst('bybit', {});
    stub.answer((request) => ({
      ...(healthy(request) as StubReply),
      headers: {
        'x-bapi-limit-status': '0',
        'x-bapi-limit-reset-timestamp': String(Date.now() + 30_000),
      },
    }));
    await read(second);
    shiftMs = 1_000;
    expect((await read(second)).margin.ok).toBe(true);
  });
});

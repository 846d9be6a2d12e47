import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createZtdxReaders } from '../../../../src/adapters/venues/ztdx/ztdx-readers.ts';
import type { AccountReading, VenueConnection } from '../../../../src/ports/venue.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { StubFault, StubReply, StubRequest } from '../../../fakes/stub-http.ts';
import { KEY } from '../connection.ts';
import {
  ACCOUNT,
  jwt,
  later,
  SAMPLE,
  SAMPLE_LIQUIDATION,
  SAMPLE_STOPS,
  type StandIn,
  startStandIn,
  TIMESTAMP,
  typedData,
  ztdxConnection,
} from './stand-in-ztdx.ts';

const LIST = 'GET /api/v1/positions';
const LOGIN = 'POST /api/v1/auth/login';
const NONCE = `GET /api/v1/auth/nonce/${ztdxConnection(null).credentials.wallet}`;
const UNIFIED = 'GET /api/v1/unified/account';
const OF_SAMPLE = `/api/v1/positions/${SAMPLE.id}`;
const CONFIG = 'GET /api/v1/markets/BTCUSDT/config';

let venue: StandIn;
beforeEach(async () => {
  venue = await startStandIn();
});
afterEach(() => venue.close());

const clock = fakeClock(TIMESTAMP);
const readerFor = (credentials: Partial<VenueConnection['credentials']> = {}) =>
  createZtdxReaders(clock)(ztdxConnection(venue.origin, credentials));
const noPair = { apiKey: null, secret: null };
const never = () => new AbortController().signal;
const read = (credentials: Partial<VenueConnection['credentials']> = {}) =>
  readerFor(credentials).read(never());

/** A decimal as text, everything else as it is. */
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

function bookIn(reading: AccountReading) {
  if (!reading.positions.ok) throw new Error(JSON.stringify(reading.positions.error));
  return reading.positions.value;
}

describe('figures', () => {
  test("the page's own sample is passed on as the venue gives it, contradictions included", async () => {
    const book = bookIn(await read());
    expect(book.unreadable).toEqual([]);
    expect(plain(book.positions)).toMatchObject([
      {
        account: 'ztdx-a',
        venue: 'ztdx',
        instrument: { symbol: 'BTC/USDT:USDT', kind: 'linear', contractSize: '1' },
        side: 'long',
        quantity: '0.1',
        contracts: '0.1',
        entryPrice: '65000',
        markPrice: '65500',
        leverage: '10',
        marginMode: 'isolated',
        collateral: { amount: '650', currency: 'USDT' },
        maintenanceMargin: { amount: '32.5', currency: 'USDT' },
        unrealizedPnl: { amount: '50', currency: 'USDT' },
        // The formula gives 58,825 and 20: that is for risk to say, not for the adapter to mend.
        liquidation: { kind: 'price', price: '60000' },
        venueRatio: { name: 'health_factor', value: '2', direction: 'down', liquidatesAt: '1' },
        takeProfit: { kind: 'price', price: '70000' },
        stopLoss: { kind: 'price', price: '60000' },
        venueId: SAMPLE.id,
        observedAt: TIMESTAMP,
        venueUpdatedAt: 1704070800000,
      },
    ]);
  });

  test('no digit is lost on the way', async () => {
    const size_in_tokens = '0.000000000000000123';
    const entry_price = '12345678901234567890.123456789';
    venue.answer(LIST, { body: { positions: [{ ...SAMPLE, size_in_tokens, entry_price }] } });
    const [position] = bookIn(await read()).positions;
    expect(String(position?.quantity)).toBe(size_in_tokens);
    expect(String(position?.entryPrice)).toBe(entry_price);
  });

  test('the account is read with its own ratio and state', async () => {
    const { margin } = await read();
    expect(plain(margin)).toMatchObject({
      ok: true,
      value: {
        equityUsd: '1700',
        availableUsd: '1000',
        initialMarginUsd: '650',
        orderMarginUsd: null,
        maintenanceMarginUsd: '32.5',
        venueRatio: { name: 'uni_mmr', value: '52.307692', direction: 'down', liquidatesAt: '1' },
        venueStatus: 'normal',
        collateral: [{ asset: 'USDT', quantity: '1700', venueUsd: '1700' }],
      },
    });
  });

  test('without positions uni_mmr is null, and so is the ratio', async () => {
    venue.answer(UNIFIED, { body: { success: true, data: { ...ACCOUNT, uni_mmr: null } } });
    expect((await read()).margin).toMatchObject({ ok: true, value: { venueRatio: null } });
  });

  test.each([
    { why: 'no equity', over: { total_equity: undefined }, field: 'total_equity' },
    {
      why: 'a figure in words',
      over: { total_maintenance_margin: 'low' },
      field: 'total_maintenance_margin',
    },
  ])('an account that cannot be read says which field: $why', async ({ over, field }) => {
    venue.answer(UNIFIED, { body: { ...ACCOUNT, ...over } });
    expect((await read()).margin).toMatchObject({
      ok: false,
      error: { kind: 'malformed', detail: { code: 'field', field } },
    });
  });

  test('in a unified account positions are margined from the pool, also while it is silent', async () => {
    venue.answer(UNIFIED, { body: { ...ACCOUNT, margin_mode: 'unified' } });
    const reader = readerFor();
    const pooled = { marginMode: 'cross', collateral: null };
    expect(bookIn(await reader.read(never())).positions).toMatchObject([pooled]);
    venue.answer(UNIFIED, { status: 500, body: {} });
    expect(bookIn(await reader.read(never())).positions).toMatchObject([pooled]);
  });

  test('twenty positions keep their order and each gets its own parts', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ ...SAMPLE, id: `p${i}` }));
    venue.answer(LIST, { body: { positions: rows } });
    let running = 0;
    let most = 0;
    for (const { id } of rows) {
      venue.answer(`GET /api/v1/positions/${id}/liquidation`, () => {
        running += 1;
        most = Math.max(most, running);
        const health_factor = `1.${id.slice(1)}`;
        const wait = new Promise(setImmediate).then(() => {
          running -= 1;
          return { body: { ...SAMPLE_LIQUIDATION, health_factor } };
        });
        return later(wait);
      });
    }
    const { positions } = bookIn(await read());
    expect(positions.map(({ venueId }) => venueId)).toEqual(rows.map(({ id }) => id));
    expect(positions.map(({ venueRatio }) => String(venueRatio?.value))).toEqual(
      rows.map(({ id }) => String(Number(`1.${id.slice(1)}`))),
    );
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(6);
  });
});

describe('stops', () => {
  const none = { takeProfit: { kind: 'none' }, stopLoss: { kind: 'none' } };
  const unknown = { takeProfit: { kind: 'unknown' }, stopLoss: { kind: 'unknown' } };
  const about = (over: object): StubReply => ({
    body: { success: true, data: { ...SAMPLE_STOPS.data, ...over } },
  });

  test.each([
    {
      why: 'both null',
      answer: about({ take_profit_price: null, stop_loss_price: null }),
      stops: none,
    },
    {
      why: 'neither there',
      answer: about({ take_profit_price: undefined, stop_loss_price: undefined }),
      stops: none,
    },
    {
      why: 'nothing at all, said with success',
      answer: { body: { success: true, data: null } },
      stops: none,
    },
    {
      why: 'one of two',
      answer: about({ stop_loss_price: null }),
      stops: { ...none, takeProfit: { kind: 'price' } },
    },
  ])('what is not set is none: $why', async ({ answer, stops }) => {
    venue.answer(`GET ${OF_SAMPLE}/tp-sl`, answer as StubReply);
    const reading = await read();
    expect(bookIn(reading).positions).toMatchObject([stops]);
    expect(reading.stopsError).toBeNull();
  });

  test.each([
    { why: 'the venue fails', answer: { status: 500, body: {} }, kind: 'unavailable' },
    { why: 'not found is not "none"', answer: { status: 404, body: {} }, kind: 'unavailable' },
    { why: 'an odd body', answer: { body: {} }, kind: 'malformed' },
    { why: 'a price in words', answer: about({ stop_loss_price: 'x' }), kind: 'malformed' },
    { why: 'no, with 200', answer: { body: { success: false } }, kind: 'unavailable' },
    { why: 'too fast', answer: { status: 429, body: {} }, kind: 'rate-limited' },
  ])('what could not be asked is unknown, with the reason: $why', async ({ answer, kind }) => {
    venue.answer(`GET ${OF_SAMPLE}/tp-sl`, answer as StubReply);
    const reading = await read();
    expect(bookIn(reading).positions).toMatchObject([unknown]);
    expect(reading.stopsError?.kind).toBe(kind);
  });
});

describe('what a stand-in may lack', () => {
  test('a failed liquidation state costs its figures, is told, and the list still has a price', async () => {
    venue.answer(`GET ${OF_SAMPLE}/liquidation`, { status: 500, body: {} });
    const book = bookIn(await read());
    expect(plain(book.positions)).toMatchObject([
      { maintenanceMargin: null, venueRatio: null, liquidation: { kind: 'price', price: '60000' } },
    ]);
    expect(book.unreadable).toEqual([{ symbol: 'BTCUSDT', field: 'liquidation' }]);
  });

  test('without a market config the documented rate stands, and it is asked for once', async () => {
    const readers = createZtdxReaders(clock);
    for (let i = 0; i < 3; i += 1) {
      const reader = readers(ztdxConnection(venue.origin));
      const [position] = bookIn(await reader.read(never())).positions;
      expect(plain(position?.instrument)).toMatchObject({
        tickSize: null,
        takerFee: null,
        tiers: [{ floor: '0', cap: null, rate: '0.005', deduction: '0' }],
      });
    }
    expect(venue.count(CONFIG)).toBe(1);
  });

  test('with one, its tick, rate and fee are used', async () => {
    const data = { tick_size: '0.1', maintenance_margin_rate: '0.004', taker_fee_rate: '0.0005' };
    venue.answer(CONFIG, { body: { success: true, data } });
    const [position] = bookIn(await read()).positions;
    expect(plain(position?.instrument)).toMatchObject({
      tickSize: '0.1',
      takerFee: '0.0005',
      tiers: [{ rate: '0.004' }],
    });
  });

  test('a mark is taken from the state, then from the public price, else it is not known', async () => {
    venue.answer(LIST, { body: { positions: [{ ...SAMPLE, mark_price: null }] } });
    const marks = async () => bookIn(await read()).positions.map((p) => plain(p.markPrice));
    expect(await marks()).toEqual(['65500']);
    const { mark_price: _, ...unmarked } = SAMPLE_LIQUIDATION;
    venue.answer(`GET ${OF_SAMPLE}/liquidation`, { body: unmarked });
    expect(await marks()).toEqual([null]);
    venue.answer('GET /api/v1/mark-price/BTCUSDT', { body: { mark_price: '65499.5' } });
    expect(await marks()).toEqual(['65499.5']);
  });

  test('an account path that does not take the JWT, or is not there, is not offered', async () => {
    const unsupported = {
      ok: false,
      error: { kind: 'unsupported', detail: { code: 'not-offered' } },
    };
    const reader = readerFor(noPair);
    for (const status of [401, 403, 404]) {
      venue.answer(UNIFIED, { status, body: {} });
      const reading = await reader.read(never());
      expect(reading.margin).toMatchObject(unsupported);
      expect(bookIn(reading).positions).toHaveLength(1);
    }
    expect(venue.count(LOGIN)).toBe(1);
  });

  test('an account path that takes the JWT is read with it', async () => {
    venue.answer(UNIFIED, ({ headers }) =>
      headers.authorization === `Bearer ${venue.issued[0]}`
        ? { body: ACCOUNT }
        : { status: 401, body: {} },
    );
    expect((await read(noPair)).margin.ok).toBe(true);
  });

  test('without an address there is nobody to ask', async () => {
    const reading = await createZtdxReaders(clock)(ztdxConnection(null)).read(never());
    expect(reading.positions).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
  });
});

describe('login', () => {
  // The stand-in recovers the signer with viem and compares it with the wallet.
  test('one signed login serves all calls of all reads, also those that run at once', async () => {
    const reader = readerFor();
    const readings = await Promise.all([1, 2, 3].map(() => reader.read(never())));
    readings.push(await reader.read(never()));
    expect(readings.every(({ positions }) => positions.ok)).toBe(true);
    expect([venue.count(NONCE), venue.count(LOGIN)]).toEqual([1, 1]);
  });

  test.each(['token', 'access_token', 'jwt'])('a token is found as %s', async (name) => {
    const token = jwt({ sub: name });
    venue.valid.add(token);
    venue.answer(LOGIN, { body: { [name]: token } });
    expect((await read()).positions.ok).toBe(true);
  });

  test.each([
    {
      why: 'another chain',
      over: { domain: { ...typedData().domain, chainId: 1 } },
      field: 'domain.chainId',
    },
    { why: 'an order', over: { primaryType: 'CreateOrder' }, field: 'primaryType' },
  ])('what is not our login is not signed: $why', async ({ over, field }) => {
    venue.answer(NONCE, { body: { nonce: '9007199254740993', typed_data: typedData(over) } });
    expect((await read()).positions).toMatchObject({
      ok: false,
      error: { kind: 'malformed', detail: { code: 'field', field } },
    });
    expect(venue.count(LOGIN)).toBe(0);
  });

  test('a nonce that differs from the one to sign is not signed', async () => {
    venue.answer(NONCE, { body: { nonce: '1', typed_data: typedData() } });
    expect((await read()).positions).toMatchObject({ error: { detail: { field: 'nonce' } } });
    expect(venue.count(LOGIN)).toBe(0);
  });

  test.each([
    {
      why: 'a key of another wallet',
      over: { privateKey: `0x${'11'.repeat(32)}` },
      field: 'wallet',
    },
    { why: 'a key that is none', over: { privateKey: '0x00' }, field: 'privateKey' },
    { why: 'a key outside the curve', over: { privateKey: '0'.repeat(64) }, field: 'privateKey' },
    { why: 'no chain', over: { chainId: null }, field: 'chainId' },
    { why: 'no contract', over: { verifyingContract: null }, field: 'verifyingContract' },
    { why: 'neither key nor token', over: { privateKey: null }, field: 'privateKey' },
  ])('credentials that cannot sign ask for nothing: $why', async ({ over, field }) => {
    expect((await read({ ...noPair, ...over })).positions).toMatchObject({
      ok: false,
      error: { kind: 'unauthorized', detail: { code: 'field', field } },
    });
    expect(venue.asked).toEqual([]);
  });

  test('a refused signature is a refused key; a wrong clock is a clock', async () => {
    for (const [code, kind] of [
      ['BAD_REQUEST', 'unauthorized'],
      ['TIMESTAMP_EXPIRED', 'clock'],
    ]) {
      venue.answer(LOGIN, { status: 400, body: { code } });
      expect((await read()).positions).toMatchObject({ ok: false, error: { kind } });
    }
  });

  test('a token that died early is replaced once, for all calls that were refused with it', async () => {
    const reader = readerFor();
    await reader.read(never());
    venue.valid.clear();
    const readings = await Promise.all([1, 2].map(() => reader.read(never())));
    expect(readings.every(({ positions }) => positions.ok)).toBe(true);
    expect(venue.count(LOGIN)).toBe(2);
  });

  test('refused again with a new token, the key is refused, after one login more', async () => {
    const reader = readerFor();
    await reader.read(never());
    venue.answer(LIST, { status: 401, body: {} });
    expect((await reader.read(never())).positions).toMatchObject({
      ok: false,
      error: { kind: 'unauthorized' },
    });
    expect(venue.count(LOGIN)).toBe(2);
  });

  test('calls of one round that are all refused share one login too', async () => {
    const rows = Array.from({ length: 9 }, (_, i) => ({ ...SAMPLE, id: `p${i}` }));
    venue.answer(LIST, { body: { positions: rows } });
    for (const { id } of rows) {
      venue.answer(`GET /api/v1/positions/${id}/liquidation`, { status: 401, body: {} });
    }
    expect(bookIn(await read()).positions).toHaveLength(9);
    expect(venue.count(LOGIN)).toBe(2);
  });

  test('a token near its end is renewed before it is refused', async () => {
    const own = fakeClock(TIMESTAMP);
    const seconds = TIMESTAMP / 1000;
    const token = jwt({ iat: seconds, exp: seconds + 3600 });
    venue.valid.add(token);
    const reader = createZtdxReaders(own)(ztdxConnection(venue.origin, { token }));
    await own.advance(3_569_999);
    await reader.read(never());
    expect(venue.count(LOGIN)).toBe(0);
    await own.advance(1);
    await reader.read(never());
    expect(venue.count(LOGIN)).toBe(1);
  });

  test('a given token is used as it is, and when refused without a key that is the end', async () => {
    const given = { privateKey: null, token: 'opaque-token' };
    venue.valid.add('opaque-token');
    expect((await read(given)).positions.ok).toBe(true);
    venue.valid.clear();
    expect((await read({ ...given, ...noPair })).positions).toMatchObject({
      ok: false,
      error: { kind: 'unauthorized' },
    });
    expect(venue.count(NONCE)).toBe(0);
  });
});

describe('signed account', () => {
  test('key in the header, signature last', async () => {
    await read();
    const signed = venue.asked.find(
      ({ path }) => path === '/api/v1/unified/account',
    ) as StubRequest;
    // HMAC-SHA256 of the query before it with the secret of connection.ts, by openssl dgst -sha256 -hmac.
    expect(signed.query.toString()).toBe(
      `recvWindow=5000&timestamp=${TIMESTAMP}&signature=d9d9b4112592c6af9ed86b874a3ed85f7887a1484ebb43f2d52058d1c6964b71`,
    );
    expect(signed.headers['x-mbx-apikey']).toBe(KEY);
  });

  test.each([
    { why: 'a stale clock', status: 400, code: -1021, kind: 'clock' },
    { why: 'a bad signature', status: 400, code: -1022, kind: 'unauthorized' },
    { why: 'a key that may not', status: 401, code: -2015, kind: 'unauthorized' },
    { why: 'too fast', status: 400, code: -1003, kind: 'rate-limited' },
    { why: 'a code nobody knows', status: 400, code: -9999, kind: 'unavailable' },
    { why: 'a code nobody knows, with 200', status: 200, code: -9999, kind: 'unavailable' },
  ])(
    'a refusal goes by its code and leaves the positions alone: $why',
    async ({ status, code, kind }) => {
      venue.answer(UNIFIED, { status, body: { code, msg: `secret ${venue.origin}` } });
      const reading = await read();
      expect(reading.margin).toMatchObject({
        ok: false,
        error: { kind, detail: { code: 'venue', venueCode: String(code) } },
      });
      expect(JSON.stringify(reading)).not.toContain('secret');
      expect(bookIn(reading).positions).toHaveLength(1);
    },
  );
});

describe('time', () => {
  const stall: StubFault = (response) => void response.writeHead(200).write('{');

  test('at abort what was read is handed over, what was not is a timeout', async () => {
    venue.answer(UNIFIED, () => stall);
    const ending = new AbortController();
    venue.answer(`GET ${OF_SAMPLE}/tp-sl`, () => {
      setImmediate(() => ending.abort());
      return stall;
    });
    const reading = await readerFor().read(ending.signal);
    const timeout = { kind: 'unavailable', detail: { code: 'timeout' } };
    expect(bookIn(reading).positions).toHaveLength(1);
    expect(reading.stopsError).toMatchObject(timeout);
    expect(reading.margin).toMatchObject({ ok: false, error: timeout });
  });

  test('one caller that leaves does not end the login the others wait for', async () => {
    const reader = readerFor();
    const leaving = new AbortController();
    const first = reader.read(leaving.signal);
    const second = reader.read(never());
    leaving.abort();
    expect((await first).positions).toMatchObject({ error: { detail: { code: 'timeout' } } });
    expect((await second).positions.ok).toBe(true);
    expect(venue.count(LOGIN)).toBe(1);
  });

  test('too fast: the pause is told, kept, and does not reach another account', async () => {
    venue.answer(LIST, { status: 429, body: {}, headers: { 'retry-after': '7' } });
    const own = fakeClock(TIMESTAMP);
    const readers = createZtdxReaders(own);
    const reader = readers(ztdxConnection(venue.origin));
    const limited = (retryAfterMs: number) => ({ error: { kind: 'rate-limited', retryAfterMs } });
    expect((await reader.read(never())).positions).toMatchObject(limited(7_000));
    await own.advance(3_000);
    expect((await reader.read(never())).positions).toMatchObject(limited(4_000));
    expect(venue.count(LIST)).toBe(1);
    await readers(ztdxConnection(venue.origin)).read(never());
    expect(venue.count(LIST)).toBe(2);
  });
});

describe('inspection', () => {
  test('what can be told of a key is told, the rest is not known', async () => {
    const date = new Date(TIMESTAMP + 90_000).toUTCString();
    const headers = { date };
    venue.answer(LIST, { body: { positions: [SAMPLE] }, headers });
    expect(await readerFor().inspect(never())).toEqual({
      ok: true,
      value: {
        clockOffsetMs: 90_500,
        mayTrade: null,
        mayWithdraw: null,
        hasIpList: null,
        modes: ['isolated', 'one-way'],
        categories: [{ name: 'linear USDT', positions: 1 }],
      },
    });
  });
});

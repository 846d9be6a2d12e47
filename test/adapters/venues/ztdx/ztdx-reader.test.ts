import { describe, expect, test } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import { asAccountId } from '../../../../src/domain/units.ts';
import type { VenueCredentials } from '../../../../src/ports/venue.ts';
import { fakeClock } from '../../../fakes/fake-clock.ts';
import type { StubFault, StubReply } from '../../../fakes/stub-http.ts';
import {
  bookIn,
  clock,
  freshStandIn,
  LIST,
  LOGIN,
  never,
  OF_SAMPLE,
  plain,
  readerAt,
  UNIFIED,
} from './asking.ts';
import {
  ACCOUNT,
  later,
  SAMPLE,
  SAMPLE_LIQUIDATION,
  SAMPLE_STOPS,
  TIMESTAMP,
  ztdxConnection,
} from './stand-in-ztdx.ts';

const venue = freshStandIn();
const readerFor = (credentials: Partial<VenueCredentials> = {}) => readerAt(venue(), credentials);
const read = (credentials: Partial<VenueCredentials> = {}) => readerFor(credentials).read(never());

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
    venue().answer(LIST, { body: { positions: [{ ...SAMPLE, size_in_tokens, entry_price }] } });
    const [position] = bookIn(await read()).positions;
    expect(String(position?.quantity)).toBe(size_in_tokens);
    expect(String(position?.entryPrice)).toBe(entry_price);
  });

  test('in a unified account positions are margined from the pool, also while it is silent', async () => {
    venue().answer(UNIFIED, { body: { ...ACCOUNT, margin_mode: 'unified' } });
    const reader = readerFor();
    const pooled = { marginMode: 'cross', collateral: null };
    expect(bookIn(await reader.read(never())).positions).toMatchObject([pooled]);
    venue().answer(UNIFIED, { status: 500, body: {} });
    expect(bookIn(await reader.read(never())).positions).toMatchObject([pooled]);
  });

  test('twenty positions keep their order and each gets its own parts', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({ ...SAMPLE, id: `p${i}` }));
    venue().answer(LIST, { body: { positions: rows } });
    let running = 0;
    let most = 0;
    for (const { id } of rows) {
      venue().answer(`GET /api/v1/positions/${id}/liquidation`, () => {
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
    venue().answer(`${OF_SAMPLE}/tp-sl`, answer as StubReply);
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
    venue().answer(`${OF_SAMPLE}/tp-sl`, answer as StubReply);
    const reading = await read();
    expect(bookIn(reading).positions).toMatchObject([unknown]);
    expect(reading.stopsError?.kind).toBe(kind);
  });
});

describe('what a stand-in may lack', () => {
  test.each([
    { why: '500', answer: { status: 500, body: {} }, error: { kind: 'unavailable' } },
    { why: 'too fast', answer: { status: 429, body: {} }, error: { kind: 'rate-limited' } },
    { why: 'an odd body', answer: { body: {} }, error: undefined },
  ])(
    'a failed liquidation state costs its figures, is told, and the list still has a price: $why',
    async ({ answer, error }) => {
      venue().answer(`${OF_SAMPLE}/liquidation`, answer);
      const book = bookIn(await read());
      expect(plain(book.positions)).toMatchObject([
        {
          maintenanceMargin: null,
          venueRatio: null,
          liquidation: { kind: 'price', price: '60000' },
        },
      ]);
      expect(book.unreadable).toEqual([
        {
          symbol: 'BTCUSDT',
          field: 'liquidation',
          ...(error && { error: expect.objectContaining(error) }),
        },
      ]);
    },
  );

  test('without an address there is nobody to ask', async () => {
    const reading = await createZtdxVenues(clock).reader(ztdxConnection(null)).read(never());
    expect(reading.positions).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
  });
});

describe('time', () => {
  const stall: StubFault = (response) => void response.writeHead(200).write('{');

  test('at abort what was read is handed over, what was not is a timeout', async () => {
    venue().answer(UNIFIED, () => stall);
    const ending = new AbortController();
    venue().answer(`${OF_SAMPLE}/tp-sl`, () => {
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
    expect(venue().count(LOGIN)).toBe(1);
  });

  test('too fast: the pause is told, kept, and does not reach another account', async () => {
    venue().answer(LIST, { status: 429, body: {}, headers: { 'retry-after': '7' } });
    const own = fakeClock(TIMESTAMP);
    const readers = createZtdxVenues(own).reader;
    const reader = readers(ztdxConnection(venue().origin));
    const limited = (retryAfterMs: number) => ({ error: { kind: 'rate-limited', retryAfterMs } });
    expect((await reader.read(never())).positions).toMatchObject(limited(7_000));
    await own.advance(3_000);
    expect((await reader.read(never())).positions).toMatchObject(limited(4_000));
    expect(venue().count(LIST)).toBe(1);
    const other = { ...ztdxConnection(venue().origin), account: asAccountId('ztdx-b') };
    await readers(other).read(never());
    expect(venue().count(LIST)).toBe(2);
  });
});

describe('inspection', () => {
  test('what can be told of a key is told, the rest is not known', async () => {
    const date = new Date(TIMESTAMP + 90_000).toUTCString();
    const headers = { date };
    venue().answer(LIST, { body: { positions: [SAMPLE] }, headers });
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

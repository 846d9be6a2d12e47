import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import type { MarketSource } from '../../../../src/ports/market-data.ts';
import { type Sim, startSim } from '../../../../src/sim/start-sim.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo, KEY } from '../connection.ts';
import { standInBybit } from './stand-in-bybit.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const soon = () => AbortSignal.timeout(20_000);
/** Amid an hour and a day, and standing still: no candle may close during a test. */
const NOW = Date.parse('2026-11-25T12:30:00Z');
const clock = { ...systemTime(), now: () => NOW };
const dayOf = (at: number) => Math.floor(at / DAY) * DAY;

async function told<T>(answer: Promise<{ ok: true; value: { value: T } } | { ok: false }>) {
  const got = await answer;
  if (!got.ok) expect.fail(`no answer: ${JSON.stringify(got)}`);
  return got.value.value;
}

describe.each([
  // Lengths that need a second page at each: a thousand candles, at OKX three hundred.
  { venue: 'bybit', days: 730, hours: 1_100 },
  { venue: 'binanceusdm', days: 100, hours: 1_100 },
  { venue: 'okx', days: 730, hours: 310 },
])('$venue, its real client before the simulator', ({ venue, days, hours }) => {
  const linear = 'ETH/USDT:USDT';
  let sim: Sim;
  let source: MarketSource;
  beforeAll(async () => {
    sim = await startSim({ seed: 'market', now: clock.now });
    source = createCcxtVenues(clock).marketData(connectionTo(venue, sim.origin));
  });
  afterAll(() => sim.close());

  test('the perpetuals it lists, with what ranks them and since when', async () => {
    const contracts = await told(source.contracts(soon()));
    const eth = contracts.find(({ symbol }) => symbol === linear);
    expect(eth).toMatchObject({ venue, asset: 'ETH', quote: 'USDT', kind: 'linear' });
    expect(eth?.turnoverUsd24h).toBeGreaterThan(1e5);
    expect(eth?.listedAt).toBeGreaterThan(1.5e12);
  });

  test(`${days} closed UTC days, none twice and none missing`, async () => {
    const to = dayOf(NOW) + DAY;
    const from = to - (days + 1) * DAY;
    const query = { instrument: { venue, symbol: linear }, interval: '1d', from, to } as const;
    const candles = await told(source.candles(query, soon()));
    expect(candles.map(({ openTime }) => openTime)).toEqual(
      Array.from({ length: days }, (_, i) => from + i * DAY),
    );
    expect(candles.every(({ low, high, open }) => low <= open && open <= high)).toBe(true);
  });

  test(`${hours} hours`, async () => {
    const to = Math.floor(NOW / HOUR) * HOUR;
    const from = to - hours * HOUR;
    const query = { instrument: { venue, symbol: linear }, interval: '1h', from, to } as const;
    expect(await told(source.candles(query, soon()))).toHaveLength(hours);
  });

  test('funding with its interval, running and settled', async () => {
    const instrument = { venue, symbol: linear };
    const [running] = await told(source.funding([instrument], soon()));
    expect(running).toMatchObject({ instrument, intervalMs: 8 * HOUR });
    expect(running?.paidAt).toBeGreaterThan(NOW);
    const paid = await told(source.settledFunding(instrument, NOW - 10 * DAY, soon()));
    expect(paid.length).toBeGreaterThanOrEqual(29);
    expect(paid.at(-1)?.intervalMs).toBe(8 * HOUR);
    expect(paid.map(({ paidAt }) => paidAt)).toEqual(
      paid.map(({ paidAt }) => paidAt).sort((a, b) => a - b),
    );
  });

  test('depth in base units, near the mark', async () => {
    const marks = await told(source.marks(soon()));
    const mark = marks.find(({ instrument }) => instrument.symbol === linear);
    const book = await told(source.book({ venue, symbol: linear }, 50, soon()));
    expect(book.bids.length).toBeGreaterThanOrEqual(50);
    const [bid, ask] = [book.bids[0], book.asks[0]];
    expect(bid?.price).toBeLessThan(ask?.price ?? 0);
    expect((bid?.price ?? 0) / (mark?.markPrice.toNumber() ?? 1)).toBeCloseTo(1, 1);
    const direct = sim.market.mark('ETH').toNumber();
    expect((bid?.price ?? 0) / direct).toBeCloseTo(1, 1);
  });

  test('what it does not list is unsupported', async () => {
    const instrument = { venue, symbol: 'NOPE/USDT:USDT' };
    expect(await source.book(instrument, 5, soon())).toMatchObject({
      error: { kind: 'unsupported' },
    });
    expect(await told(source.funding([instrument], soon()))).toEqual([]);
  });
});

test('depth of an inverse contract is dollars turned into coins; of OKX, contracts into coins', async () => {
  const sim = await startSim({ seed: 'market', now: clock.now });
  const venues = createCcxtVenues(clock);
  const bidOf = async (venue: string, symbol: string) => {
    const source = venues.marketData(connectionTo(venue, sim.origin));
    return (await told(source.book({ venue, symbol }, 25, soon()))).bids[0];
  };
  const linear = await bidOf('bybit', 'BTC/USDT:USDT');
  const [inverse, okx] = await Promise.all([
    bidOf('bybit', 'BTC/USD:BTC'),
    bidOf('okx', 'BTC/USDT:USDT'),
  ]);
  // One market behind all venues: level sizes differ by the moment only.
  for (const bid of [inverse, okx]) {
    const ratio = (bid?.quantity ?? 0) / (linear?.quantity ?? 1);
    expect(ratio).toBeGreaterThan(0.01);
    expect(ratio).toBeLessThan(100);
  }
  await sim.close();
});

describe('a stand-in Bybit', () => {
  let stub: StubHttp;
  let source: MarketSource;
  beforeEach(async () => {
    stub = await startStubHttp(standInBybit());
    source = createCcxtVenues(clock, { requestMs: 500, halfMs: 1_500 }).marketData(
      connectionTo('bybit', stub.origin),
    );
  });
  afterEach(() => stub.close());
  const instrument = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
  const serve = (path: string, body: unknown) =>
    stub.answer((request) => (request.path === path ? { body } : standInBybit()(request)));
  const page = (list: readonly unknown[]) => ({ body: { retCode: 0, result: { list } } });
  const now = Math.floor(NOW / HOUR) * HOUR;
  const row = (hoursAgo: number, ...prices: readonly string[]) => [
    String(now - hoursAgo * HOUR),
    ...(prices.length ? prices : ['100', '110', '90', '105']),
    '1',
    '100',
  ];
  const ask = () =>
    source.candles({ instrument, interval: '1h', from: now - 6 * HOUR, to: now + HOUR }, soon());

  test('no key and nothing signed goes out', async () => {
    await source.book(instrument, 25, soon());
    expect(stub.requests.length).toBeGreaterThan(0);
    expect(JSON.stringify(stub.requests.map(({ headers }) => headers))).not.toContain(KEY);
  });

  test.each([
    { why: 'the running hour is not closed', list: [row(0), row(1)], hours: [1] },
    { why: 'a hole stays a hole', list: [row(1), row(3)], hours: [3, 1] },
    { why: 'no price', list: [row(1, '', '1', '1', '1'), row(2)], hours: [2] },
    { why: 'high below close', list: [row(1, '100', '101', '90', '105'), row(2)], hours: [2] },
    { why: 'zero', list: [row(1, '0', '110', '0', '105'), row(2)], hours: [2] },
    { why: 'said twice', list: [row(1), row(1), row(2)], hours: [2, 1] },
    { why: 'off the grid', list: [row(1.5), row(2)], hours: [2] },
    { why: 'outside of what was asked', list: [row(9), row(2)], hours: [2] },
    { why: 'an honest empty list', list: [], hours: [] },
  ])('candles: $why', async ({ list, hours }) => {
    serve('/v5/market/kline', { retCode: 0, result: { symbol: 'BTCUSDT', list } });
    const candles = await told(ask());
    expect(candles.map(({ openTime }) => (now - openTime) / HOUR)).toEqual(hours);
  });

  test.each([
    { why: 'a reply without a list', body: { retCode: 0, result: {} }, kind: 'malformed' },
    { why: 'an empty body', body: '', kind: 'malformed' },
    { why: 'the venue refuses', body: { retCode: 10016, result: {} }, kind: 'unavailable' },
    { why: 'too fast', body: { retCode: 10006, result: {} }, kind: 'rate-limited' },
  ])('candles fail, they are never empty: $why', async ({ body, kind }) => {
    serve('/v5/market/kline', body);
    expect(await ask()).toMatchObject({ ok: false, error: { kind } });
  });

  test('one failed page fails the whole', async () => {
    let pages = 0;
    stub.answer((request) => {
      if (request.path !== '/v5/market/kline') return standInBybit()(request);
      pages += 1;
      return pages === 2 ? { status: 500, body: {} } : page([row(1500)]);
    });
    const query = { instrument, interval: '1h', from: now - 1500 * HOUR, to: now } as const;
    expect(await source.candles(query, soon())).toMatchObject({ error: { kind: 'unavailable' } });
    expect(pages).toBe(2);
  });

  test('an empty side of a book is damage, not depth', async () => {
    serve('/v5/market/orderbook', { retCode: 0, result: { s: 'BTCUSDT', b: [], a: [['1', '1']] } });
    expect(await source.book(instrument, 25, soon())).toMatchObject({
      error: { kind: 'malformed' },
    });
  });

  test('a silent venue costs no more than the limit', async () => {
    stub.answer(() => () => undefined);
    const startedAt = Date.now();
    expect(await source.marks(AbortSignal.timeout(300))).toMatchObject({
      error: { kind: 'unavailable', detail: { code: 'timeout' } },
    });
    expect(Date.now() - startedAt).toBeLessThan(1_500);
  });

  test('a long history leaves an account its turn, and stops when nobody waits for it', async () => {
    const venues = createCcxtVenues(clock);
    const address = connectionTo('bybit', stub.origin);
    stub.answer((request) =>
      request.path === '/v5/market/kline' ? page([]) : standInBybit()(request),
    );
    const [leave, span] = [new AbortController(), { instrument, interval: '1h', to: now } as const];
    // Four hundred pages, where the whole address may begin 360 requests in five seconds.
    const query = { ...span, from: now - 400_000 * HOUR };
    const history = venues.marketData(address).candles(query, leave.signal);
    expect((await venues.reader(address).read(soon())).positions.ok).toBe(true);
    leave.abort();
    expect(await history).toMatchObject({ error: { detail: { code: 'timeout' } } });
    const asked = stub.requests.length;
    await new Promise((resolve) => setImmediate(resolve));
    expect(stub.requests.length).toBeLessThanOrEqual(asked + 1);
  });
});

import { expect, test } from 'vitest';
import { createZtdxVenues } from '../../../../src/adapters/venues/ztdx/ztdx-venues.ts';
import type { MarketSource } from '../../../../src/ports/market-data.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { freshStandIn, never, plain } from './asking.ts';

const HOUR = 3_600_000;
const venue = freshStandIn();
const source = (): MarketSource =>
  createZtdxVenues(systemTime()).marketData({ baseUrl: venue().origin, proxy: null });
const instrument = { venue: 'ztdx', symbol: 'BTC/USDT:USDT' };
const now = Math.floor(Date.now() / HOUR) * HOUR;
const hours = (from: number, to: number) =>
  source().candles(
    { instrument, interval: '1h', from: now - from * HOUR, to: now - to * HOUR },
    never(),
  );

const at = (ago: number) => now - ago * HOUR;
const KLINES = 'GET /api/v1/klines/BTCUSDT';

test.each([
  { why: 'objects', rows: [{ time: at(2), open: '1', high: '3', low: '1', close: '2' }] },
  { why: 'short names', rows: [{ t: String(at(2)), o: '1', h: '3', l: '1', c: '2' }] },
  { why: 'arrays', rows: [[at(2), '1', '3', '1', '2', '9']] },
  { why: 'JSON numbers', rows: [{ open_time: at(2), open: 1, high: 3, low: 1, close: 2 }] },
])('candles as $why, wrapped or bare', async ({ rows }) => {
  const candle = { openTime: at(2), open: 1, high: 3, low: 1, close: 2 };
  for (const body of [rows, { klines: rows }, { success: true, data: { candles: rows } }]) {
    venue().answer(KLINES, { body });
    expect(await hours(5, 0)).toMatchObject({ ok: true, value: { value: [candle] } });
  }
});

test('a list that cannot be found is malformed, a path that is missing unsupported', async () => {
  venue().answer(KLINES, { body: { success: true, data: { rows: 3 } } });
  expect(await hours(5, 0)).toMatchObject({ error: { kind: 'malformed' } });
  venue().answer(KLINES, { status: 404, body: '' });
  expect(await hours(5, 0)).toMatchObject({ error: { kind: 'unsupported' } });
  expect(await source().contracts(never())).toMatchObject({ error: { kind: 'unsupported' } });
  expect(await source().marks(never())).toMatchObject({ error: { kind: 'unsupported' } });
});

test('a venue that ignores the end of the span is asked twice, not for ever', async () => {
  const row = (ago: number) => [at(ago), '1', '3', '1', '2'];
  venue().answer(KLINES, { body: [row(3), row(2)] });
  const answer = await hours(5_000, 0);
  expect(answer.ok && answer.value.value.map(({ openTime }) => openTime)).toEqual([at(3), at(2)]);
  expect(venue().count(KLINES)).toBe(2);
});

test('the hourly rate is a signed percent text; a rate that is none is left out', async () => {
  const ticker = (funding_rate_1h: unknown) =>
    venue().answer('GET /api/v1/ticker/BTCUSDT', { body: { data: { funding_rate_1h } } });
  ticker('-0.0050%');
  expect(plain(await source().funding([instrument], never()))).toMatchObject({
    value: { value: [{ instrument, rate: '-0.00005', intervalMs: HOUR, paidAt: null }] },
  });
  for (const odd of ['0.005', 'n/a', 5, null]) {
    ticker(odd);
    expect(plain(await source().funding([instrument], never()))).toMatchObject({
      value: { value: [] },
    });
  }
});

test('payments in any order, with their spacing', async () => {
  const history = [at(0), at(16), at(8)].map((timestamp) => ({
    funding_rate: '0.0001',
    timestamp,
  }));
  venue().answer('GET /api/v1/funding-rate/history', { body: { history } });
  expect(plain(await source().settledFunding(instrument, 0, never()))).toMatchObject({
    value: {
      value: [
        { paidAt: at(16), intervalMs: null },
        { paidAt: at(8), intervalMs: 8 * HOUR },
        { paidAt: at(0), intervalMs: 8 * HOUR, rate: '0.0001' },
      ],
    },
  });
});

test('a book in any order, of objects or pairs; half of one is damage', async () => {
  const BOOK = 'GET /api/v1/orderbook/BTCUSDT';
  const bids = [
    { price: '99', size: '2' },
    { price: '100', size: '1' },
  ];
  venue().answer(BOOK, { body: { data: { bids, asks: [['101', '3']] } } });
  expect(await source().book(instrument, 5, never())).toMatchObject({
    value: {
      value: { bids: [{ price: 100 }, { price: 99 }], asks: [{ price: 101, quantity: 3 }] },
    },
  });
  for (const asks of [undefined, [], [{ price: '101' }], [['0', '1']]]) {
    venue().answer(BOOK, { body: { bids, asks } });
    expect(await source().book(instrument, 5, never())).toMatchObject({
      error: { kind: 'malformed' },
    });
  }
});

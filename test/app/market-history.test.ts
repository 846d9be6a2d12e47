import { beforeEach, describe, expect, test } from 'vitest';
import { createMarketHistory, type WantedMarkets } from '../../src/app/market-history.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { MarketSource } from '../../src/ports/market-data.ts';
import { type FakeClock, fakeClock } from '../fakes/fake-clock.ts';
import { type FakeMarketSource, fakeMarketSource, listed } from '../fakes/fake-market-source.ts';
import { fakeStore } from '../fakes/fake-store.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOON = Date.parse('2026-11-25T12:10:00Z');
const MIDNIGHT = Date.parse('2026-11-26T00:00:00Z');
const BTC = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
const never = new AbortController().signal;
const down = venueError('unavailable', { code: 'refused' });

let clock: FakeClock;
let bybit: FakeMarketSource;
let okx: FakeMarketSource;
let store: ReturnType<typeof fakeStore>;
let wanted: WantedMarkets;
const warned: string[] = [];

beforeEach(() => {
  clock = fakeClock(NOON);
  bybit = fakeMarketSource(clock, 'bybit', [
    listed('bybit', 'BTC', { turnoverUsd24h: 9e9 }),
    listed('bybit', 'NEW', { listedAt: NOON - 40 * DAY }),
  ]);
  okx = fakeMarketSource(clock, 'okx', [listed('okx', 'BTC'), listed('okx', 'ETH')]);
  store = fakeStore();
  wanted = { assets: ['BTC'], instruments: [] };
  warned.length = 0;
});

/** A process of its own over the same store. */
const start = (sources: readonly MarketSource[] = [bybit, okx]) =>
  createMarketHistory({
    ...{ sources, store, clock, wanted: () => wanted },
    log: { error: (event) => warned.push(event), warn: (event) => warned.push(event) },
  });
const candlesAsked = (source = bybit) =>
  source.asked.filter((question) => question.startsWith('candles'));
const dayNumber = (at: number) => Math.floor(at / DAY);
async function passed(ms: number, history: { refresh(signal: AbortSignal): Promise<void> }) {
  await clock.advance(ms);
  await history.refresh(never);
}

describe('candles', () => {
  test('of the deepest contract: 730 closed days, 90 days of hours, no running one', async () => {
    const history = start();
    expect(history.candles('BTC', '1d')).toMatchObject({
      error: { what: 'candles', subject: 'BTC', reason: { kind: 'not-read-yet' } },
    });
    await history.refresh(never);
    const [days, hours] = [history.candles('BTC', '1d'), history.candles('BTC', '1h')];
    if (!days.ok || !hours.ok) expect.fail('no candles');
    expect(days.value).toMatchObject({ source: 'bybit', instrument: BTC, gap: null });
    expect(days.value.candles).toHaveLength(730);
    expect(days.value.candles.at(-1)?.openTime).toBe(dayNumber(NOON) * DAY - DAY);
    expect(hours.value.candles).toHaveLength(90 * 24);
    expect(okx.asked).toEqual(['contracts']);
  });

  test('a restart asks nobody for what the store holds', async () => {
    wanted = { assets: ['BTC', 'NEW'], instruments: [BTC] };
    await start().refresh(never);
    bybit.asked.length = 0;
    okx.asked.length = 0;
    const again = start();
    await again.refresh(never);
    expect([...bybit.asked, ...okx.asked]).toEqual(['funding BTC/USDT:USDT']);
    expect(again.candles('BTC', '1d')).toMatchObject({ ok: true, value: { gap: null } });
    // Listed forty days ago: that there is nothing older is remembered too.
    const young = again.candles('NEW', '1d');
    expect(young.ok && young.value.candles.length).toBe(39);
  });

  test('a restart a week later fetches the week', async () => {
    await start().refresh(never);
    bybit.asked.length = 0;
    const again = start();
    await passed(7 * DAY, again);
    const day = dayNumber(NOON);
    const hour = Math.floor(NOON / HOUR);
    expect(candlesAsked()).toEqual([
      `candles BTC/USDT:USDT 1d ${day}..${day + 7}`,
      `candles BTC/USDT:USDT 1h ${hour}..${hour + 7 * 24}`,
    ]);
    const days = again.candles('BTC', '1d');
    expect(days.ok && days.value.candles.length).toBe(730);
  });

  test('the day is fetched once, half a minute after it ends; the hour likewise', async () => {
    const history = start();
    await history.refresh(never);
    bybit.asked.length = 0;
    await passed(MIDNIGHT - NOON + 29_000, history);
    expect(candlesAsked().filter((question) => question.includes(' 1d '))).toEqual([]);
    expect(candlesAsked()).toHaveLength(1);
    await passed(2_000, history);
    const day = dayNumber(MIDNIGHT) - 1;
    const hour = MIDNIGHT / HOUR - 1;
    expect(candlesAsked().slice(1)).toEqual([
      `candles BTC/USDT:USDT 1d ${day}..${day + 1}`,
      `candles BTC/USDT:USDT 1h ${hour}..${hour + 1}`,
    ]);
    for (let i = 0; i < 10; i += 1) await passed(15_000, history);
    expect(candlesAsked()).toHaveLength(3);
  });

  test('a failed refresh keeps what is known, with a gap that has a name and an age', async () => {
    const history = start();
    await history.refresh(never);
    bybit.break(down);
    await passed(HOUR, history);
    expect(history.candles('BTC', '1h')).toMatchObject({
      ok: true,
      value: {
        gap: {
          reason: { kind: 'source', source: 'bybit', error: down },
          lastGoodAt: Math.floor(NOON / HOUR) * HOUR,
        },
      },
    });
    expect(history.candles('BTC', '1d')).toMatchObject({ value: { gap: null } });
    const asked = candlesAsked().length;
    await passed(30_000, history);
    expect(candlesAsked().length).toBe(asked);
    bybit.break(null);
    await passed(31_000, history);
    expect(history.candles('BTC', '1h')).toMatchObject({ value: { gap: null } });
  });

  test('nothing known and the venue dead: an error by name, not an empty series', async () => {
    bybit.break(down);
    okx.break(down);
    const history = start();
    await history.refresh(never);
    expect(history.candles('BTC', '1d')).toMatchObject({
      error: { reason: { kind: 'source', error: down }, lastGoodAt: null },
    });
  });

  test('a dead venue is asked once a round, not once for each asset; the other is not held up', async () => {
    wanted = { assets: ['BTC', 'NEW', 'ETH'], instruments: [] };
    const history = start();
    await history.refresh(never);
    bybit.break(venueError('unavailable', { code: 'timeout', ms: 30_000 }));
    bybit.asked.length = 0;
    await passed(DAY, history);
    expect(candlesAsked()).toHaveLength(1);
    expect(history.candles('NEW', '1d')).toMatchObject({
      value: { gap: { reason: { kind: 'source', source: 'bybit' } } },
    });
    expect(history.candles('ETH', '1d')).toMatchObject({ value: { gap: null } });
  });

  test('an asset nobody lists has no contract', async () => {
    wanted = { assets: ['XYZ'], instruments: [] };
    const history = start();
    await history.refresh(never);
    expect(history.candles('XYZ', '1d')).toMatchObject({
      error: { subject: 'XYZ', reason: { kind: 'no-contract' } },
    });
  });

  test('holes stay holes, and are not asked for again and again', async () => {
    const missing = dayNumber(NOON) * DAY - 10 * DAY;
    bybit.holes.add(missing);
    const history = start();
    await history.refresh(never);
    const days = history.candles('BTC', '1d');
    if (!days.ok) expect.fail('no candles');
    expect(days.value.candles.some(({ openTime }) => openTime === missing)).toBe(false);
    expect(days.value.candles).toHaveLength(729);
    await passed(60_000, history);
    expect(candlesAsked()).toHaveLength(2);
  });

  test('the newest candle not there yet: stale by name, asked again after a minute', async () => {
    bybit.holes.add(dayNumber(NOON) * DAY - DAY);
    const history = start();
    await history.refresh(never);
    expect(history.candles('BTC', '1d')).toMatchObject({
      value: { gap: { reason: { error: { kind: 'stale' } } } },
    });
    bybit.holes.clear();
    await passed(61_000, history);
    expect(history.candles('BTC', '1d')).toMatchObject({ value: { gap: null } });
  });

  test('a delisted contract serves until another venue stands in', async () => {
    const history = start();
    await history.refresh(never);
    bybit.delisted.add(BTC.symbol);
    await passed(DAY, history);
    expect(history.candles('BTC', '1d')).toMatchObject({
      value: { source: 'bybit', gap: { reason: { error: { kind: 'unsupported' } } } },
    });
    await passed(61_000, history);
    expect(history.candles('BTC', '1d')).toMatchObject({ value: { source: 'okx', gap: null } });
  });

  test('a store that is out of order costs a word in the log, not the figures', async () => {
    store.break({ kind: 'crashed' });
    const history = start();
    await history.refresh(never);
    expect(history.candles('BTC', '1d')).toMatchObject({ ok: true, value: { gap: null } });
    expect(warned).toContain('candles not loaded');
    expect(warned).toContain('candles not stored');
  });
});

describe('funding', () => {
  beforeEach(() => {
    wanted = { assets: [], instruments: [BTC, { venue: 'okx', symbol: 'ETH/USDT:USDT' }] };
  });
  const of = (history: ReturnType<typeof start>) => history.funding(BTC);

  test('one question per venue every five minutes; payments once, then as they fall due', async () => {
    const history = start();
    await history.refresh(never);
    expect(bybit.asked).toEqual(['funding BTC/USDT:USDT', 'settled BTC/USDT:USDT']);
    expect(of(history)).toMatchObject({
      ok: true,
      value: { current: { source: 'bybit', observedAt: NOON }, gap: null },
    });
    const known = of(history);
    expect(known.ok && known.value.payments.length).toBe(90);
    await passed(299_000, history);
    expect(bybit.asked).toHaveLength(2);
    await passed(1_000, history);
    expect(bybit.asked.slice(2)).toEqual(['funding BTC/USDT:USDT']);
    // The next payment is at 16:00; it is asked for two minutes later.
    await passed(4 * HOUR, history);
    expect(bybit.asked.filter((question) => question.startsWith('settled'))).toHaveLength(2);
    await passed(60_000, history);
    expect(bybit.asked.filter((question) => question.startsWith('settled'))).toHaveLength(2);
  });

  test('a dead venue: the last rate stays, and is called old after a quarter of an hour', async () => {
    const history = start();
    await history.refresh(never);
    bybit.break(down);
    for (let i = 0; i < 14; i += 1) await passed(60_000, history);
    expect(of(history)).toMatchObject({ ok: true, value: { gap: null } });
    await passed(60_000, history);
    expect(of(history)).toMatchObject({
      value: { gap: { what: 'funding', lastGoodAt: NOON, reason: { error: down } } },
    });
    expect(history.funding({ venue: 'okx', symbol: 'ETH/USDT:USDT' })).toMatchObject({
      value: { gap: null },
    });
    expect(bybit.asked.filter((question) => question.startsWith('funding')).length).toBeLessThan(8);
  });

  test('what the venue leaves out is a gap of its own', async () => {
    wanted = { assets: [], instruments: [{ ...BTC, symbol: 'GONE/USDT:USDT' }] };
    const history = start();
    await history.refresh(never);
    expect(history.funding({ ...BTC, symbol: 'GONE/USDT:USDT' })).toMatchObject({
      error: { reason: { kind: 'source', source: 'bybit', error: { kind: 'unsupported' } } },
    });
  });

  test('a feed is asked first; where it is stale the venue answers', async () => {
    const feed: FakeMarketSource = {
      ...fakeMarketSource(clock, 'feed', [listed('bybit', 'BTC')]),
      venues: ['bybit', 'okx'],
    };
    const history = start([feed, bybit, okx]);
    await history.refresh(never);
    expect(of(history)).toMatchObject({ value: { current: { source: 'feed' } } });
    expect(bybit.asked.filter((question) => question.startsWith('funding'))).toEqual([]);
    feed.break(venueError('stale', { code: 'age', ms: 1 }));
    await passed(300_000, history);
    expect(of(history)).toMatchObject({ value: { current: { source: 'bybit' }, gap: null } });
  });
});

describe('depth', () => {
  test('is asked once in ten seconds, a refusal too', async () => {
    const history = start();
    const both = await Promise.all([history.book(BTC, 50, never), history.book(BTC, 50, never)]);
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    await clock.advance(9_999);
    await history.book(BTC, 50, never);
    expect(bybit.asked).toEqual(['book BTC/USDT:USDT 50']);
    bybit.break(down);
    await clock.advance(1);
    const gap = { what: 'depth', reason: { kind: 'source', source: 'bybit', error: down } };
    expect(await history.book(BTC, 50, never)).toMatchObject({ ok: false, error: gap });
    await history.book(BTC, 50, never);
    expect(bybit.asked).toHaveLength(2);
  });

  test('of a venue nobody reads: no contract', async () => {
    expect(await start().book({ ...BTC, venue: 'nowhere' }, 5, never)).toMatchObject({
      error: { reason: { kind: 'no-contract' } },
    });
  });
});

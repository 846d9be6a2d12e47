import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import type { Result } from '../../src/domain/result.ts';
import { asAccountId, asRatio, asUsd } from '../../src/domain/units.ts';
import type { AccountPoint } from '../../src/ports/account-history.ts';
import type { CandleSource } from '../../src/ports/candle-store.ts';
import type { Forecast } from '../../src/ports/forecast-store.ts';
import type { Candle } from '../../src/ports/market-data.ts';
import type { Store } from '../../src/ports/store.ts';

/** One place that stores are opened on; the same place keeps what was written. */
export interface StoreHarness {
  open(): Promise<Store>;
  /** Closes what is open and forgets everything. */
  close(): Promise<void>;
}

const MINUTE = 60_000;
const DAY = 86_400_000;
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER };
const BTC = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };
const BTC_DAYS: CandleSource = { ...BTC, interval: '1d', asset: 'BTC', source: 'bybit' };
const ALPHA = asAccountId('alpha');

function candle(openTime: number, close = 64_000.1): Candle {
  return { openTime, open: 0.1 + 0.2, high: 65_000, low: 1e-9, close };
}

function point(minute: number, equity: string | null, account = ALPHA): AccountPoint {
  return {
    account,
    at: minute * MINUTE,
    equityUsd: equity === null ? null : asUsd(dec(equity)),
    initialMarginUsd: asUsd(dec('12.5')),
    maintenanceMarginUsd: asUsd(dec('0.1234567890123456789')),
    healthFactor: null,
  };
}

const FORECAST: Forecast = {
  book: 'desk',
  method: 'fhs',
  day: 20_000,
  madeAt: 20_000 * DAY,
  var99Usd: 1234.5678901234567,
  es975Usd: 1500,
  var95Usd: null,
  var975Usd: 1400.25,
  exposures: [
    { asset: 'BTC', usd: -0.1 },
    { asset: '品种', usd: 1e21 },
  ],
};

/** Midnight of day 50. Two days back is minute 69,120; thirty days back is minute 28,800. */
const NOW_MINUTE = 72_000;
const THINNED = [
  { minute: 27_360, stays: true, why: 'first of its day, beyond 30 days' },
  { minute: 27_375, stays: false, why: 'same day' },
  { minute: 28_799, stays: false, why: 'last minute of that day, just beyond 30 days' },
  { minute: 28_800, stays: true, why: 'first of its quarter, 30 days old' },
  { minute: 28_801, stays: false, why: 'same quarter' },
  { minute: 28_815, stays: true, why: 'next quarter of the same day' },
  {
    minute: 69_104,
    stays: true,
    why: 'the only one of its quarter, although not at its beginning',
  },
  { minute: 69_105, stays: true, why: 'first of its quarter' },
  { minute: 69_106, stays: false, why: 'same quarter' },
  { minute: 69_119, stays: false, why: 'same quarter, just beyond 2 days' },
  { minute: 69_120, stays: true, why: 'exactly 2 days old' },
  { minute: 69_121, stays: true, why: 'younger than 2 days, every minute stays' },
] as const;

async function told<T>(answer: Promise<Result<T, { readonly kind: string }>>): Promise<T> {
  const got = await answer;
  if (!got.ok) return expect.fail(`the store says ${got.error.kind}`);
  return got.value;
}

/** What every Store keeps, whatever it writes to. */
export function storeContract(name: string, harness: () => StoreHarness): void {
  describe(`store contract: ${name}`, () => {
    let place: StoreHarness;
    let store: Store;
    beforeEach(async () => {
      place = harness();
      store = await place.open();
    });
    afterEach(() => place.close());

    test('a new store is empty and takes writes', async () => {
      const query = { instrument: BTC, interval: '1d', ...ALWAYS } as const;
      expect(await told(store.candles.read(query))).toEqual([]);
      expect(await told(store.candles.series('BTC'))).toEqual([]);
      expect(await told(store.funding.read(BTC, ALWAYS))).toEqual([]);
      expect(await told(store.history.read(ALPHA, ALWAYS))).toEqual([]);
      expect(await told(store.history.opening(ALPHA, ALWAYS))).toBeNull();
      expect(await told(store.history.thin(1e12))).toBe(0);
      expect(await told(store.forecasts.read(FORECAST, ALWAYS))).toEqual([]);
      expect(await told(store.readings.read())).toEqual([]);
      expect(await told(store.facts.get('seed'))).toBeNull();
      expect(await told(store.candles.put(BTC_DAYS, []))).toBeNull();
      expect(store.fault()).toBeNull();
    });

    test('candles come back to the last bit, in order, from the range that was asked', async () => {
      await told(store.candles.put(BTC_DAYS, [candle(3), candle(1), candle(2), candle(4)]));
      const read = store.candles.read({ instrument: BTC, interval: '1d', from: 2, to: 4 });
      expect(await told(read)).toEqual([candle(2), candle(3)]);
    });

    test('a candle of the same time is replaced, also within one call', async () => {
      await told(store.candles.put(BTC_DAYS, [candle(1, 5), candle(2, 5)]));
      await told(store.candles.put(BTC_DAYS, [candle(2, 6), candle(2, 7)]));
      const read = store.candles.read({ instrument: BTC, interval: '1d', ...ALWAYS });
      expect(await told(read)).toEqual([candle(1, 5), candle(2, 7)]);
    });

    test('venue, symbol and length keep candles apart; series tells what is there', async () => {
      const many = Array.from({ length: 1201 }, (_, index) => candle(index * DAY));
      await told(store.candles.put(BTC_DAYS, many));
      await told(store.candles.put({ ...BTC_DAYS, interval: '1h' }, [candle(7)]));
      await told(store.candles.put({ ...BTC_DAYS, venue: 'okx' }, [candle(8)]));
      await told(store.candles.put({ ...BTC_DAYS, asset: 'ETH', symbol: 'E' }, [candle(9)]));
      const shared = { asset: 'BTC', ...BTC };
      expect(await told(store.candles.series('BTC'))).toEqual([
        { ...shared, interval: '1d', first: 0, last: 1200 * DAY, candles: 1201 },
        { ...shared, interval: '1h', first: 7, last: 7, candles: 1 },
        { ...shared, venue: 'okx', interval: '1d', first: 8, last: 8, candles: 1 },
      ]);
      const read = store.candles.read({ instrument: BTC, interval: '1h', ...ALWAYS });
      expect(await told(read)).toEqual([candle(7)]);
    });

    test('funding keeps every digit and replaces what was settled at the same time', async () => {
      const rate = (text: string) => asRatio(dec(text));
      const first = { paidAt: 10, rate: rate('0.0001'), intervalMs: 8 };
      const last = { paidAt: 20, rate: rate('-0.1234567890123456789'), intervalMs: null };
      await told(store.funding.put(BTC, [last, first]));
      await told(store.funding.put(BTC, [{ ...first, rate: rate('0.0002') }]));
      await told(store.funding.put({ ...BTC, venue: 'okx' }, [first]));
      expect(await told(store.funding.read(BTC, { from: 10, to: 21 }))).toEqual([
        { ...first, rate: rate('0.0002') },
        last,
      ]);
      expect(await told(store.funding.read(BTC, { from: 11, to: 20 }))).toEqual([]);
    });

    test('of an account and minute the first point stays; not known stays not known', async () => {
      const early = point(100, '1000.10');
      const late = { ...point(100, '2000'), at: 100 * MINUTE + 59_999 };
      await told(store.history.append([early, point(101, null)]));
      await told(store.history.append([late, point(100, '7', asAccountId('beta'))]));
      expect(await told(store.history.read(ALPHA, ALWAYS))).toEqual([early, point(101, null)]);
    });

    test('the opening is the first point at or after a moment', async () => {
      const late = { ...point(100, '1'), at: 100 * MINUTE + 30_000 };
      await told(store.history.append([late, point(101, '2')]));
      const opening = (from: number, to: number) =>
        told(store.history.opening(ALPHA, { from, to }));
      expect(await opening(100 * MINUTE, 200 * MINUTE)).toEqual(late);
      expect(await opening(100 * MINUTE + 30_001, 200 * MINUTE)).toEqual(point(101, '2'));
      expect(await opening(101 * MINUTE, 101 * MINUTE)).toBeNull();
    });

    test('thinning keeps the first point of each slot that age calls for, and again changes nothing', async () => {
      const rows = [...THINNED].sort(() => 1);
      await told(store.history.append(rows.map(({ minute }) => point(minute, '1'))));
      const other = point(27_375, '1', asAccountId('beta'));
      await told(store.history.append([other]));
      const dropped = THINNED.filter(({ stays }) => !stays);
      expect(await told(store.history.thin(NOW_MINUTE * MINUTE + 59_999))).toBe(dropped.length);
      const left = await told(store.history.read(ALPHA, ALWAYS));
      const staying = THINNED.filter(({ stays }) => stays).map(({ minute }) => minute * MINUTE);
      expect(left.map(({ at }) => at)).toEqual(staying);
      expect(await told(store.history.read(other.account, ALWAYS))).toEqual([other]);
      expect(await told(store.history.thin(NOW_MINUTE * MINUTE))).toBe(0);
    });

    test('points before a moment are forgotten, of every account', async () => {
      const other = asAccountId('beta');
      await told(store.history.append([point(1, '1'), point(2, '2'), point(1, '3', other)]));
      expect(await told(store.history.forget(2 * MINUTE))).toBe(2);
      expect(await told(store.history.read(ALPHA, ALWAYS))).toEqual([point(2, '2')]);
      expect(await told(store.history.read(other, ALWAYS))).toEqual([]);
    });

    test('thinning every hour for 40 days leaves what thinning once at the end leaves', async () => {
      const stepwise = asAccountId('stepwise');
      const minutes = Array.from({ length: 1000 }, (_, i) => 30_000 + i * 58);
      await told(store.history.append(minutes.map((minute) => point(minute, '1', stepwise))));
      for (let now = 30_000; now < 88_000; now += 700) await told(store.history.thin(now * MINUTE));
      await told(store.history.append(minutes.map((minute) => point(minute, '1'))));
      await told(store.history.thin(88_000 * MINUTE));
      const times = async (account: typeof ALPHA) =>
        (await told(store.history.read(account, ALWAYS))).map(({ at }) => at);
      expect(await times(stepwise)).toEqual(await times(ALPHA));
    });

    test('a forecast is written once, and so is its outcome', async () => {
      expect(await told(store.forecasts.put(FORECAST))).toBe(true);
      expect(await told(store.forecasts.put({ ...FORECAST, var99Usd: 1 }))).toBe(false);
      const outcome = { pnlUsd: -77.7, recordedAt: 5 };
      expect(await told(store.forecasts.settle(FORECAST, outcome))).toBe(true);
      expect(await told(store.forecasts.settle(FORECAST, { ...outcome, pnlUsd: 1 }))).toBe(false);
      const next = { ...FORECAST, day: 20_001, var95Usd: 3, var975Usd: null, exposures: [] };
      expect(await told(store.forecasts.settle(next, outcome))).toBe(false);
      expect(await told(store.forecasts.put(next))).toBe(true);
      expect(await told(store.forecasts.put({ ...next, method: 'other' }))).toBe(true);
      expect(await told(store.forecasts.read(FORECAST, ALWAYS))).toEqual([
        { ...FORECAST, outcome },
        { ...next, outcome: null },
      ]);
      expect(await told(store.forecasts.read(FORECAST, { from: 1, to: 20_000 }))).toEqual([]);
    });

    test('of an account the newest reading stands, whatever order they come in', async () => {
      const saved = (account: string, readAt: number) => ({
        account: asAccountId(account),
        readAt,
        version: 1,
        body: `{"at":${readAt},"name":"量化策略A"}`,
      });
      await told(store.readings.put([saved('b', 5), saved('a', 5)]));
      await told(store.readings.put([saved('b', 4), saved('a', 6)]));
      expect(await told(store.readings.read())).toEqual([saved('a', 6), saved('b', 5)]);
    });

    test('a fact is replaced by put and kept by settle', async () => {
      expect(await told(store.facts.settle('seed', 'one'))).toBe('one');
      expect(await told(store.facts.settle('seed', 'two'))).toBe('one');
      await told(store.facts.put('seed', 'three'));
      expect(await told(store.facts.get('seed'))).toBe('three');
      expect(await told(store.facts.get('Seed'))).toBeNull();
    });

    test('a figure that is none is refused and leaves nothing behind', async () => {
      const bad = store.candles.put(BTC_DAYS, [candle(1), candle(2, Number.NaN)]);
      expect((await bad).ok).toBe(false);
      const nothing = { ...FORECAST, var99Usd: Number.POSITIVE_INFINITY };
      expect((await store.forecasts.put(nothing)).ok).toBe(false);
      expect(await told(store.candles.series('BTC'))).toEqual([]);
      expect(store.fault()).toBeNull();
    });

    test('what was asked before close is written; what comes after is answered closed', async () => {
      const puts = Array.from({ length: 50 }, (_, i) => store.facts.put(`fact ${i}`, String(i)));
      await Promise.all([store.close(), store.close()]);
      for (const put of puts) expect(await put).toEqual({ ok: true, value: null });
      const closed = { ok: false, error: { kind: 'closed' } };
      expect(await store.facts.get('fact 1')).toEqual(closed);
      expect(await store.facts.put('fact 1', 'x')).toEqual(closed);
      expect(store.fault()).toEqual({ kind: 'closed' });
      const again = await place.open();
      expect(await told(again.facts.get('fact 49'))).toBe('49');
    });
  });
}

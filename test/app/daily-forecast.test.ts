import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type DailyForecastDeps, forecastOnce, varScoreOf } from '../../src/app/daily-forecast.ts';
import type { MarketView } from '../../src/app/market-view.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Store } from '../../src/ports/store.ts';
import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';
import { candleSeries, DAY_MS } from '../../src/risk/statistics/candle-series.ts';
import { varModel } from '../../src/risk/var/var-model.ts';
import type { StoreHarness } from '../contracts/store-contract.ts';
import { type FakeClock, fakeClock } from '../fakes/fake-clock.ts';
import { fakeStorePlace } from '../fakes/fake-store.ts';
import { tempStore } from '../fakes/temp-store.ts';
import { account, desk, instrument, position } from '../risk/sample-desk.ts';
import { LAST_DAY, sampleSeries } from '../risk/var/sample-market.ts';

const MINUTE = 60_000;
const SERIES = { book: 'desk', method: 'fhs' } as const;
const MARKET = ['BTC', 'ETH'].map((asset, i) => sampleSeries(asset, 700, { seed: i + 1 }));
/** The first day whose outcome is foretold here. */
const DAY = LAST_DAY - 1;

const upTo = (day: number) => (series: CandleSeries) =>
  candleSeries(
    series.asset,
    series.candles.filter((candle) => candle.day < day),
  );
const HELD = desk(
  account({
    positions: ['BTC', 'ETH'].map((asset) =>
      position({ instrument: instrument(`${asset}/USDT:USDT`), contracts: '2', mark: '100' }),
    ),
  }),
);

describe.each<{ name: string; place: () => StoreHarness }>([
  { name: 'a store of the fakes', place: fakeStorePlace },
  { name: 'SQLite', place: tempStore },
])('the daily forecast in $name', ({ place: placeOf }) => {
  let place: StoreHarness;
  let store: Store;
  let clock: FakeClock;
  let owed: readonly string[];
  beforeEach(async () => {
    place = placeOf();
    store = await place.open();
    clock = fakeClock(DAY * DAY_MS + 2 * MINUTE);
    owed = [];
  });
  afterEach(() => place.close());

  /** The console as it runs now: what it holds, and which candles have come. */
  const round = (given: { snapshot?: Snapshot; have?: readonly CandleSeries[] } = {}) => {
    const today = Math.floor(clock.now() / DAY_MS);
    const have = given.have ?? MARKET.map(upTo(today));
    const deps: Omit<DailyForecastDeps, 'signal'> = {
      forecasts: store.forecasts,
      lastKnown: () => given.snapshot ?? HELD,
      market: () => marketOf(have, today),
      dailySeries: (asset) => have.find((one) => one.asset === asset) ?? null,
      owe: (assets) => {
        owed = assets;
      },
      clock,
      log: { error: (event) => expect.fail(event), warn: (event) => expect.fail(event) },
    };
    return forecastOnce(deps);
  };
  const stored = async () => {
    const found = await store.forecasts.read(SERIES, { from: 0, to: 100_000 });
    return found.ok ? found.value : expect.fail('no forecasts');
  };

  test('stands before the day has an outcome; the outcome is that of what was held then', async () => {
    await round();
    const [made, ...others] = await stored();
    expect(others).toEqual([]);
    expect(made).toMatchObject({ day: DAY, madeAt: clock.now(), outcome: null });
    expect(made?.var975Usd).toBeGreaterThan(made?.var95Usd ?? Number.NaN);
    expect(made?.var99Usd).toBeGreaterThan(made?.var975Usd ?? Number.NaN);
    expect(owed.toSorted()).toEqual(['BTC', 'ETH']);

    // The next day: everything was sold, and nobody holds a coin any more.
    await clock.advance(DAY_MS);
    const flat = desk(account({ positions: [] }));
    await round({ snapshot: flat });
    const [settled] = await stored();
    const profit = MARKET.map(({ candles }) => {
      const close = (day: number) => candles.find((candle) => candle.day === day)?.close ?? 0;
      return 200 * (close(DAY) / close(DAY - 1) - 1);
    });
    expect(settled?.outcome?.pnlUsd).toBeCloseTo((profit[0] ?? 0) + (profit[1] ?? 0), 9);
    const score = await varScoreOf(store.forecasts, clock.now());
    expect(score).toMatchObject({ var99: { scoredDays: 1 }, unscored: { late: 0 } });
    expect(score?.z2).not.toBeNull();
  });

  test('a restart or a later round changes nothing of a day', async () => {
    await round();
    const before = await stored();
    await clock.advance(30 * MINUTE);
    store = await place.open();
    await round({
      snapshot: desk(account({ positions: HELD.accounts[0]?.positions.slice(1) ?? [] })),
    });
    expect(await stored()).toEqual(before);
  });

  test('is not made over a desk with a hole in it', async () => {
    const accounts = HELD.accounts.map((one) => ({ ...one, status: 'stale' as const }));
    await round({ snapshot: { ...HELD, accounts } });
    expect(await stored()).toEqual([]);
  });

  test('waits for the last asset to have its candle, and not for ever', async () => {
    const have = MARKET.map((series, i) => upTo(i === 0 ? DAY : DAY - 30)(series));
    await round({ have });
    expect(await stored()).toEqual([]);
    await clock.advance(44 * MINUTE);
    await round({ have });
    const [made] = await stored();
    // It says what it is of, and is scored as that.
    expect(made?.exposures.map(({ asset }) => asset)).toEqual(['BTC']);
    await clock.advance(DAY_MS);
    await round();
    expect((await stored())[0]?.outcome).not.toBeNull();
    const score = await varScoreOf(store.forecasts, clock.now());
    expect(score).toMatchObject({ var99: { scoredDays: 1 }, unscored: { late: 0 } });
  });

  test('made at noon it is kept, and not scored', async () => {
    await clock.advance(12 * 60 * MINUTE);
    await round();
    await clock.advance(DAY_MS);
    await round({ snapshot: desk(account({ positions: [] })) });
    const score = await varScoreOf(store.forecasts, clock.now());
    expect(score).toMatchObject({ var99: null, unscored: { late: 1 } });
  });
});

function marketOf(series: readonly CandleSeries[], today: number): MarketView {
  const behind = series.filter(({ candles }) => candles.at(-1)?.day !== today - 1);
  return {
    series,
    varModel: varModel({ series, asOfDay: today - 1 }),
    outlooks: new Map(),
    fundingAnnual: new Map(),
    payments: new Map(),
    gaps: behind.map(({ asset }) => ({
      what: 'candles',
      subject: asset,
      reason: { kind: 'not-read-yet' },
      lastGoodAt: null,
    })),
  };
}

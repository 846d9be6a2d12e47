import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dec } from '../../../src/domain/decimal.ts';
import { asUsd } from '../../../src/domain/units.ts';
import type { DailyCandle } from '../../../src/risk/statistics/candle-series.ts';
import { candleSeries } from '../../../src/risk/statistics/candle-series.ts';
import { assessParametricVar, assessVar } from '../../../src/risk/var/assess-var.ts';
import { fitGarchFilters } from '../../../src/risk/var/filters.ts';
import { netExposures } from '../../../src/risk/var/net-exposure.ts';
import type { KnownVar, NetExposure, VarAnswer } from '../../../src/risk/var/var-answer.ts';
import { varModel } from '../../../src/risk/var/var-model.ts';
import { LAST_DAY, sampleSeries, without } from './sample-market.ts';

const SEED = 20_260_712;
const BTC = sampleSeries('BTC', 800, { noise: 0.005, seed: 1 });
const ETH = sampleSeries('ETH', 800, { beta: 1.3, seed: 2 });
const SOL = sampleSeries('SOL', 400, { beta: 1.5, noise: 0.03, seed: 3 });
const series = [BTC, ETH, SOL];
const model = varModel({ series, asOfDay: LAST_DAY, garch: fitGarchFilters(series, LAST_DAY) });

function known(answer: VarAnswer): KnownVar {
  if (answer.kind !== 'known') throw new Error(`unknown: ${answer.reason}`);
  return answer;
}

const book = (usd: Readonly<Record<string, number | null>>): NetExposure[] =>
  Object.entries(usd).map(([asset, amount]) => ({ asset, usd: amount }));

const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
const anyBook = fc.record({ BTC: amount, ETH: amount, SOL: amount });
const near = (a: number, b: number, scale: number): boolean =>
  Math.abs(a - b) <= 1e-9 * scale + 1e-6;
const grossOf = (usd: Record<string, number>): number =>
  Object.values(usd).reduce((sum, x) => sum + Math.abs(x), 1);

describe.each([
  { name: 'filtered historical simulation', assess: assessVar },
  { name: 'the parametric answer', assess: assessParametricVar },
])('$name', ({ assess }) => {
  test('components add up to the totals, whatever the book', () => {
    fc.assert(
      fc.property(anyBook, (usd) => {
        const { components, var99Usd, es975Usd } = known(assess(model, book(usd)));
        const sum = (of: 'var99Usd' | 'es975Usd'): number =>
          components.reduce((total, one) => total + one[of], 0);
        const scale = grossOf(usd);
        return near(sum('var99Usd'), var99Usd, scale) && near(sum('es975Usd'), es975Usd, scale);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  test('ES of two books together is at most the sum of both; ten times the book is ten times the loss', () => {
    fc.assert(
      fc.property(anyBook, anyBook, (a, b) => {
        const es = (usd: Record<string, number>): number =>
          known(assess(model, book(usd))).es975Usd;
        const both = { BTC: a.BTC + b.BTC, ETH: a.ETH + b.ETH, SOL: a.SOL + b.SOL };
        const ten = { BTC: a.BTC * 10, ETH: a.ETH * 10, SOL: a.SOL * 10 };
        const scale = grossOf(a) + grossOf(b);
        return es(both) <= es(a) + es(b) + 1e-9 * scale && near(es(ten), 10 * es(a), 10 * scale);
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('the order of assets changes nothing', () => {
    const usd = { BTC: 100_000, ETH: -80_000, SOL: 30_000 };
    const answer = known(assess(model, book(usd)));
    const reversed = known(assess(model, book(usd).toReversed()));
    expect(reversed.var99Usd).toBeCloseTo(answer.var99Usd, 6);
    expect(reversed.components.map(({ asset }) => asset)).toEqual(
      answer.components.map(({ asset }) => asset),
    );
  });

  test('a flat desk loses nothing, and no exposure at all is known to be nothing', () => {
    for (const exposures of [[], book({ BTC: 0, XYZ: 0 })]) {
      const answer = known(assess(model, exposures));
      expect([answer.var99Usd, answer.es975Usd, answer.var95Usd]).toEqual([0, 0, 0]);
      expect(answer.omitted).toEqual([]);
    }
  });
});

describe('what goes into the answer', () => {
  test('method, days and filters are named; the deeper tail is the larger loss', () => {
    const answer = known(assessVar(model, book({ BTC: 100_000, SOL: 100_000 })));
    expect(answer).toMatchObject({
      ...{ method: 'fhs', fallback: null, scenarioDays: 500, asOfDay: LAST_DAY },
      garchAssets: ['BTC'],
      completed: [{ asset: 'SOL', observedDays: 369, drawnDays: 131, after: 'BTC' }],
    });
    expect(answer.var95Usd).toBeLessThan(answer.var975Usd);
    expect(answer.var975Usd).toBeLessThan(answer.var99Usd);
    expect(answer.es975Usd).toBeGreaterThan(answer.var975Usd);
  });

  test('the simulation of a calm normal market is near the normal law', () => {
    const answer = known(assessVar(model, book({ BTC: 1_000_000 })));
    const normal = known(assessParametricVar(model, book({ BTC: 1_000_000 })));
    const sigma = answer.components[0]?.dailyVolatility ?? Number.NaN;
    expect(answer.var99Usd / (2.326 * sigma * 1_000_000)).toBeCloseTo(1, 0);
    expect(normal.es975Usd / normal.var99Usd).toBeCloseTo(2.3378 / 2.3263, 3);
    expect(normal.garchAssets).toEqual([]);
  });

  test('what cannot be counted is named, and the rest still answers', () => {
    const exposures = book({ BTC: 100_000, XYZ: -5_000, ETH: null, SOL: Number.NaN });
    const answer = known(assessVar(model, exposures));
    expect(answer.omitted).toEqual([
      { asset: 'XYZ', exposureUsd: -5_000, reason: 'no-candles' },
      { asset: 'ETH', exposureUsd: null, reason: 'exposure-unknown' },
      { asset: 'SOL', exposureUsd: null, reason: 'exposure-unknown' },
    ]);
    expect(answer.components.map(({ asset }) => asset)).toEqual(['BTC']);
  });

  test('a hedge of one coin against itself needs no candles', () => {
    expect(known(assessVar(model, book({ BTC: 10, DELISTED: 0 }))).omitted).toEqual([]);
  });

  test('exact money becomes doubles at one place', () => {
    const byAsset = [
      { asset: 'BTC', netUsd: asUsd(dec('120000.123456789')) },
      { asset: 'ETH', netUsd: null },
    ];
    const report = { byAsset } as unknown as Parameters<typeof netExposures>[0];
    expect(netExposures(report)).toEqual([
      { asset: 'BTC', usd: 120000.123456789 },
      { asset: 'ETH', usd: null },
    ]);
  });

  test('a price cannot fall below zero: a long loses at most itself', () => {
    const calm = sampleSeries('MEME', 800, { beta: 0, noise: 0.03, seed: 8 });
    // A crash long ago, a wild fortnight at the end: rescaled to the fortnight it would be several times 100 %.
    const wild = calm.candles.map((candle, i): DailyCandle => {
      const crashed = i < 500 ? candle.close : candle.close / 4;
      const close = i < 786 ? crashed : crashed * (i % 2 === 0 ? 1.3 : 0.8);
      return { day: candle.day, open: close, high: close, low: close, close };
    });
    const meme = varModel({ series: [candleSeries('MEME', wild)], asOfDay: LAST_DAY });
    const { residuals, dailyVolatility } = meme.assets.get('MEME') ?? { residuals: [] };
    expect(Math.min(...residuals) * (dailyVolatility ?? Number.NaN)).toBeLessThan(-1);
    expect(known(assessVar(meme, book({ MEME: 1000 }))).es975Usd).toBeLessThanOrEqual(1000);
  });
});

describe('data that is not good enough', () => {
  const shortModel = (days: number) =>
    varModel({ series: [sampleSeries('BTC', days)], asOfDay: LAST_DAY });

  test.each([
    { why: 'enough to simulate', days: 281, method: 'fhs', fallback: null },
    { why: 'one day short', days: 280, method: 'parametric-ewma', fallback: 'too-little-history' },
    {
      why: 'just enough for EWMA',
      days: 61,
      method: 'parametric-ewma',
      fallback: 'too-little-history',
    },
  ])('$why: $days candles, $method', ({ days, method, fallback }) => {
    const answer = known(assessVar(shortModel(days), book({ BTC: 1000 })));
    expect(answer).toMatchObject({ method, fallback });
    expect(answer.var99Usd).toBeGreaterThan(0);
  });

  test.each([
    { why: 'one candle too few', of: sampleSeries('BTC', 60), reason: 'too-little-history' },
    { why: 'no candle at all', of: candleSeries('BTC', []), reason: 'no-candles' },
    { why: 'delisted', of: without(BTC, (day) => day > LAST_DAY - 4), reason: 'stale-candles' },
    {
      why: 'only days to come',
      of: without(BTC, (day) => day <= LAST_DAY - 2),
      reason: 'stale-candles',
      asOfDay: LAST_DAY - 10,
    },
    {
      why: 'every other day missing',
      of: without(BTC, (day) => day % 2 === 0),
      reason: 'too-little-history',
    },
    {
      why: 'a price that stands still',
      of: sampleSeries('BTC', 800, { beta: 0, noise: 0 }),
      reason: 'no-movement',
    },
  ])('$why: $reason', ({ of, reason, asOfDay = LAST_DAY }) => {
    const broken = varModel({ series: [of], asOfDay });
    expect(assessVar(broken, book({ BTC: 1000 }))).toEqual({
      ...{ kind: 'unknown', reason, asOfDay },
      omitted: [{ asset: 'BTC', exposureUsd: 1000, reason }],
    });
  });

  test('a candle three days old still serves', () => {
    const late = without(BTC, (day) => day > LAST_DAY - 3);
    expect(assessVar(varModel({ series: [late], asOfDay: LAST_DAY }), book({ BTC: 1 })).kind).toBe(
      'known',
    );
  });

  test('no exposure that is known: unknown, by that reason', () => {
    expect(assessVar(model, book({ BTC: null }))).toMatchObject({
      ...{ kind: 'unknown', reason: 'exposure-unknown' },
    });
  });

  test('the running day and later candles change nothing', () => {
    const asOfDay = LAST_DAY - 30;
    const seen = [without(BTC, (day) => day > asOfDay)];
    const garch = fitGarchFilters(seen, asOfDay);
    expect(fitGarchFilters([BTC], asOfDay)).toEqual(garch);
    expect(varModel({ series: [BTC], asOfDay, garch })).toEqual(
      varModel({ series: seen, asOfDay, garch }),
    );
  });

  test('holes cost their days, not the model', () => {
    const holes = without(BTC, (day) => day % 50 === 0);
    const answer = known(
      assessVar(varModel({ series: [ETH, holes], asOfDay: LAST_DAY }), book({ BTC: 1000 })),
    );
    expect(answer.completed).toEqual([
      { asset: 'BTC', observedDays: 480, drawnDays: 20, after: 'ETH' },
    ]);
  });
});

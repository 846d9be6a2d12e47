import { describe, expect, test } from 'vitest';
import { DAY_MS } from '../../../src/risk/statistics/candle-series.ts';
import { kupiec } from '../../../src/risk/statistics/coverage-tests.ts';
import { assessVar } from '../../../src/risk/var/assess-var.ts';
import type { VarForecast } from '../../../src/risk/var/forecast.ts';
import { forecastOutcomeUsd, makeForecast } from '../../../src/risk/var/forecast.ts';
import type { SettledForecast } from '../../../src/risk/var/score-forecasts.ts';
import { scoreForecasts } from '../../../src/risk/var/score-forecasts.ts';
import { varModel } from '../../../src/risk/var/var-model.ts';
import { LAST_DAY, sampleSeries, without } from './sample-market.ts';

const BTC = sampleSeries('BTC', 400);
const HOUR_MS = 3_600_000;

function forecastFor(day: number, more: Partial<SettledForecast> = {}): SettledForecast {
  return {
    ...{ day, madeAt: day * DAY_MS + 60_000, method: 'fhs' },
    ...{ var99Usd: 100, es975Usd: 110, var95Usd: 50, var975Usd: 90 },
    exposures: [{ asset: 'BTC', usd: 1000 }],
    outcome: { pnlUsd: 10 },
    ...more,
  };
}

describe('a forecast', () => {
  test('is of the day after the last closed one, and carries the book it is of', () => {
    const model = varModel({ series: [BTC], asOfDay: LAST_DAY - 1 });
    const answer = assessVar(model, [
      { asset: 'BTC', usd: -1000 },
      { asset: 'XYZ', usd: 7 },
    ]);
    const forecast = makeForecast(answer, 5);
    expect(forecast).toMatchObject({
      ...{ day: LAST_DAY, madeAt: 5, method: 'fhs', exposures: [{ asset: 'BTC', usd: -1000 }] },
    });
    const closes = BTC.candles.slice(-2).map(({ close }) => close) as [number, number];
    expect(forecastOutcomeUsd(forecast as VarForecast, [BTC])).toBeCloseTo(
      -1000 * (closes[1] / closes[0] - 1),
      9,
    );
  });

  test('is not made of an answer that is not known', () => {
    const model = varModel({ series: [], asOfDay: LAST_DAY });
    expect(makeForecast(assessVar(model, [{ asset: 'BTC', usd: 1 }]), 5)).toBeNull();
  });

  test.each([
    { why: 'the day is not over', series: without(BTC, (day) => day === LAST_DAY) },
    { why: 'the day before is missing', series: without(BTC, (day) => day === LAST_DAY - 1) },
    { why: 'another asset', series: { ...BTC, asset: 'ETH' } },
  ])('has no outcome while $why', ({ series }) => {
    expect(forecastOutcomeUsd(forecastFor(LAST_DAY), [series])).toBeNull();
  });

  test('a leg of nothing needs no candle', () => {
    const empty = forecastFor(LAST_DAY, { exposures: [{ asset: 'GONE', usd: 0 }] });
    expect(forecastOutcomeUsd(empty, [])).toBe(0);
  });
});

describe('scores of stored forecasts', () => {
  test('breaks are losses beyond, not at, the forecast', () => {
    const rows = [-101, -100, -60, -50, 500].map((pnlUsd, i) =>
      forecastFor(100 + i, { outcome: { pnlUsd } }),
    );
    const { var99, var95, z2 } = scoreForecasts(rows);
    expect([var99?.breaks, var95?.breaks, var99?.scoredDays]).toEqual([1, 3, 5]);
    expect(var99?.coverage.unconditional).toEqual(kupiec(5, 1, 0.01));
    expect(z2).toBeCloseTo(1 - (101 + 100) / 110 / (5 * 0.025), 12);
  });

  test.each([
    {
      why: 'made when the day was an hour old',
      more: { madeAt: 100 * DAY_MS + HOUR_MS },
      as: 'late',
    },
    { why: 'of a flat desk', more: { var99Usd: 0 }, as: 'flat' },
    { why: 'without outcome yet', more: { outcome: null }, as: 'open' },
  ] as const)('a forecast $why does not count', ({ more, as }) => {
    const score = scoreForecasts([forecastFor(100, more)]);
    expect(score).toMatchObject({ var99: null, var95: null, z2: null });
    expect(score.unscored[as]).toBe(1);
  });

  test('made a millisecond earlier it counts', () => {
    const row = forecastFor(100, { madeAt: 100 * DAY_MS + HOUR_MS - 1 });
    expect(scoreForecasts([row]).var99?.scoredDays).toBe(1);
  });

  test('the first of a day stands; in any order', () => {
    const second = forecastFor(100, { madeAt: 100 * DAY_MS + 70_000, var99Usd: 1 });
    const first = forecastFor(100, { outcome: { pnlUsd: -50 } });
    const score = scoreForecasts([second, first]);
    expect([score.var99?.breaks, score.unscored.repeated]).toEqual([0, 1]);
  });

  test('a day nobody forecast ends the chain of transitions', () => {
    const loss = { outcome: { pnlUsd: -200 } };
    const score = scoreForecasts([forecastFor(102, loss), forecastFor(100, loss)]);
    expect(score.var99?.coverage).toMatchObject({ n00: 0, n01: 0, n10: 0, n11: 0 });
    expect(score.var99?.breaks).toBe(2);
  });

  test('levels that were not recorded have no score', () => {
    const score = scoreForecasts([forecastFor(100, { var95Usd: null, var975Usd: null })]);
    expect(score).toMatchObject({ var95: null, z2: null });
    expect(score.var99).not.toBeNull();
  });

  test('nothing stored, nothing said', () => {
    expect(scoreForecasts([])).toEqual({
      ...{ var99: null, var95: null, z2: null },
      unscored: { open: 0, late: 0, flat: 0, repeated: 0 },
    });
  });
});

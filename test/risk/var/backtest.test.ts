import { describe, expect, test } from 'vitest';
import { hasCandleFiles, readCandles } from '../../../bench/backtest/candle-files.ts';
import { runVarBacktest } from '../../../bench/backtest/run-var-backtest.ts';
import { scoreVarBacktest } from '../../../bench/backtest/score-var-backtest.ts';
import { VAR_BOOKS } from '../../../bench/backtest/var-books.ts';
import { utcDay } from '../../../src/risk/statistics/candle-series.ts';

/** Recent years only, to be quick; bench/var-backtest.ts prints the table of all seven books and all days. */
const FIRST_DAY = utcDay(Date.parse('2022-01-01'));

describe.skipIf(!hasCandleFiles)('one-day VaR on real days', () => {
  const books = VAR_BOOKS.filter(({ name }) => name.startsWith('SOL'));
  const run = () => {
    const series = readCandles('SOL');
    const candles = { ...series, candles: series.candles.filter(({ day }) => day >= FIRST_DAY) };
    return runVarBacktest(books, new Map([['SOL', candles]]), 50);
  };

  test('filtered historical simulation holds its coverage where the normal law does not', () => {
    const days = run();
    const score = (method: Parameters<typeof scoreVarBacktest>[1]) =>
      scoreVarBacktest(days, method, 'HS 500');
    const filtered = score('FHS GARCH(1,1)');
    expect(filtered.tests).toHaveLength(6);
    expect(filtered.conditionalPasses).toBe(6);
    expect(score('EWMA 0.94 normal').conditionalPasses).toBeLessThan(4);
    for (const loss of filtered.tickLoss) expect(loss).toBeLessThan(1);
    expect(Math.abs(filtered.meanZ2)).toBeLessThan(0.2);
  });
});

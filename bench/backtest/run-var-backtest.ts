import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';
import { dailyReturns } from '../../src/risk/statistics/daily-returns.ts';
import {
  ascending,
  expectedShortfall,
  quantileType7,
} from '../../src/risk/statistics/historical-tail.ts';
import { assessParametricVar, assessVar } from '../../src/risk/var/assess-var.ts';
import type { GarchByAsset } from '../../src/risk/var/filters.ts';
import { fitGarchFilters } from '../../src/risk/var/filters.ts';
import type { VarAnswer } from '../../src/risk/var/var-answer.ts';
import { SCENARIO_DAYS, varModel } from '../../src/risk/var/var-model.ts';
import type { Book } from './var-books.ts';

/** Losses forecast for one day, positive; ES beside the VaR of the same tail. */
export interface DayForecast {
  readonly var95: number;
  readonly var975: number;
  readonly var99: number;
  readonly es975: number;
}

export interface BacktestDay {
  readonly day: number;
  /** What the book made, a loss negative. */
  readonly pnl: number;
  readonly forecasts: Readonly<Record<Method, DayForecast>>;
}

export const METHODS = ['FHS GARCH(1,1)', 'FHS EWMA 0.94', 'EWMA 0.94 normal', 'HS 500'] as const;
export type Method = (typeof METHODS)[number];

/**
 * One forecast a day from the day the book has 500 returns, each from candles up to the day before, by the
 * functions that the console answers with. GARCH parameters are fitted anew every `refitDays`.
 */
export function runVarBacktest(
  books: readonly Book[],
  candles: ReadonlyMap<string, CandleSeries>,
  refitDays: number,
): ReadonlyMap<string, readonly BacktestDay[]> {
  const days = new Map<string, readonly BacktestDay[]>();
  const groups = Map.groupBy(books, ({ usd }) => Object.keys(usd).join());
  for (const [key, members] of groups) {
    const series = key.split(',').map((asset) => known(candles.get(asset)));
    for (const [book, rows] of runGroup(members, series, refitDays)) days.set(book, rows);
  }
  return days;
}

function runGroup(
  books: readonly Book[],
  series: readonly CandleSeries[],
  refitDays: number,
): ReadonlyMap<string, BacktestDay[]> {
  const rows = new Map(books.map(({ name }) => [name, [] as BacktestDay[]]));
  const profits = books.map((book) => ({ book, ...profitsOf(book, series) }));
  const days = profits[0]?.days ?? [];
  let garch: GarchByAsset = new Map();
  for (let t = SCENARIO_DAYS; t < days.length; t += 1) {
    const day = known(days[t]);
    const asOfDay = day - 1;
    if ((t - SCENARIO_DAYS) % refitDays === 0) garch = fitGarchFilters(series, asOfDay);
    const filtered = varModel({ series, asOfDay, garch });
    const plain = varModel({ series, asOfDay });
    for (const { book, pnl } of profits) {
      const exposures = Object.entries(book.usd).map(([asset, usd]) => ({ asset, usd }));
      rows.get(book.name)?.push({
        day,
        pnl: known(pnl[t]),
        forecasts: {
          'FHS GARCH(1,1)': figures(assessVar(filtered, exposures), 'fhs'),
          'FHS EWMA 0.94': figures(assessVar(plain, exposures), 'fhs'),
          'EWMA 0.94 normal': figures(assessParametricVar(plain, exposures), 'parametric-ewma'),
          'HS 500': historical(pnl.slice(t - SCENARIO_DAYS, t)),
        },
      });
    }
  }
  return rows;
}

/** The book's profit on every day that all its assets have a return. */
function profitsOf(
  book: Book,
  series: readonly CandleSeries[],
): { readonly days: readonly number[]; readonly pnl: readonly number[] } {
  const moves = series.map((one) => {
    const { days, values } = dailyReturns(one, 'simple');
    return {
      usd: known(book.usd[one.asset]),
      by: new Map(Array.from(days, (day, i) => [day, values[i]])),
    };
  });
  const days = [...known(moves[0]).by.keys()].filter((day) => moves.every(({ by }) => by.has(day)));
  const pnl = days.map((day) =>
    moves.reduce((sum, { usd, by }) => sum + usd * known(by.get(day)), 0),
  );
  return { days, pnl };
}

function figures(answer: VarAnswer, method: 'fhs' | 'parametric-ewma'): DayForecast {
  if (answer.kind !== 'known' || answer.method !== method) throw new Error(`no ${method} forecast`);
  const { var95Usd, var975Usd, var99Usd, es975Usd } = answer;
  return { var95: var95Usd, var975: var975Usd, var99: var99Usd, es975: es975Usd };
}

function historical(pnl: readonly number[]): DayForecast {
  const sorted = ascending(pnl);
  const at = (tail: number): number => -quantileType7(sorted, tail);
  return {
    var95: at(0.05),
    var975: at(0.025),
    var99: at(0.01),
    es975: expectedShortfall(sorted, 0.025),
  };
}

function known<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('a candle that must be there is not');
  return value;
}

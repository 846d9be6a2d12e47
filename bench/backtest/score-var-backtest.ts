import { acerbiSzekelyZ2 } from '../../src/risk/statistics/acerbi-szekely.ts';
import type { Christoffersen } from '../../src/risk/statistics/coverage-tests.ts';
import { christoffersen } from '../../src/risk/statistics/coverage-tests.ts';
import type { BacktestDay, DayForecast, Method } from './run-var-backtest.ts';

const TAILS = [
  { tail: 0.05, name: 'var95' },
  { tail: 0.025, name: 'var975' },
  { tail: 0.01, name: 'var99' },
] as const;

interface TestLine {
  readonly book: string;
  readonly tail: number;
  readonly days: number;
  readonly breaks: number;
  readonly coverage: Christoffersen;
}

export interface MethodScore {
  readonly method: Method;
  readonly tests: readonly TestLine[];
  readonly kupiecPasses: number;
  readonly independencePasses: number;
  readonly conditionalPasses: number;
  /** Mean over books, at 5, 2.5 and 1 %. */
  readonly hitRates: readonly number[];
  readonly meanZ2: number;
  /** Mean over books of tick loss ÷ that of the benchmark method, at 5, 2.5 and 1 %. */
  readonly tickLoss: readonly number[];
}

type Days = ReadonlyMap<string, readonly BacktestDay[]>;

/** Tests at 5 %: passed when p > 0.05. */
export const SIGNIFICANCE = 0.05;

export function scoreVarBacktest(days: Days, method: Method, benchmark: Method): MethodScore {
  const tests = [...days].flatMap(([book, rows]) =>
    TAILS.map((at) => testLine(book, rows, { method, ...at })),
  );
  const passes = (part: 'unconditional' | 'independence' | 'conditional'): number =>
    tests.filter(({ coverage }) => coverage[part].pValue > SIGNIFICANCE).length;
  return {
    method,
    tests,
    kupiecPasses: passes('unconditional'),
    independencePasses: passes('independence'),
    conditionalPasses: passes('conditional'),
    hitRates: TAILS.map(({ tail }) =>
      mean(tests.filter((test) => test.tail === tail).map(({ breaks, days: n }) => breaks / n)),
    ),
    meanZ2: mean([...days.values()].map((rows) => z2(rows, method))),
    tickLoss: TAILS.map((at) =>
      mean(
        [...days.values()].map(
          (rows) =>
            tickLoss(rows, { method, ...at }) / tickLoss(rows, { method: benchmark, ...at }),
        ),
      ),
    ),
  };
}

interface At {
  readonly method: Method;
  readonly tail: number;
  readonly name: keyof DayForecast;
}

function testLine(
  book: string,
  rows: readonly BacktestDay[],
  { method, tail, name }: At,
): TestLine {
  const hits = rows.map(({ pnl, forecasts }) => -pnl > forecasts[method][name]);
  const breaks = hits.filter((hit) => hit).length;
  return { book, tail, days: rows.length, breaks, coverage: christoffersen(hits, tail) };
}

function z2(rows: readonly BacktestDay[], method: Method): number {
  return acerbiSzekelyZ2(
    rows.map(({ pnl, forecasts }) => ({
      pnl,
      valueAtRisk: forecasts[method].var975,
      shortfall: forecasts[method].es975,
    })),
    0.025,
  );
}

/** The quantile's own loss function: (tail − [pnl < q])(pnl − q). Smaller is better, hits and width judged at once. */
function tickLoss(rows: readonly BacktestDay[], { method, tail, name }: At): number {
  return rows.reduce((sum, { pnl, forecasts }) => {
    const excess = pnl + forecasts[method][name];
    return sum + (tail - (excess < 0 ? 1 : 0)) * excess;
  }, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

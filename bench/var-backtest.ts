import { FIT_DAYS } from '../src/risk/var/filters.ts';
import { SCENARIO_DAYS } from '../src/risk/var/var-model.ts';
import { hasCandleFiles, readCandles } from './backtest/candle-files.ts';
import { METHODS, runVarBacktest } from './backtest/run-var-backtest.ts';
import type { MethodScore } from './backtest/score-var-backtest.ts';
import { SIGNIFICANCE, scoreVarBacktest } from './backtest/score-var-backtest.ts';
import { FIRST_DAY, VAR_BOOKS } from './backtest/var-books.ts';

const REFIT_DAYS = 20;

const percent = (value: number, digits = 2): string => `${(value * 100).toFixed(digits)} %`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

function tableLine(score: MethodScore): string {
  const { method, tests, hitRates, meanZ2, tickLoss } = score;
  const rates = hitRates.map((rate) => (rate * 100).toFixed(2)).join(' / ');
  const ticks = tickLoss.map((loss) => loss.toFixed(3)).join(' / ');
  const passes = [score.kupiecPasses, score.independencePasses, score.conditionalPasses];
  const of = passes.map((count) => `${count} of ${tests.length}`).join(' | ');
  return `| ${method} | ${of} | ${rates} % | ${meanZ2.toFixed(2)} | ${ticks} |`;
}

function main(): void {
  if (!hasCandleFiles) {
    say('No candles: set PLIMSOLL_FIXTURES to a folder with candles/*.csv.');
    process.exitCode = 1;
    return;
  }
  const candles = new Map(
    ['BTC', 'ETH', 'SOL'].map((asset) => {
      const series = readCandles(asset);
      return [asset, { ...series, candles: series.candles.filter(({ day }) => day >= FIRST_DAY) }];
    }),
  );
  const days = runVarBacktest(VAR_BOOKS, candles, REFIT_DAYS);
  const scores = METHODS.map((method) => scoreVarBacktest(days, method, 'HS 500'));
  say(
    `One-day VaR, ${VAR_BOOKS.length} books, tails 5, 2.5 and 1 %, tests at ${SIGNIFICANCE * 100} %.`,
  );
  say(
    `Scenarios: last ${SCENARIO_DAYS} days. Parameters: last ${FIT_DAYS} days, refitted every ${REFIT_DAYS}.`,
  );
  for (const [book, rows] of days) say(`- ${book}: ${rows.length} forecasts`);
  say('');
  say(
    '| Method | Kupiec | independence | conditional coverage | mean hit rate at 5 / 2.5 / 1 % | mean Z2 at 2.5 % | tick loss 5 / 2.5 / 1 % (HS 500 = 1) |',
  );
  say('|---|---|---|---|---|---|---|');
  for (const score of scores) say(tableLine(score));
  say('');
  say('Conditional coverage refused:');
  for (const { method, tests } of scores) {
    const refused = tests.filter(({ coverage }) => coverage.conditional.pValue <= SIGNIFICANCE);
    const lines = refused.map(
      ({ book, tail, days: count, breaks, coverage }) =>
        `${book} at ${percent(tail, 1)} (${breaks} of ${count}, p ${coverage.conditional.pValue.toFixed(3)})`,
    );
    say(`- ${method}: ${lines.join('; ') || 'none'}`);
  }
}

main();

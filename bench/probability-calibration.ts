import {
  calibrateProbability,
  meanLogLoss,
  PROBABILITY_METHODS,
} from './backtest/calibrate-probability.ts';
import { hasCandleFiles, readCandles } from './backtest/candle-files.ts';

const ASSETS = ['BTC', 'ETH', 'SOL'];

const percent = (value: number): string => `${(value * 100).toFixed(2)} %`;
const say = (...cells: readonly string[]): void =>
  void process.stdout.write(`| ${cells.join(' | ')} |\n`);

function main(): void {
  if (!hasCandleFiles) {
    process.stdout.write('No candles: set PLIMSOLL_FIXTURES to a folder with candles/*.csv.\n');
    process.exitCode = 1;
    return;
  }
  const scores = calibrateProbability(ASSETS.map(readCandles));
  const days = scores[0]?.days ?? 0;
  process.stdout.write(
    `Chance that a barrier is touched within 24 h: ${ASSETS.join(', ')}, long and short, ${days} days in all.\n` +
      'Horizons of 1 h and 8 h are not calibrated here: there are only daily candles.\n\n',
  );
  say('barrier', 'realised', ...PROBABILITY_METHODS);
  say('---', '---', ...PROBABILITY_METHODS.map(() => '---'));
  for (const { distance, realised, methods } of scores) {
    const told = PROBABILITY_METHODS.map((method) => percent(methods[method].mean));
    say(percent(distance), percent(realised), ...told);
  }
  const losses = PROBABILITY_METHODS.map((method) => meanLogLoss(scores, method).toFixed(4));
  say('mean log-loss', '–', ...losses);
}

main();

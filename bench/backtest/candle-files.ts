import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';
import { candleSeries, utcDay } from '../../src/risk/statistics/candle-series.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const folder = join(
  process.env['PLIMSOLL_FIXTURES'] ?? resolve(root, '../shared/fixtures'),
  'candles',
);

export const hasCandleFiles = existsSync(folder);

/** Daily candles of an asset from the fixtures: lines of date,open,high,low,close below a header. */
export function readCandles(asset: string): CandleSeries {
  const lines = readFileSync(join(folder, `${asset}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  const rows = lines.map((line) => {
    const [date = '', ...prices] = line.split(',');
    const [open, high, low, close] = prices.map(Number) as [number, number, number, number];
    return { day: utcDay(Date.parse(date)), open, high, low, close };
  });
  return candleSeries(asset, rows);
}

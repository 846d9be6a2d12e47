import type { CandleSource } from '../../../src/ports/candle-store.ts';
import type { Candle } from '../../../src/ports/market-data.ts';

/** Every tenth number is written as this many rows in one call: all or nothing. */
const BATCH = 25;

export const TORTURE: CandleSource = {
  venue: 'torture',
  symbol: 'KILL/USDT:USDT',
  interval: '1h',
  asset: 'KILL',
  source: 'test',
};

export const rowCount = (number: number): number => (number % 10 === 9 ? BATCH : 1);

/** The rows of a number; it can be read back from each of them. */
export function rowsOf(number: number): Candle[] {
  return Array.from({ length: rowCount(number) }, (_, part) => ({
    openTime: number * 100 + part,
    open: number,
    high: number,
    low: number,
    close: number,
  }));
}

export const numberOf = (openTime: number): number => Math.floor(openTime / 100);

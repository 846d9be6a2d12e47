import { utcDay } from '../../src/risk/statistics/candle-series.ts';

export interface Book {
  readonly name: string;
  /** USD per asset. */
  readonly usd: Readonly<Record<string, number>>;
}

/** The seven books of the published comparison; amounts only set the scale. */
export const VAR_BOOKS: readonly Book[] = [
  { name: 'BTC long', usd: { BTC: 1 } },
  { name: 'ETH long', usd: { ETH: 1 } },
  { name: 'SOL long', usd: { SOL: 1 } },
  { name: 'BTC short', usd: { BTC: -1 } },
  { name: 'SOL short', usd: { SOL: -1 } },
  { name: 'equal weight', usd: { BTC: 1 / 3, ETH: 1 / 3, SOL: 1 / 3 } },
  { name: 'BTC − ETH', usd: { BTC: 1, ETH: -1 } },
];

/** Candles before this day are not used: BTC's early years are another market. */
export const FIRST_DAY = utcDay(Date.parse('2018-01-01'));

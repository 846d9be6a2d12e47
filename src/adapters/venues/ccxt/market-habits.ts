/** How a venue's public calls differ, as ccxt passes them on. */
export interface MarketHabits {
  /** Calls over all contracts answer one of these at a time. Null: one call answers whatever there is. */
  readonly kinds: readonly ('linear' | 'inverse')[] | null;
  /** Depths the order book call accepts, ascending. Empty: the venue chooses. */
  readonly depths: readonly number[];
  /** Candles of one call, at most. Null: what ccxt says, or a hundred. */
  readonly candlesPerCall: number | null;
  /** Funding payments of one call. Null: the venue chooses. */
  readonly paymentsPerCall: number | null;
  /** Where the venue lists only the exceptions. Null: it tells each, or none. */
  readonly usualFundingMs: number | null;
}

const EIGHT_HOURS_MS = 8 * 3_600_000;
const ELSEWHERE: MarketHabits = {
  kinds: null,
  depths: [],
  candlesPerCall: null,
  paymentsPerCall: null,
  usualFundingMs: null,
};
/** `fundingInfo` lists the symbols whose interval is not eight hours (developers.binance.com). */
const BINANCE = {
  kinds: null,
  depths: [5, 10, 20, 50, 100, 500, 1_000],
  // The weight of a call grows with its length; ccxt cuts at 1,000 itself.
  candlesPerCall: 1_000,
  paymentsPerCall: 1_000,
  usualFundingMs: EIGHT_HOURS_MS,
};

const HABITS: Readonly<Record<string, MarketHabits>> = {
  bybit: {
    kinds: ['linear', 'inverse'],
    depths: [25, 50, 200, 500],
    candlesPerCall: 1_000,
    paymentsPerCall: 200,
    usualFundingMs: null,
  },
  binanceusdm: BINANCE,
  binancecoinm: BINANCE,
  okx: {
    kinds: null,
    depths: [25, 100, 400],
    candlesPerCall: 300,
    paymentsPerCall: 100,
    usualFundingMs: null,
  },
};

/** By ccxt's id. */
export function habitsOf(ccxtId: string): MarketHabits {
  return HABITS[ccxtId] ?? ELSEWHERE;
}

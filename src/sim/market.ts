import type { Decimal } from '../domain/decimal.ts';
import type { SimAsset } from './model.ts';

/** Prices of one asset at one time, in quote per base, on the asset's tick. */
export interface Quote {
  readonly mark: Decimal;
  readonly index: Decimal;
  readonly last: Decimal;
  readonly bid: Decimal;
  readonly ask: Decimal;
  /** Rate of the running interval; 0.0001 is 0.01 %. */
  readonly fundingRate: Decimal;
  readonly nextFundingAt: number;
  readonly open24h: Decimal;
  readonly high24h: Decimal;
  readonly low24h: Decimal;
  /** In base units. */
  readonly volume24h: Decimal;
  /** In base units. */
  readonly openInterest: Decimal;
}

export interface BookLevel {
  readonly price: Decimal;
  /** In base units. */
  readonly quantity: Decimal;
}

/** Best first. */
export interface OrderBook {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

export interface Candle {
  readonly openTime: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  /** In base units. */
  readonly volume: Decimal;
}

export interface CandleQuery {
  readonly intervalMs: number;
  /** Newest moment looked at; the running candle is included and ends here. */
  readonly until: number;
  readonly count: number;
}

export interface FundingPayment {
  readonly at: number;
  readonly rate: Decimal;
}

/** The one market of all venues. Every answer is a function of seed, time and the moves told. */
export interface Market {
  quote(asset: SimAsset, at: number): Quote;
  book(asset: SimAsset, at: number, depth: number): OrderBook;
  /** Oldest first; history before the start is there too. */
  candles(asset: SimAsset, query: CandleQuery): readonly Candle[];
  /** Past funding times and rates, newest first, none after `until`. */
  fundingHistory(asset: SimAsset, until: number, count: number): readonly FundingPayment[];
  /** From `at` on every price of the asset is × (1 + fraction): −0.1 is a crash of 10 %. */
  move(asset: SimAsset, fraction: number, at: number): void;
}

/** Hours between funding payments, on every venue of the simulator. */
export const FUNDING_HOURS = 8;

import type { Decimal } from '../domain/decimal.ts';
import type { Result } from '../domain/result.ts';
import type { Price, Ratio } from '../domain/units.ts';
import type { VenueError } from '../domain/venue-error.ts';
import type { FundingPayment } from './funding-store.ts';

/** An instrument by name; a domain Instrument is one. `symbol` is ccxt's unified symbol. */
export interface InstrumentRef {
  /** As in the desk file. */
  readonly venue: string;
  readonly symbol: string;
}

/** A perpetual that can stand for its asset in statistics. */
export interface ListedContract extends InstrumentRef {
  /** Multipliers stripped, as in Instrument. */
  readonly asset: string;
  readonly quote: string;
  readonly settle: string;
  readonly kind: 'linear' | 'inverse';
  /** Last price × volume of the last 24 h, in US dollars. A double: it only ranks. Null: not known. */
  readonly turnoverUsd24h: number | null;
  /** When the venue listed it: no candle can be older. Null: the venue does not say. */
  readonly listedAt: number | null;
}

/** Days and hours begin at full UTC days and hours. */
export type CandleInterval = '1d' | '1h';

/**
 * A closed candle of the last price, in quote per base unit as the venue counts it (1000PEPE counts
 * thousands). Doubles: candles feed statistics, never money.
 */
export interface Candle {
  /** Epoch ms. */
  readonly openTime: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

export interface CandleQuery {
  readonly instrument: InstrumentRef;
  readonly interval: CandleInterval;
  /** Open times from here (included) to here (not included). Epoch ms. */
  readonly from: number;
  readonly to: number;
}

export interface Funding {
  readonly instrument: InstrumentRef;
  /** What a long pays a short at the end of the running interval, as a share of notional. Signed. */
  readonly rate: Ratio;
  /** Length of that interval; null: the venue does not say. */
  readonly intervalMs: number | null;
  /** When it is paid; null: the venue does not say. */
  readonly paidAt: number | null;
}

/** Best first. Doubles in quote per base and in base units: they estimate slippage, never money. */
export interface OrderBook {
  readonly instrument: InstrumentRef;
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

export interface BookLevel {
  readonly price: number;
  readonly quantity: number;
}

export interface Mark {
  readonly instrument: InstrumentRef;
  readonly markPrice: Price;
  readonly indexPrice: Decimal | null;
}

/** What a source said, and when we got it. */
export interface Observed<T> {
  readonly value: T;
  readonly observedAt: number;
  /** Name of the source, shown to people: `bybit`, `feed`. */
  readonly source: string;
}

export type MarketAnswer<T> = Promise<Result<Observed<T>, VenueError>>;

/**
 * One public source of market data: a venue's own endpoints, or a feed over several venues. Needs no
 * key. Never rejects; what a source does not have is `unsupported`. At abort of `signal` the answer is
 * `unavailable` with `timeout`.
 */
export interface MarketSource {
  readonly name: string;
  /** Venues whose instruments it may be asked about. */
  readonly venues: readonly string[];
  /** Perpetuals that are trading now. */
  contracts(signal: AbortSignal): MarketAnswer<readonly ListedContract[]>;
  /**
   * Closed candles, ascending, without doubles. A candle that the venue does not have, or that is not
   * four positive prices in order, is left out: a hole stays a hole.
   */
  candles(query: CandleQuery, signal: AbortSignal): MarketAnswer<readonly Candle[]>;
  /** Of those of the asked instruments that the venue has a rate for. */
  funding(
    instruments: readonly InstrumentRef[],
    signal: AbortSignal,
  ): MarketAnswer<readonly Funding[]>;
  /** Payments settled since `from`, ascending; of a long span only what the venue tells in one call, the newest. */
  settledFunding(
    instrument: InstrumentRef,
    from: number,
    signal: AbortSignal,
  ): MarketAnswer<readonly FundingPayment[]>;
  /** At least `depth` levels a side where the venue has them. */
  book(instrument: InstrumentRef, depth: number, signal: AbortSignal): MarketAnswer<OrderBook>;
  /** Of every perpetual the source knows. */
  marks(signal: AbortSignal): MarketAnswer<readonly Mark[]>;
}

import type { Candle, CandleInterval, CandleQuery, InstrumentRef } from './market-data.ts';
import type { StoreAnswer } from './store.ts';

/** Candles of one contract and one length. */
export interface CandleSource extends InstrumentRef {
  readonly interval: CandleInterval;
  /** Multipliers stripped. */
  readonly asset: string;
  /** Who said so, as in `Observed`: `bybit`, `feed`. */
  readonly source: string;
}

/** A run of candles that lies in the store. */
export interface StoredSeries extends Omit<CandleSource, 'source'> {
  /** Open times of the first and the last candle, epoch ms. Holes between them are possible. */
  readonly first: number;
  readonly last: number;
  readonly candles: number;
}

export interface CandleStore {
  /** Adds; a candle of the same contract, length and open time is replaced. */
  put(source: CandleSource, candles: readonly Candle[]): StoreAnswer<null>;
  /** Ascending. An empty list: none are stored. */
  read(query: CandleQuery): StoreAnswer<readonly Candle[]>;
  /** Every series of the asset, whatever venue; says what still has to be fetched. */
  series(asset: string): StoreAnswer<readonly StoredSeries[]>;
}

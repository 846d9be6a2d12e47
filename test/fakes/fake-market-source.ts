import { dec } from '../../src/domain/decimal.ts';
import { err, ok } from '../../src/domain/result.ts';
import { asPrice, asRatio } from '../../src/domain/units.ts';
import { type VenueError, venueError } from '../../src/domain/venue-error.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type {
  Candle,
  CandleQuery,
  InstrumentRef,
  ListedContract,
  MarketAnswer,
  MarketSource,
} from '../../src/ports/market-data.ts';

const HOUR = 3_600_000;
const LENGTH = { '1d': 24 * HOUR, '1h': HOUR };

export interface FakeMarketSource extends MarketSource {
  /** Questions that went out, in order: `candles BTC/USDT:USDT 1d 20000..20730`. */
  readonly asked: string[];
  /** Fails from now on; null: well again. */
  break(error: VenueError | null): void;
  /** Open times at which the venue has no candle. */
  readonly holes: Set<number>;
  /** Symbols the venue lists no more. */
  readonly delisted: Set<string>;
}

/** A linear USDT perpetual of the asset. */
export function listed(
  venue: string,
  asset: string,
  rest: Partial<ListedContract> = {},
): ListedContract {
  return {
    ...{ venue, symbol: `${asset}/USDT:USDT`, asset, quote: 'USDT', settle: 'USDT' },
    ...{ kind: 'linear', turnoverUsd24h: 1e6, listedAt: null },
    ...rest,
  };
}

/** A venue whose candles are a function of time, and that remembers what it was asked. */
export function fakeMarketSource(
  clock: Clock,
  venue: string,
  contracts: readonly ListedContract[],
): FakeMarketSource {
  const asked: string[] = [];
  const holes = new Set<number>();
  const delisted = new Set<string>();
  let failure: VenueError | null = null;

  const answer = async <T>(
    question: string,
    signal: AbortSignal,
    value: () => T | null,
  ): MarketAnswer<T> => {
    asked.push(question);
    if (signal.aborted) return err(venueError('unavailable', { code: 'timeout', ms: 0 }));
    if (failure !== null) return err(failure);
    const found = value();
    if (found === null) return err(venueError('unsupported', { code: 'not-offered' }));
    return ok({ value: found, observedAt: clock.now(), source: venue });
  };
  const has = ({ symbol }: InstrumentRef) =>
    !delisted.has(symbol) && contracts.some((each) => each.symbol === symbol);
  const first = ({ symbol }: InstrumentRef) =>
    contracts.find((each) => each.symbol === symbol)?.listedAt ?? 0;

  const candlesOf = ({ instrument, interval, from, to }: CandleQuery): Candle[] => {
    const length = LENGTH[interval];
    const candles: Candle[] = [];
    const start = Math.ceil(Math.max(from, first(instrument)) / length) * length;
    for (let at = start; at < to && at + length <= clock.now(); at += length) {
      if (holes.has(at)) continue;
      candles.push({ openTime: at, open: 100, high: 101, low: 99, close: 100 });
    }
    return candles;
  };
  return {
    asked,
    holes,
    delisted,
    break: (error) => {
      failure = error;
    },
    name: venue,
    venues: [venue],
    contracts: (signal) => answer('contracts', signal, () => contracts.filter((each) => has(each))),
    candles: (query, signal) => {
      const day = (at: number) => at / LENGTH[query.interval];
      const { symbol } = query.instrument;
      const span = `${day(query.from)}..${day(query.to)}`;
      return answer(`candles ${symbol} ${query.interval} ${span}`, signal, () =>
        has(query.instrument) ? candlesOf(query) : null,
      );
    },
    funding: (instruments, signal) =>
      answer(`funding ${instruments.map(({ symbol }) => symbol)}`, signal, () =>
        instruments.filter(has).map((instrument) => ({
          instrument,
          rate: asRatio(dec('0.0001')),
          intervalMs: 8 * HOUR,
          paidAt: Math.ceil(clock.now() / (8 * HOUR)) * 8 * HOUR,
        })),
      ),
    settledFunding: (instrument, from, signal) =>
      answer(`settled ${instrument.symbol}`, signal, () => {
        if (!has(instrument)) return null;
        const payments = [];
        const start = Math.ceil(from / (8 * HOUR)) * 8 * HOUR;
        for (let at = start; at <= clock.now(); at += 8 * HOUR) {
          payments.push({ paidAt: at, rate: asRatio(dec('0.0001')), intervalMs: 8 * HOUR });
        }
        return payments;
      }),
    book: (instrument, depth, signal) =>
      answer(`book ${instrument.symbol} ${depth}`, signal, () =>
        has(instrument)
          ? {
              instrument,
              bids: Array.from({ length: depth }, (_, i) => ({ price: 100 - i, quantity: 1 })),
              asks: Array.from({ length: depth }, (_, i) => ({ price: 101 + i, quantity: 1 })),
            }
          : null,
      ),
    marks: (signal) =>
      answer('marks', signal, () =>
        contracts
          .filter(has)
          .map((instrument) => ({ instrument, markPrice: asPrice(dec('100')), indexPrice: null })),
      ),
  };
}

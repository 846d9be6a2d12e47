import { err, type Result } from '../domain/result.ts';
import type { VenueError } from '../domain/venue-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type {
  CandleInterval,
  InstrumentRef,
  MarketSource,
  Observed,
  OrderBook,
} from '../ports/market-data.ts';
import type { Store } from '../ports/store.ts';
import {
  type CandleHistory,
  type CandleSeriesKeeper,
  createCandleSeriesKeeper,
} from './candle-series-keeper.ts';
import { createContractList } from './contract-list.ts';
import { createDepthCache } from './depth-cache.ts';
import { createFundingKeeper, type FundingHistory } from './funding-keeper.ts';
import { type MarketGap, NOT_READ_YET } from './market-gap.ts';

export interface MarketHistoryDeps {
  /** In order of preference: a feed before the venues' own endpoints. One per venue, and feeds. */
  readonly sources: readonly MarketSource[];
  readonly store: Pick<Store, 'candles' | 'funding' | 'facts'>;
  readonly clock: Clock;
  readonly log: Log;
  /** What the desk is about now. */
  readonly wanted: () => WantedMarkets;
}

export interface WantedMarkets {
  /** Candles are kept of these. */
  readonly assets: readonly string[];
  /** Funding is kept of these. */
  readonly instruments: readonly InstrumentRef[];
}

/**
 * Candles, funding and depth of what the desk holds. What is known is answered at once, from memory;
 * what is missing or old is a gap with a name, never an empty series.
 */
export interface MarketHistory {
  candles(asset: string, interval: CandleInterval): Result<CandleHistory, MarketGap>;
  funding(instrument: InstrumentRef): Result<FundingHistory, MarketGap>;
  /** Asks the venue, at most once in ten seconds. */
  book(
    instrument: InstrumentRef,
    depth: number,
    signal: AbortSignal,
  ): Promise<Result<Observed<OrderBook>, MarketGap>>;
  /** Turnover of 24 h in US dollars as the venues list it, read once a day; null: not known. */
  turnover(signal: AbortSignal): Promise<(instrument: InstrumentRef) => number | null>;
  /** Fetches what is due and only that; to be called often. */
  refresh(signal: AbortSignal): Promise<void>;
}

const INTERVALS: readonly CandleInterval[] = ['1d', '1h'];

export function createMarketHistory(deps: MarketHistoryDeps): MarketHistory {
  const { sources, clock, wanted } = deps;
  const contracts = createContractList(sources, clock);
  const funding = createFundingKeeper(deps);
  const depth = createDepthCache(sources, clock);
  const keepers = new Map<string, CandleSeriesKeeper>();
  const keyOf = (asset: string, interval: CandleInterval) => `${asset.toUpperCase()} ${interval}`;
  const keeperOf = (asset: string, interval: CandleInterval) => {
    const key = keyOf(asset, interval);
    const keeper =
      keepers.get(key) ?? createCandleSeriesKeeper({ ...deps, contracts }, asset, interval);
    keepers.set(key, keeper);
    return keeper;
  };

  const refreshCandles = async (assets: readonly string[], signal: AbortSignal) => {
    // Days first: every answer needs them, only some need hours.
    const series = INTERVALS.flatMap((interval) =>
      assets.map((asset) => keeperOf(asset, interval)),
    );
    const bySource = new Map<MarketSource, CandleSeriesKeeper[]>();
    for (const keeper of series) {
      const source = await keeper.prepare(signal);
      if (source === null || !keeper.isDue()) continue;
      bySource.set(source, [...(bySource.get(source) ?? []), keeper]);
    }
    await Promise.all([...bySource.values()].map((queue) => inTurn(queue, signal)));
  };

  return {
    candles(asset, interval) {
      const keeper = keepers.get(keyOf(asset, interval));
      if (keeper !== undefined) return keeper.history();
      return err({ what: 'candles', subject: asset, reason: NOT_READ_YET, lastGoodAt: null });
    },
    funding: funding.of,
    book: depth.read,
    async turnover(signal) {
      const { contracts: listed } = await contracts.read(signal);
      return ({ venue, symbol }) =>
        listed.find((each) => each.venue === venue && each.symbol === symbol)?.turnoverUsd24h ??
        null;
    },
    async refresh(signal) {
      const { assets, instruments } = wanted();
      await Promise.all([refreshCandles(assets, signal), funding.refresh(instruments, signal)]);
    },
  };
}

/** One after the other: a first load must leave a venue time for positions. A source that is out of order is not asked again in this round. */
async function inTurn(queue: readonly CandleSeriesKeeper[], signal: AbortSignal): Promise<void> {
  let outOfOrder: VenueError | null = null;
  for (const keeper of queue) {
    if (signal.aborted) return;
    if (outOfOrder !== null) keeper.skip(outOfOrder);
    else {
      const error = await keeper.refresh(signal);
      if (error !== null && concernsAll(error)) outOfOrder = error;
    }
  }
}

/** `malformed` and `unsupported` may be about one contract; the rest is about the venue. */
function concernsAll({ kind }: VenueError): boolean {
  return kind !== 'malformed' && kind !== 'unsupported';
}

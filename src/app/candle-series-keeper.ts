import { err, ok, type Result } from '../domain/result.ts';
import { type VenueError, venueError } from '../domain/venue-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Candle, CandleInterval, ListedContract, MarketSource } from '../ports/market-data.ts';
import type { Store } from '../ports/store.ts';
import { contractFor } from './choose-contract.ts';
import type { ContractList } from './contract-list.ts';
import { type MarketGap, type MarketGapReason, NOT_READ_YET } from './market-gap.ts';
import { createRetry } from './retry.ts';

/** Closed candles of one contract that stands for the asset; never empty. */
export interface CandleHistory {
  readonly asset: string;
  readonly interval: CandleInterval;
  readonly instrument: { readonly venue: string; readonly symbol: string };
  readonly source: string;
  /** Ascending. Holes stay holes. */
  readonly candles: readonly Candle[];
  /** Why the newest closed candles are not among them; null when they are. */
  readonly gap: MarketGap | null;
}

export interface CandleKeeperDeps {
  readonly sources: readonly MarketSource[];
  readonly contracts: ContractList;
  readonly store: Pick<Store, 'candles' | 'facts'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** One asset's candles of one length: from the store, then only what the store lacks. */
export interface CandleSeriesKeeper {
  history(): Result<CandleHistory, MarketGap>;
  /** Reads the store once and settles which contract stands for the asset. Null: none is known. */
  prepare(signal: AbortSignal): Promise<MarketSource | null>;
  isDue(): boolean;
  /** Answers the error of the source, so that others need not run into it too. */
  refresh(signal: AbortSignal): Promise<VenueError | null>;
  /** The source was found out of order by somebody else. */
  skip(error: VenueError): void;
}

interface Series {
  readonly contract: Contract;
  candles: readonly Candle[];
  /** From here on the venue was asked, even if its first candle is younger. */
  askedFrom: number | null;
}

type Contract = Pick<ListedContract, 'venue' | 'symbol' | 'asset' | 'listedAt'>;

const LENGTH_MS: Readonly<Record<CandleInterval, number>> = { '1d': 86_400_000, '1h': 3_600_000 };
/** What the statistics want: 500 days for a fitted filter with room for its window, 90 days of hours. */
const SPAN_MS: Readonly<Record<CandleInterval, number>> = {
  '1d': 730 * 86_400_000,
  '1h': 90 * 86_400_000,
};
/** A candle is asked for this long after its end, so that the venue has written it. */
const WRITTEN_MS = 30_000;

export function createCandleSeriesKeeper(
  deps: CandleKeeperDeps,
  asset: string,
  interval: CandleInterval,
): CandleSeriesKeeper {
  const { clock, store, log } = deps;
  const lengthMs = LENGTH_MS[interval];
  const retry = createRetry();
  const delisted = new Set<string>();
  let series: Series | null = null;
  /** Of a contract that is listed no more; serves until another one's are here. */
  let retired: Series | null = null;
  let isLoaded = false;
  let reason: MarketGapReason = NOT_READ_YET;

  /** Open time of the newest candle that must exist by now. */
  const newest = () => Math.floor((clock.now() - WRITTEN_MS) / lengthMs) * lengthMs - lengthMs;
  const wantedFrom = () => newest() + lengthMs - SPAN_MS[interval];
  const sourceOf = ({ venue }: Contract) =>
    deps.sources.find((source) => source.name === venue) ?? null;
  const isComplete = ({ candles }: Series) => (candles.at(-1)?.openTime ?? -1) >= newest();
  const hasHead = ({ candles, askedFrom, contract }: Series) => {
    const from = Math.max(wantedFrom(), contract.listedAt ?? 0);
    return (askedFrom !== null && askedFrom <= from) || (candles[0]?.openTime ?? from + 1) <= from;
  };

  const load = async (): Promise<void> => {
    const stored = await store.candles.series(asset);
    if (!stored.ok) return void log.warn('candles not loaded', { kind: stored.error.kind });
    const known = stored.value
      .filter((each) => each.interval === interval && sourceOf({ ...each, listedAt: null }))
      .sort((a, b) => b.last - a.last || b.candles - a.candles)[0];
    if (known === undefined) return;
    const { venue, symbol } = known;
    const query = { instrument: { venue, symbol }, interval, from: wantedFrom(), to: clock.now() };
    const [read, fact] = await Promise.all([
      store.candles.read(query),
      store.facts.get(factOf({ venue, symbol }, interval)),
    ]);
    if (!read.ok) return void log.warn('candles not loaded', { kind: read.error.kind });
    const askedFrom = fact.ok && fact.value !== null ? Number(fact.value) : null;
    series = {
      contract: { venue, symbol, asset, listedAt: null },
      candles: read.value,
      askedFrom,
    };
  };

  const choose = async (signal: AbortSignal): Promise<void> => {
    const { contracts, missing } = await deps.contracts.read(signal);
    const fit = contracts.filter(({ venue, symbol }) => !delisted.has(`${venue} ${symbol}`));
    const contract = contractFor(asset, fit);
    if (contract !== null) series = { contract, candles: [], askedFrom: null };
    else reason = missing ?? { kind: 'no-contract' };
  };

  const keep = (current: Series, fetched: readonly Candle[], from: number): void => {
    const all = new Map([...current.candles, ...fetched].map((each) => [each.openTime, each]));
    const oldest = wantedFrom();
    current.candles = [...all.values()]
      .filter(({ openTime }) => openTime >= oldest)
      .sort((a, b) => a.openTime - b.openTime);
    if (current.candles[0] === undefined || from < current.candles[0].openTime) {
      current.askedFrom = Math.min(from, current.askedFrom ?? from);
    }
  };

  const save = async (current: Series, fetched: readonly Candle[], source: string) => {
    const { venue, symbol } = current.contract;
    const put = await store.candles.put({ venue, symbol, interval, asset, source }, fetched);
    if (put.ok && current.askedFrom !== null) {
      await store.facts.put(factOf({ venue, symbol }, interval), String(current.askedFrom));
    }
    if (!put.ok) log.warn('candles not stored', { kind: put.error.kind });
  };

  return {
    history() {
      const shown = series?.candles.length ? series : (retired ?? series);
      return historyOf({ asset, interval, series: shown, reason, isComplete });
    },
    async prepare(signal) {
      if (!isLoaded) await load();
      isLoaded = true;
      if (series === null) await choose(signal);
      return series && sourceOf(series.contract);
    },
    isDue: () =>
      series !== null && retry.isDue(clock.now()) && !(isComplete(series) && hasHead(series)),
    skip(error) {
      reason = { kind: 'source', source: series?.contract.venue ?? '', error };
      retry.failed(clock.now(), error.retryAfterMs);
    },
    async refresh(signal) {
      const current = series;
      const source = current && sourceOf(current.contract);
      if (!current || !source) return null;
      const last = current.candles.at(-1)?.openTime;
      const from = last !== undefined && hasHead(current) ? last + lengthMs : wantedFrom();
      const { venue, symbol } = current.contract;
      const query = { instrument: { venue, symbol }, interval, from, to: newest() + lengthMs };
      const answer = await source.candles(query, signal);
      if (!answer.ok) {
        reason = { kind: 'source', source: source.name, error: answer.error };
        retry.failed(clock.now(), answer.error.retryAfterMs);
        if (answer.error.kind === 'unsupported') {
          // Delisted: another contract may stand for the asset from the next round on.
          delisted.add(`${venue} ${symbol}`);
          if (current.candles.length > 0) retired = current;
          series = null;
        }
        return answer.error;
      }
      keep(current, answer.value.value, from);
      await save(current, answer.value.value, answer.value.source);
      if (isComplete(current)) {
        reason = NOT_READ_YET;
        retired = null;
        retry.succeeded();
      } else {
        reason = { kind: 'source', source: source.name, error: behind(clock.now() - newest()) };
        retry.failed(clock.now());
      }
      return null;
    },
  };
}

/** The venue answered and does not have the newest candle yet. */
function behind(ms: number): VenueError {
  return venueError('stale', { code: 'age', ms });
}

function factOf(
  { venue, symbol }: Pick<Contract, 'venue' | 'symbol'>,
  interval: CandleInterval,
): string {
  return `candles asked from ${venue} ${symbol} ${interval}`;
}

function historyOf(known: {
  readonly asset: string;
  readonly interval: CandleInterval;
  readonly series: Series | null;
  readonly reason: MarketGapReason;
  isComplete(series: Series): boolean;
}): Result<CandleHistory, MarketGap> {
  const { asset, interval, series, reason, isComplete } = known;
  const last = series?.candles.at(-1);
  const lastGoodAt = last === undefined ? null : last.openTime + LENGTH_MS[interval];
  const gap: MarketGap = { what: 'candles', subject: asset, reason, lastGoodAt };
  if (series === null || last === undefined) return err(gap);
  const { venue, symbol } = series.contract;
  return ok({
    ...{ asset, interval, instrument: { venue, symbol }, source: venue },
    candles: series.candles,
    gap: isComplete(series) ? null : gap,
  });
}

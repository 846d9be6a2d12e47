import { parseDecimal } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { asPrice, asRatio } from '../../domain/units.ts';
import { type VenueError, venueError } from '../../domain/venue-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type {
  BookLevel,
  Funding,
  InstrumentRef,
  Mark,
  MarketSource,
  Observed,
} from '../../ports/market-data.ts';
import type { Random } from '../../ports/random.ts';
import { createFeedMemory, feedKey, type Remembered, type Ticker } from './feed-memory.ts';
import { parseFeedMessage } from './feed-message.ts';
import { FEED_VENUES, type FeedSymbol, feedSymbol } from './feed-symbol.ts';
import { keepConnected } from './keep-connected.ts';

export interface FeedSettings {
  /** Origin, `ws://host:port`. */
  readonly url: string;
  /** A recorded span in place of the present: ISO dates. */
  readonly replay?: { readonly from: string; readonly to: string };
  readonly clock: Clock;
  readonly random: Random;
}

export interface NormalisedFeed {
  /** Asking about an instrument is what subscribes it; the first answers are therefore `unavailable`. */
  readonly source: MarketSource;
  close(): Promise<void>;
}

interface Watched {
  readonly ref: InstrumentRef;
  readonly name: FeedSymbol;
}

const DATA_TYPES = ['derivative_ticker', 'book_snapshot_50_1s'];
const TICKER_STALE_MS = 15_000;
const BOOK_STALE_MS = 5_000;
/** More than any desk trades; a feed is asked in one address line. */
const MOST_WATCHED = 500;

/** A server of the tardis-machine format as a source of marks, funding and depth. It has no candles. */
export function createNormalisedFeed(settings: FeedSettings): NormalisedFeed {
  const { clock, random, replay } = settings;
  const memory = createFeedMemory(clock, replay !== undefined);
  const watched = new Map<string, Watched>();
  const wanted = new Set<string>();
  const stop = new AbortController();
  const connection = keepConnected({
    ...{ clock, random, isReplay: replay !== undefined, signal: stop.signal },
    address: () => addressOf(settings, [...watched.values()]),
    heed(text) {
      const message = parseFeedMessage(text);
      if (message === null) return;
      // What nobody asked for is not kept: a feed must not fill our memory.
      if ('symbol' in message && !wanted.has(feedKey(message))) return;
      memory.heed(message);
    },
    lost: memory.lost,
  });
  const watch = (ref: InstrumentRef): FeedSymbol | null => {
    const name = feedSymbol(ref);
    const key = `${ref.venue} ${ref.symbol}`;
    if (name === null || watched.has(key)) return name;
    if (watched.size >= MOST_WATCHED) return null;
    watched.set(key, { ref: { venue: ref.venue, symbol: ref.symbol }, name });
    if (!wanted.has(feedKey(name))) connection.changed();
    wanted.add(feedKey(name));
    return name;
  };
  return {
    source: sourceOver({ clock, memory, watch, watched: () => [...watched.values()] }),
    async close() {
      stop.abort();
      await connection.done;
    },
  };
}

/** Null while nobody asked for anything. */
function addressOf({ url, replay }: FeedSettings, watched: readonly Watched[]): string | null {
  if (watched.length === 0) return null;
  const symbols = new Map<string, Set<string>>();
  for (const { name } of watched) {
    const known = symbols.get(name.exchange) ?? new Set();
    symbols.set(name.exchange, known.add(name.symbol));
  }
  const options = [...symbols].map(([exchange, names]) => ({
    exchange,
    symbols: [...names],
    dataTypes: DATA_TYPES,
    ...replay,
  }));
  const path = replay === undefined ? 'ws-stream-normalized' : 'ws-replay-normalized';
  return `${new URL(path, url).href}?options=${encodeURIComponent(JSON.stringify(options))}`;
}

interface SourceDeps {
  readonly clock: Clock;
  readonly memory: ReturnType<typeof createFeedMemory>;
  watch(ref: InstrumentRef): FeedSymbol | null;
  watched(): readonly Watched[];
}

function sourceOver({ clock, memory, watch, watched }: SourceDeps): MarketSource {
  const unsupported = async () => err(venueError('unsupported', { code: 'not-offered' }));
  const current = <T>(
    known: Remembered<T> | null,
    staleMs: number,
  ): Result<Remembered<T>, VenueError> => {
    if (known === null) return err(venueError('unavailable', { code: 'empty' }));
    const ms = clock.now() - known.saidAt;
    const isOld = known.isLost || ms > staleMs;
    return isOld ? err(venueError('stale', { code: 'age', ms })) : ok(known);
  };
  /** Of many: what is current, as old as the oldest; the first error when nothing is. */
  const tickers = <T>(
    refs: readonly InstrumentRef[],
    read: (ticker: Remembered<Ticker>, ref: InstrumentRef) => T | null,
  ): Result<Observed<T[]>, VenueError> => {
    const found: T[] = [];
    const times: number[] = [];
    let failure: VenueError | null = null;
    for (const ref of refs) {
      const name = watch(ref);
      const ticker = name && current(memory.ticker(name), TICKER_STALE_MS);
      if (ticker?.ok === false) failure ??= ticker.error;
      const value = ticker?.ok ? read(ticker.value, ref) : null;
      if (value === null || !ticker?.ok) continue;
      found.push(value);
      times.push(ticker.value.receivedAt);
    }
    if (found.length === 0 && failure !== null) return err(failure);
    return ok({ value: found, observedAt: Math.min(clock.now(), ...times), source: 'feed' });
  };
  return {
    name: 'feed',
    venues: FEED_VENUES,
    contracts: unsupported,
    candles: unsupported,
    settledFunding: unsupported,
    funding: async (refs) => tickers(refs, fundingOf),
    marks: async () =>
      tickers(
        watched().map(({ ref }) => ref),
        markOf,
      ),
    async book(ref) {
      const name = watch(ref);
      if (!name?.isBookInBase) return unsupported();
      const book = current(memory.book(name), BOOK_STALE_MS);
      if (!book.ok) return book;
      const { message, receivedAt } = book.value;
      const bids = sideOf(message.bids, (a, b) => b.price - a.price);
      const asks = sideOf(message.asks, (a, b) => a.price - b.price);
      if (bids.length === 0 || asks.length === 0) {
        return err(venueError('malformed', { code: 'field', field: 'book' }));
      }
      const instrument = { venue: ref.venue, symbol: ref.symbol };
      return ok({ value: { instrument, bids, asks }, observedAt: receivedAt, source: 'feed' });
    },
  };
}

function fundingOf({ message }: Remembered<Ticker>, ref: InstrumentRef): Funding | null {
  const rate = parseDecimal(message.fundingRate);
  if (rate === null) return null;
  const paidAt = Date.parse(message.fundingTimestamp ?? '');
  return {
    instrument: { venue: ref.venue, symbol: ref.symbol },
    rate: asRatio(rate),
    intervalMs: null,
    paidAt: Number.isNaN(paidAt) ? null : paidAt,
  };
}

function markOf({ message }: Remembered<Ticker>, ref: InstrumentRef): Mark | null {
  const markPrice = parseDecimal(message.markPrice);
  if (!markPrice?.gt(0)) return null;
  const indexPrice = parseDecimal(message.indexPrice);
  return {
    instrument: { venue: ref.venue, symbol: ref.symbol },
    markPrice: asPrice(markPrice),
    indexPrice: indexPrice?.gt(0) ? indexPrice : null,
  };
}

function sideOf(
  rows: readonly { readonly price: number; readonly amount: number }[],
  order: (a: BookLevel, b: BookLevel) => number,
): BookLevel[] {
  return rows
    .filter(({ amount }) => amount > 0)
    .map(({ price, amount }) => ({ price, quantity: amount }))
    .sort(order);
}

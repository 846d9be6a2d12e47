import type { Clock } from '../../ports/clock.ts';
import type { FeedMessage } from './feed-message.ts';
import type { FeedSymbol } from './feed-symbol.ts';

export type Ticker = Extract<FeedMessage, { type: 'derivative_ticker' }>;
type Snapshot = Extract<FeedMessage, { type: 'book_snapshot' }>;

type FeedKey = Pick<FeedSymbol, 'exchange' | 'symbol'>;

export interface Remembered<T> {
  readonly message: T;
  readonly receivedAt: number;
  /** Its own time or ours, whichever is earlier; in a replay ours, since its own is of another day. */
  readonly saidAt: number;
  /** The feed lost its venue, or we the feed, since then. */
  readonly isLost: boolean;
}

/** The freshest ticker and book of each contract. */
export interface FeedMemory {
  heed(message: FeedMessage): void;
  /** The connection is gone: nothing is current until it comes again. */
  lost(): void;
  ticker(key: FeedKey): Remembered<Ticker> | null;
  book(key: FeedKey): Remembered<Snapshot> | null;
}

export function createFeedMemory(clock: Clock, isReplay: boolean): FeedMemory {
  const tickers = new Map<string, Remembered<Ticker>>();
  const books = new Map<string, Remembered<Snapshot>>();

  const keep = <T extends Ticker | Snapshot>(kept: Map<string, Remembered<T>>, message: T) => {
    const timestamp = Date.parse(message.timestamp);
    if (Number.isNaN(timestamp)) return;
    const key = feedKey(message);
    const known = kept.get(key);
    const isLate = known && !known.isLost && Date.parse(known.message.timestamp) > timestamp;
    if (isLate) return;
    const receivedAt = clock.now();
    const saidAt = isReplay ? receivedAt : Math.min(timestamp, receivedAt);
    kept.set(key, { message, receivedAt, saidAt, isLost: false });
  };
  const lose = <T extends Ticker | Snapshot>(
    kept: Map<string, Remembered<T>>,
    exchange: string | null,
  ) => {
    for (const [key, known] of kept) {
      if (exchange === null || known.message.exchange === exchange) {
        kept.set(key, { ...known, isLost: true });
      }
    }
  };
  const lost = (exchange: string | null) => {
    lose(tickers, exchange);
    lose(books, exchange);
  };
  return {
    heed(message) {
      switch (message.type) {
        case 'derivative_ticker':
          return keep(tickers, message);
        case 'book_snapshot':
          return keep(books, message);
        case 'disconnect':
        case 'error':
          // One that names no exchange concerns them all.
          return lost(message.exchange ?? null);
      }
    },
    lost: () => lost(null),
    ticker: (key) => tickers.get(feedKey(key)) ?? null,
    book: (key) => books.get(feedKey(key)) ?? null,
  };
}

/** Feeds write symbols in either case. */
export function feedKey({ exchange, symbol }: FeedKey): string {
  return `${exchange} ${symbol.toUpperCase()}`;
}

import type { Exchange } from 'ccxt';

/** A ccxt instance of the pro kind, as far as streams need it. */
export interface ProExchange extends Exchange {
  handleMessage(client: unknown, message: unknown): unknown;
}

/** How a venue's streams are asked through ccxt. */
interface StreamHabits {
  /** Instruments that one subscription may hold at once. */
  readonly groupOf: (symbol: string) => string;
  readonly marks: (exchange: ProExchange, symbols: string[]) => Promise<unknown>;
  readonly account: (exchange: ProExchange) => Promise<unknown>;
  /** Whether a frame of the private stream tells of something that happened. */
  readonly isEvent: (frame: Readonly<Record<string, unknown>>) => boolean;
  /** The stream is over although its socket is not. */
  readonly isEnd?: (frame: Readonly<Record<string, unknown>>) => boolean;
}

const bySettle = (symbol: string) => (isInverse(symbol) ? 'inverse' : 'linear');
const positions = (exchange: ProExchange) => exchange.watchPositions();

export const STREAM_HABITS: Readonly<Record<string, StreamHabits>> = {
  bybit: {
    groupOf: bySettle,
    marks: (exchange, symbols) => exchange.watchTickers(symbols),
    account: positions,
    isEvent: ({ topic }) => topic !== undefined,
  },
  binanceusdm: {
    groupOf: () => 'linear',
    marks: (exchange, symbols) => exchange.watchMarkPrices(symbols),
    account: positions,
    isEvent: ({ e }) => e !== undefined,
    // ccxt lets it pass, and nothing is ever heard again.
    isEnd: ({ e }) => e === 'listenKeyExpired',
  },
  binancecoinm: {
    groupOf: () => 'inverse',
    marks: (exchange, symbols) => exchange.watchMarkPrices(symbols),
    account: positions,
    isEvent: ({ e }) => e !== undefined,
    isEnd: ({ e }) => e === 'listenKeyExpired',
  },
  okx: {
    groupOf: () => 'all',
    marks: (exchange, symbols) => exchange.watchMarkPrices(symbols),
    account: positions,
    isEvent: ({ data }) => Array.isArray(data),
  },
};

/** `BTC/USD:BTC`: settled in what it is the price of. */
function isInverse(symbol: string): boolean {
  const [base, rest] = symbol.split('/');
  return rest?.split(':')[1] === base;
}

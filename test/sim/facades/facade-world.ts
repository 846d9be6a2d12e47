import type { Exchange } from 'ccxt';
import { type Decimal, dec } from '../../../src/domain/decimal.ts';
import type { Facade, SimRequest, SimResponse, SimWorld } from '../../../src/sim/facade.ts';
import { INSTRUMENTS, instrumentOf } from '../../../src/sim/instruments.ts';
import { createLedger } from '../../../src/sim/ledger.ts';
import type { Market } from '../../../src/sim/market.ts';
import type {
  SimAccount,
  SimAccountVenue,
  SimAsset,
  SimOrder,
  SimPosition,
} from '../../../src/sim/model.ts';
import { simVenueOf } from '../../../src/sim/model.ts';

/** On no boundary of a minute or an hour. */
export const NOW = 1_764_001_234_567;

const MARKS: Readonly<Record<SimAsset, string>> = {
  BTC: '65500',
  ETH: '3400',
  SOL: '150',
  BNB: '600',
  XRP: '0.5',
  DOGE: '0.125',
};

/** A market that stands still at round prices, so that every figure can be checked by hand. */
function stillMarket(): Market {
  const mark = (asset: SimAsset): Decimal => dec(MARKS[asset]);
  return {
    mark,
    quote: (asset) => ({
      mark: mark(asset),
      index: mark(asset),
      last: mark(asset),
      bid: mark(asset),
      ask: mark(asset),
      fundingRate: dec('0.0004'),
      nextFundingAt: NOW + 3_600_000,
      open24h: mark(asset).div(2),
      high24h: mark(asset),
      low24h: mark(asset).div(2),
      volume24h: dec('1000'),
      openInterest: dec('500'),
    }),
    book: (asset, _, depth) => {
      const level = { price: mark(asset), quantity: dec('0.5') };
      return { bids: Array(depth).fill(level), asks: Array(depth).fill(level) };
    },
    candles: (asset, { intervalMs, until, count }) => {
      const last = until - (until % intervalMs);
      return Array.from({ length: count }, (_, i) => ({
        openTime: last - (count - 1 - i) * intervalMs,
        open: mark(asset),
        high: mark(asset),
        low: mark(asset),
        close: mark(asset),
        volume: dec('2'),
      }));
    },
    fundingHistory: (_, until, count) =>
      Array.from({ length: count }, (__, i) => ({
        at: until - i * 28_800_000,
        rate: dec('0.0001'),
      })),
    move: () => {},
  };
}

type Loose<T, Key extends keyof T> = Partial<Omit<T, Key>> & Pick<T, Key>;

export function position(
  venue: SimAccountVenue,
  symbol: string,
  with_: Loose<Omit<SimPosition, 'instrument'>, 'side' | 'contracts' | 'entryPrice'>,
): SimPosition {
  return {
    id: `00000000-0000-4000-a000-${symbol.padEnd(12, 'x')}${with_.side}`,
    instrument: instrumentOf(simVenueOf(venue), symbol),
    leverage: dec('10'),
    marginMode: 'cross',
    isolatedMargin: null,
    takeProfit: null,
    stopLoss: null,
    createdAt: NOW - 7_200_000,
    updatedAt: NOW - 3_600_000,
    ...with_,
  };
}

export function limitOrder(
  venue: SimAccountVenue,
  symbol: string,
  with_: Loose<Omit<SimOrder, 'instrument'>, 'side' | 'contracts' | 'price'>,
): SimOrder {
  return {
    id: `order-${symbol}`,
    clientId: 'mine-1',
    instrument: instrumentOf(simVenueOf(venue), symbol),
    positionSide: with_.side === 'buy' ? 'long' : 'short',
    leverage: dec('10'),
    marginMode: 'cross',
    reduceOnly: false,
    createdAt: NOW - 1000,
    ...with_,
  };
}

export function account(venue: SimAccountVenue, with_: Partial<SimAccount>): SimAccount {
  return {
    id: `${venue}-a`,
    name: 'A',
    venue,
    books: [],
    fundedBy: [],
    credentials: {
      apiKey: 'the-key',
      secret: 'the-secret',
      password: 'the-passphrase',
      wallet: null,
      privateKey: null,
      chainId: null,
      verifyingContract: null,
    },
    uid: '4242',
    pool: 'usd',
    positionMode: 'one-way',
    balances: { USDT: dec('10000') },
    positions: [],
    orders: [],
    ...with_,
  };
}

export function worldOf(...accounts: readonly SimAccount[]): SimWorld {
  const market = stillMarket();
  const ledger = createLedger(accounts, { market, start: NOW });
  return {
    market,
    ledger,
    desk: () => ({ accounts: ledger.accounts(Number.POSITIVE_INFINITY) }),
    instruments: (venue) => INSTRUMENTS[venue],
  };
}

/** One HTTP exchange with a facade, without a socket between. */
export async function send(
  facade: Facade,
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly now?: number;
  } = {},
): Promise<SimResponse & { readonly json: unknown }> {
  const { pathname, search, searchParams } = new URL(url, 'http://sim');
  const request: SimRequest = {
    method: options.method ?? 'GET',
    path: pathname,
    query: searchParams,
    rawQuery: search.slice(1),
    headers: Object.fromEntries(
      Object.entries(options.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: options.body ?? '',
    now: options.now ?? NOW,
  };
  const response = await facade.respond(request);
  if (response === null) throw new TypeError(`nobody serves ${pathname}`);
  return { ...response, json: JSON.parse(response.body) };
}

/** Points a real ccxt instance at a facade; its URLs stay the venue's, as in production. */
export function connect<E extends Exchange>(exchange: E, facade: Facade, venueNow = NOW): E {
  exchange.enableRateLimit = false;
  exchange.milliseconds = () => NOW;
  exchange.fetchImplementation = async (url: string, init: RequestInit) => {
    const answer = await send(facade, url, {
      method: init.method ?? 'GET',
      headers: init.headers as Record<string, string>,
      body: typeof init.body === 'string' ? init.body : '',
      now: venueNow,
    });
    return new Response(answer.body, answer);
  };
  return exchange;
}

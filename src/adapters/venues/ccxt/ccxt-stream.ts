import { parseDecimal } from '../../../domain/decimal.ts';
import { asPrice } from '../../../domain/units.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { InstrumentRef } from '../../../ports/market-data.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type {
  MarkTick,
  StreamHealth,
  StreamListener,
  VenueStream,
} from '../../../ports/venue-stream.ts';
import { type Attempt, type KeptUp, keepUp } from '../wire/keep-up.ts';
import { callContext } from './call-context.ts';
import type { SharedVenues } from './shared-venues.ts';
import { type ProExchange, STREAM_HABITS } from './stream-habits.ts';
import { createVenuePlace } from './venue-place.ts';
import type { VenueProfile } from './venue-profile.ts';

export interface CcxtStreamSetup {
  readonly shared: SharedVenues;
  readonly profile: VenueProfile;
  /** Accounts of one venue; marks come by the way of the first. */
  readonly connections: readonly VenueConnection[];
  readonly listener: StreamListener;
  readonly random: () => number;
}

interface Line {
  readonly name: string;
  readonly account: string | null;
  readonly kept: KeptUp | null;
}

/** Marks of what is followed, and events of each account, by ccxt's own streams. */
export function createCcxtStream(setup: CcxtStreamSetup): VenueStream {
  const { shared, profile, connections, listener } = setup;
  const venue = profile.venue;
  const closing = new AbortController();
  const habits = STREAM_HABITS[venue];
  const groups = new Map<string, { symbols: string[]; readonly line: Line }>();
  const keep = (live: (attempt: Attempt) => Promise<void>, established: () => void) =>
    keepUp({
      ...{ clock: shared.clock, random: setup.random, signal: closing.signal },
      ...{ live, established },
    });

  const openMarks = (group: string, first: VenueConnection): Line => {
    const live = async (attempt: Attempt) => {
      const exchange = await openPro(setup, first, null);
      await whileOpen(exchange, attempt, async () => {
        const told = new Map<string, unknown>();
        hearAll(exchange, () => {
          attempt.heard();
          // From the cache, frame by frame: a question to ccxt is answered by one of many at a time.
          for (const [symbol, ticker] of Object.entries(exchange.tickers ?? {})) {
            if (told.get(symbol) === ticker) continue;
            told.set(symbol, ticker);
            const tick = tickOf(ticker, { venue, symbol }, shared.clock.now());
            if (tick === null) continue;
            attempt.established();
            listener.mark(tick);
          }
        });
        while (!attempt.signal.aborted) {
          await habits?.marks(exchange, groups.get(group)?.symbols ?? []);
        }
      });
    };
    return { name: `marks ${venue} ${group}`, account: null, kept: keep(live, () => {}) };
  };

  const openAccount = (connection: VenueConnection): Line => {
    const { account } = connection;
    const name = account;
    if (habits === undefined || !isReachable(connection)) return { name, account, kept: null };
    const changed = () => listener.changed(account);
    const live = async (attempt: Attempt) => {
      const exchange = await openPro(setup, connection, connection.credentials);
      await whileOpen(exchange, attempt, async () => {
        const end = new Promise<void>((resolve) => {
          hearAll(exchange, (frame) => {
            attempt.heard();
            // Seen at the wire: what comes between two questions to ccxt would be lost.
            if (habits.isEvent(frame)) changed();
            if (habits.isEnd?.(frame)) resolve();
          });
        });
        const ask = async () => {
          while (!attempt.signal.aborted) await habits.account(exchange);
        };
        await Promise.race([ask(), end, untilOpen(exchange, attempt, shared.clock)]);
      });
    };
    return { name, account, kept: keep(live, changed) };
  };

  const accounts = connections.map(openAccount);
  const [first] = connections.filter(isReachable);
  const lines = () => [...[...groups.values()].map(({ line }) => line), ...accounts];
  return {
    venue,
    follow(symbols) {
      if (habits === undefined || first === undefined) return;
      for (const [group, own] of Map.groupBy(symbols, habits.groupOf)) {
        const known = groups.get(group);
        if (known) known.symbols = own;
        else groups.set(group, { symbols: own, line: openMarks(group, first) });
      }
    },
    health: () =>
      lines().map(({ name, account, kept }): StreamHealth => {
        const state = kept?.state() ?? 'unsupported';
        return { name, account, state, heardAt: kept?.heardAt() ?? null };
      }),
    async close() {
      closing.abort();
      await Promise.all(lines().map(({ kept }) => kept?.done));
    },
  };
}

/** Somebody stands in for the venue's REST calls and not for its streams: then there are none. */
function isReachable({ baseUrl, wsUrl, environment }: VenueConnection): boolean {
  if (environment !== 'live') return false;
  return baseUrl === null || typeof wsUrl === 'string';
}

async function openPro(
  { shared, profile }: CcxtStreamSetup,
  connection: VenueConnection,
  credentials: VenueConnection['credentials'] | null,
): Promise<ProExchange> {
  const place = createVenuePlace(shared, connection, profile);
  const exchange = (await place.openStream(credentials)) as ProExchange;
  await place.loadMarkets(exchange);
  const api = exchange.urls['api'] as Record<string, unknown>;
  if (connection.wsUrl) api['ws'] = atOrigin(api['ws'], connection.wsUrl);
  if (connection.proxy !== null) exchange.wssProxy = connection.proxy;
  // ccxt prints frames it cannot read to standard output, with an address that carries a key.
  exchange.log = () => undefined;
  const clientOf = exchange.client.bind(exchange);
  exchange.client = (url) => Object.assign(clientOf(url), { log: () => undefined });
  // Without it a plain ws:// address throws, and something is rejected with nobody listening.
  await exchange.loadHttpProxyAgent();
  return exchange;
}

/** ccxt never lets go of its sockets by itself, and what still waits on one is rejected in the background. */
async function whileOpen(
  exchange: ProExchange,
  attempt: Attempt,
  work: () => Promise<void>,
): Promise<void> {
  const close = () => void exchange.close().catch(() => undefined);
  attempt.signal.addEventListener('abort', close, { once: true });
  try {
    const context = { signal: attempt.signal, replies: [] };
    await callContext.run(context, work);
  } finally {
    attempt.signal.removeEventListener('abort', close);
    close();
  }
}

/** An account's stream may stay calm for hours: open and signed in is as good as an event. */
async function untilOpen(exchange: ProExchange, attempt: Attempt, clock: Clock): Promise<void> {
  while (!attempt.signal.aborted) {
    await clock.after(CALM_LOOK_MS, attempt.signal);
    const clients = Object.values(exchange.clients ?? {}) as Client[];
    const isOpen = clients.some(({ isConnected, subscriptions }) => {
      return isConnected === true && Object.keys(subscriptions ?? {}).length > 0;
    });
    if (!isOpen) continue;
    attempt.established();
    const pongs = clients.map(({ lastPong }) => lastPong ?? 0);
    if (Math.max(...pongs) > clock.now() - SIGN_OF_LIFE_MS) attempt.heard();
  }
}

interface Client {
  readonly isConnected?: boolean;
  readonly lastPong?: number;
  readonly subscriptions?: object;
}

const CALM_LOOK_MS = 250;
const SIGN_OF_LIFE_MS = 1000;

function hearAll(exchange: ProExchange, hear: (frame: Readonly<Record<string, unknown>>) => void) {
  const handle = exchange.handleMessage.bind(exchange);
  exchange.handleMessage = (client, message) => {
    const isFrame = typeof message === 'object' && message !== null;
    const handled = handle(client, message);
    hear(isFrame ? (message as Record<string, unknown>) : {});
    return handled;
  };
}

/** Scheme and host exchanged in every address, paths as they are. */
function atOrigin(urls: unknown, origin: string): unknown {
  if (typeof urls === 'string') return urls.replace(/^wss?:\/\/[^/]+/, new URL(origin).origin);
  if (typeof urls !== 'object' || urls === null) return urls;
  return Object.fromEntries(
    Object.entries(urls).map(([name, each]) => [name, atOrigin(each, origin)]),
  );
}

function tickOf(ticker: unknown, instrument: InstrumentRef, now: number): MarkTick | null {
  const { markPrice, timestamp } = Object(ticker) as Readonly<Record<string, unknown>>;
  const price = parseDecimal(markPrice);
  if (price === null) return null;
  const observedAt = parseDecimal(timestamp)?.toNumber() ?? now;
  return { instrument, markPrice: asPrice(price), observedAt };
}

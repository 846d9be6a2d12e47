import type { Exchange } from 'ccxt';
import { venueError } from '../../../domain/venue-error.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { loadExchangeClass, loadStreamClass } from './ccxt-classes.ts';
import { classifyError } from './classify-error.ts';
import type { CcxtFetch } from './scheduled-fetch.ts';
import type { VenueProfile } from './venue-profile.ts';

/** ccxt's own timer must never fire first: it covers the headers only. */
const NEVER_MS = 2 ** 31 - 1;

/** Snapshots of positions are our own reads; a failing one of ccxt's would hang its stream. */
const NO_SNAPSHOTS = {
  watchPositions: { fetchPositionsSnapshot: false, awaitPositionsSnapshot: false },
  watchBalance: { fetchBalanceSnapshot: false, awaitBalanceSnapshot: false },
};
/** Pings often enough that a silent minute means a lost peer. */
const STREAMING = { newUpdates: true, streaming: { keepAlive: 18_000 } };

export interface ExchangeSetup {
  readonly profile: VenueProfile;
  readonly environment: VenueConnection['environment'];
  /** Null: a keyless instance, for public data. */
  readonly credentials: VenueConnection['credentials'] | null;
  readonly fetch: CcxtFetch;
  /** `stream`: the class that also speaks over WebSockets. */
  readonly kind?: 'stream';
}

/**
 * A ccxt instance that keeps every digit as text, sends only through our fetch, never retries, never
 * throttles (lanes do), and throws where ccxt would take a damaged reply for an empty one.
 */
export async function createExchange(setup: ExchangeSetup): Promise<Exchange> {
  const { profile } = setup;
  const load = setup.kind === 'stream' ? loadStreamClass : loadExchangeClass;
  const ExchangeOf = await load(profile.ccxtId);
  const exchange = new ExchangeOf({
    ...signing(setup.credentials),
    number: String,
    enableRateLimit: false,
    maxRetriesOnFailure: 0,
    timeout: NEVER_MS,
    // Nobody reads them, and each account would keep its last reply, headers and all.
    enableLastHttpResponse: false,
    enableLastResponseHeaders: false,
    options: setup.kind === 'stream' ? { ...profile.options, ...NO_SNAPSHOTS } : profile.options,
    ...(setup.kind === 'stream' && STREAMING),
    fetchImplementation: setup.fetch,
  });
  enterEnvironment(exchange, setup);
  guardErrors(exchange, profile);
  return exchange;
}

function signing(credentials: ExchangeSetup['credentials']): Record<string, string> {
  if (credentials === null) return {};
  const fields = {
    apiKey: credentials.apiKey,
    secret: credentials.secret,
    password: credentials.password,
    walletAddress: credentials.wallet,
    privateKey: credentials.privateKey,
    token: credentials.token,
  };
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

/** An environment the venue does not have is an error here too: never live in its place. */
function enterEnvironment(exchange: Exchange, { profile, environment }: ExchangeSetup): void {
  if (environment === 'live') return;
  const way = profile.environments[environment];
  if (way === null || (way === 'sandbox' && exchange.urls['test'] === undefined)) {
    throw venueFailure(venueError('unsupported', { code: 'not-offered' }));
  }
  if (way === 'sandbox') exchange.setSandboxMode(true);
  else exchange.enableDemoTrading(true);
}

/** ccxt's verdict on a reply, at the only place where the reply's own code is still at hand. */
function guardErrors(exchange: Exchange, profile: VenueProfile): void {
  const judge = exchange.handleErrors.bind(exchange);
  exchange.handleErrors = (...args: Parameters<typeof judge>) => {
    const body: unknown = args[6];
    if (typeof body !== 'object' || body === null) {
      throw venueFailure(venueError('malformed', { code: 'cut' }));
    }
    const code = profile.rules.codeOf(body);
    try {
      const verdict = judge(...args);
      if (code === null) return verdict;
    } catch (thrown) {
      throw venueFailure(classifyError(thrown, code));
    }
    // ccxt lets some error codes pass (OKX's partial failures): not with us.
    throw venueFailure(venueError('unavailable', { code: 'venue', venueCode: code }));
  };
}

import type { Clock } from '../../../ports/clock.ts';
import type { MarketSource } from '../../../ports/market-data.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import type { VenueStream } from '../../../ports/venue-stream.ts';
import type { AccountWriter } from '../../../ports/venue-writer.ts';
import { createLane, createLanes } from '../wire/lane.ts';
import { createZtdxMarketData } from './market-data.ts';
import { createPublicMarket, type PublicMarket } from './public-market.ts';
import { createSession, type Session } from './session.ts';
import { createZtdxHttp, type ZtdxHttp } from './ztdx-http.ts';
import { createZtdxReader } from './ztdx-reader.ts';
import { createZtdxStream, type ZtdxStreamSetup } from './ztdx-stream.ts';
import { createZtdxWriter } from './ztdx-writer.ts';

// The venue documents a 429 but no figure: these only keep a runaway from hammering it.
const PER_EGRESS = { requests: 200, perMs: 1_000 };
const PER_USER = { requests: 60, perMs: 1_000 };

export interface ZtdxVenues {
  reader(connection: VenueConnection): AccountReader;
  writer(connection: VenueConnection): AccountWriter;
  stream(
    connections: readonly VenueConnection[],
    to: Pick<ZtdxStreamSetup, 'listener' | 'random'>,
  ): VenueStream;
  /** What the venue tells everybody; no key is used, whatever else the address holds. */
  marketData(address: ZtdxAddress): MarketSource;
}

type ZtdxAddress = Pick<VenueConnection, 'baseUrl' | 'proxy'>;

/** What one account's reader and writer share: its limits and its login. */
interface ZtdxUser {
  readonly http: ZtdxHttp;
  readonly signedHttp: ZtdxHttp;
  readonly session: Session;
}

/** Whoever reaches one origin shares its egress lane; its readers share its public market. */
export function createZtdxVenues(
  clock: Clock,
  { requestMs = 8_000 }: { readonly requestMs?: number } = {},
): ZtdxVenues {
  const laneOf = createLanes(clock);
  const markets = new Map<string, PublicMarket>();
  const wayOf = ({ baseUrl, proxy }: ZtdxAddress) => `${baseUrl} ${proxy}`;
  const httpOfNewUser = (address: ZtdxAddress) =>
    createZtdxHttp({
      baseUrl: address.baseUrl,
      proxy: address.proxy,
      clock,
      requestMs,
      lanes: [laneOf(wayOf(address), PER_EGRESS), createLane(clock, PER_USER)],
    });
  const users = new Map<string, ZtdxUser>();
  const userOf = (connection: VenueConnection): ZtdxUser => {
    const key = `${connection.account} ${wayOf(connection)}`;
    const known = users.get(key);
    if (known !== undefined) return known;
    const http = httpOfNewUser(connection);
    const session = createSession(http, connection.credentials, clock);
    const user = { http, signedHttp: httpOfNewUser(connection), session };
    users.set(key, user);
    return user;
  };
  const marketOf = (address: ZtdxAddress): PublicMarket => {
    const way = wayOf(address);
    // A public path that refuses must not pause an account: it is a user of its own.
    const market = markets.get(way) ?? createPublicMarket(httpOfNewUser(address), clock);
    markets.set(way, market);
    return market;
  };
  const depsOf = (connection: VenueConnection) => ({
    ...userOf(connection),
    ...{ connection, market: marketOf(connection), clock },
  });
  return {
    reader: (connection) => createZtdxReader(depsOf(connection)),
    writer: (connection) => createZtdxWriter(depsOf(connection)),
    stream: (connections, to) =>
      createZtdxStream({
        ...{ ...to, clock },
        accounts: connections.map((connection) => ({
          connection,
          session: userOf(connection).session,
        })),
      }),
    marketData: (address) => createZtdxMarketData(httpOfNewUser(address), clock),
  };
}

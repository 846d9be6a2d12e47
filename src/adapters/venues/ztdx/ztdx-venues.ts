import type { Clock } from '../../../ports/clock.ts';
import type { MarketSource } from '../../../ports/market-data.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import { createLane, createLanes } from '../wire/lane.ts';
import { createZtdxMarketData } from './market-data.ts';
import { createPublicMarket, type PublicMarket } from './public-market.ts';
import { createZtdxHttp } from './ztdx-http.ts';
import { createZtdxReader } from './ztdx-reader.ts';

// The venue documents a 429 but no figure: these only keep a runaway from hammering it.
const PER_EGRESS = { requests: 200, perMs: 1_000 };
const PER_USER = { requests: 60, perMs: 1_000 };

export interface ZtdxVenues {
  reader(connection: VenueConnection): AccountReader;
  /** What the venue tells everybody; no key is used, whatever else the address holds. */
  marketData(address: Pick<VenueConnection, 'baseUrl' | 'proxy'>): MarketSource;
}

/** Whoever reaches one origin shares its egress lane; its readers share its public market. */
export function createZtdxVenues(
  clock: Clock,
  { requestMs = 8_000 }: { readonly requestMs?: number } = {},
): ZtdxVenues {
  const laneOf = createLanes(clock);
  const markets = new Map<string, PublicMarket>();
  const wayOf = ({ baseUrl, proxy }: Pick<VenueConnection, 'baseUrl' | 'proxy'>) =>
    `${baseUrl} ${proxy}`;
  const httpOfNewUser = (address: Pick<VenueConnection, 'baseUrl' | 'proxy'>) =>
    createZtdxHttp({
      baseUrl: address.baseUrl,
      proxy: address.proxy,
      clock,
      requestMs,
      lanes: [laneOf(wayOf(address), PER_EGRESS), createLane(clock, PER_USER)],
    });
  return {
    reader(connection) {
      const way = wayOf(connection);
      // A public path that refuses must not pause an account: it is a user of its own.
      const market = markets.get(way) ?? createPublicMarket(httpOfNewUser(connection), clock);
      markets.set(way, market);
      return createZtdxReader({
        connection,
        http: httpOfNewUser(connection),
        signedHttp: httpOfNewUser(connection),
        market,
        clock,
      });
    },
    marketData: (address) => createZtdxMarketData(httpOfNewUser(address), clock),
  };
}

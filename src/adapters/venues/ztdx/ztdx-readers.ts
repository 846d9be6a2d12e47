import type { Clock } from '../../../ports/clock.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import { createLane, createLanes } from '../wire/lane.ts';
import { createPublicMarket, type PublicMarket } from './public-market.ts';
import { createZtdxHttp } from './ztdx-http.ts';
import { createZtdxReader } from './ztdx-reader.ts';

// The venue documents a 429 but no figure: these only keep a runaway from hammering it.
const PER_EGRESS = { requests: 200, perMs: 1_000 };
const PER_USER = { requests: 60, perMs: 1_000 };

/** Readers of ZTDX accounts. Readers of one origin share its egress lane and its public market. */
export function createZtdxReaders(
  clock: Clock,
  { requestMs = 8_000 }: { readonly requestMs?: number } = {},
): (connection: VenueConnection) => AccountReader {
  const laneOf = createLanes(clock);
  const markets = new Map<string, PublicMarket>();
  return (connection) => {
    const { baseUrl, proxy } = connection;
    const way = `${baseUrl} ${proxy}`;
    const httpOfNewUser = () =>
      createZtdxHttp({
        baseUrl,
        proxy,
        clock,
        requestMs,
        lanes: [laneOf(way, PER_EGRESS), createLane(clock, PER_USER)],
      });
    // A public path that refuses must not pause an account: it is a user of its own.
    const market = markets.get(way) ?? createPublicMarket(httpOfNewUser(), clock);
    markets.set(way, market);
    return createZtdxReader({
      connection,
      http: httpOfNewUser(),
      signedHttp: httpOfNewUser(),
      market,
      clock,
    });
  };
}

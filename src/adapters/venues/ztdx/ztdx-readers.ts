import type { Clock } from '../../../ports/clock.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import { createLane, createLanes, type Lane } from '../wire/lane.ts';
import { createPublicMarket, type PublicMarket } from './public-market.ts';
import { createZtdxHttp } from './ztdx-http.ts';
import { createZtdxReader } from './ztdx-reader.ts';

// The venue documents a 429 but no figure: these only keep a runaway from hammering it.
const PER_EGRESS = { requests: 200, perMs: 1_000 };
const PER_USER = { requests: 60, perMs: 1_000 };

/** Readers of ZTDX accounts. Readers of one origin share its egress lane and its public market. */
export function createZtdxReaders(clock: Clock): (connection: VenueConnection) => AccountReader {
  const laneOf = createLanes(clock);
  const markets = new Map<string, PublicMarket>();
  return (connection) => {
    const { baseUrl, proxy } = connection;
    const way = `${baseUrl} ${proxy}`;
    const httpFor = (user: Lane) =>
      createZtdxHttp({ baseUrl, proxy, clock, lanes: [laneOf(way, PER_EGRESS), user] });
    // A public path that refuses must not pause an account: it has a lane of its own.
    const market =
      markets.get(way) ?? createPublicMarket(httpFor(createLane(clock, PER_USER)), clock);
    markets.set(way, market);
    return createZtdxReader({
      connection,
      http: httpFor(createLane(clock, PER_USER)),
      market,
      clock,
    });
  };
}

import type { VenueConnection } from '../ports/venue.ts';
import type { StreamListener, VenueStream } from '../ports/venue-stream.ts';
import { clock } from './parts.ts';

/** Ways to the venues. One per process: readers and market sources share lanes and market lists. */
export async function createVenues(
  connections: readonly VenueConnection[],
  requestMs: number | null = null,
) {
  const { createCcxtVenues } = await import('../adapters/venues/ccxt/create-ccxt-venues.ts');
  const { createZtdxVenues } = await import('../adapters/venues/ztdx/ztdx-venues.ts');
  const ccxt = createCcxtVenues(
    clock,
    requestMs === null ? {} : { requestMs, halfMs: requestMs * 2 },
  );
  const ztdx = createZtdxVenues(clock, requestMs === null ? {} : { requestMs });
  const waysTo = ({ venue }: VenueConnection) => (venue === 'ztdx' ? ztdx : ccxt);
  // One source per venue, over its live address where the desk has one.
  const live = connections.filter(({ environment }) => environment === 'live');
  const addresses = new Map([...connections, ...live].map((each) => [each.venue, each]));
  return {
    readers: connections.map((connection) => waysTo(connection).reader(connection)),
    writers: connections.flatMap((connection) => waysTo(connection).writer(connection) ?? []),
    openStreams: (listener: StreamListener): VenueStream[] => {
      const to = { listener, random: Math.random };
      const byVenue = [...Map.groupBy(connections, ({ venue }) => venue).values()];
      return byVenue.flatMap((own) => (own[0] ? (waysTo(own[0]).stream(own, to) ?? []) : []));
    },
    marketSources: [...addresses.values()].map((each) => waysTo(each).marketData(each)),
  };
}

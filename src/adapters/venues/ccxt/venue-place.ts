import type { Exchange } from 'ccxt';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { Lane } from '../wire/lane.ts';
import { callContext } from './call-context.ts';
import { createExchange } from './exchange.ts';
import { createScheduledFetch } from './scheduled-fetch.ts';
import type { SharedVenues } from './shared-venues.ts';
import type { VenueProfile } from './venue-profile.ts';

/** Where a venue is reached, whoever asks. */
export type VenueAddress = Pick<VenueConnection, 'venue' | 'environment' | 'baseUrl' | 'proxy'>;

/** What everybody who reaches a venue at one address shares. */
export interface VenuePlace {
  /** The same text for the same venue at the same place. */
  readonly name: string;
  /** An instance of its own, signed or not; `ownLane` is passed before the egress IP's. */
  open(credentials: VenueConnection['credentials'] | null, ownLane: Lane | null): Promise<Exchange>;
  /** Makes the shared market data known to an instance; loads it first when nobody has. */
  loadMarkets(exchange: Exchange): Promise<void>;
  /** Somebody met a symbol that the market data lacks. */
  missed(): void;
}

export function createVenuePlace(
  shared: SharedVenues,
  { environment, baseUrl, proxy }: VenueAddress,
  profile: VenueProfile,
): VenuePlace {
  const { clock, limits, catalog } = shared;
  const name = `${profile.venue} ${environment} ${baseUrl ?? ''}`;
  const ipLane = shared.lanes(`${name} from ${proxy ?? ''}`, profile.budget.perIp);

  const open: VenuePlace['open'] = (credentials, ownLane) => {
    const wire = { profile, baseUrl, proxy, clock, limitMs: limits.requestMs, ipLane };
    const fetch = createScheduledFetch({ ...wire, userLane: ownLane });
    return createExchange({ profile, environment, credentials, fetch });
  };
  // A fresh instance per attempt: ccxt remembers a failed load and never asks again.
  const openDonor = () =>
    callContext.run({ signal: AbortSignal.timeout(limits.marketsMs), replies: [] }, async () => {
      const donor = await open(null, null);
      await donor.loadMarkets(true);
      return donor;
    });
  return {
    name,
    open,
    async loadMarkets(exchange) {
      const donor = await catalog.donor(name, openDonor);
      if (exchange.markets !== donor.markets) exchange.setMarketsFromExchange(donor);
    },
    missed: () => catalog.missed(name),
  };
}

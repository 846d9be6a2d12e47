import { AsyncLocalStorage } from 'node:async_hooks';
import type { Exchange } from 'ccxt';
import { ok } from '../../../domain/result.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { Lane } from '../wire/lane.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { callContext } from './call-context.ts';
import { createExchange } from './exchange.ts';
import { type CcxtFetch, createScheduledFetch } from './scheduled-fetch.ts';
import type { SharedVenues } from './shared-venues.ts';
import type { VenueProfile } from './venue-profile.ts';

/** Where a venue is reached, whoever asks. */
export type VenueAddress = Pick<VenueConnection, 'venue' | 'environment' | 'baseUrl' | 'proxy'>;

/** What everybody who reaches a venue at one address shares. */
export interface VenuePlace {
  /** The same text for the same venue at the same place. */
  readonly name: string;
  /** A signed instance; its requests pass the user's lane before the egress IP's. */
  open(credentials: VenueConnection['credentials'], userLane: Lane): Promise<Exchange>;
  /** A keyless instance whose requests wait in a lane of their own first. */
  openPublic(gate: Lane): Promise<Exchange>;
  /** An instance that speaks over WebSockets; null: without a key. */
  openStream(credentials: VenueConnection['credentials'] | null): Promise<Exchange>;
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

  const fetchWith = (userLane: Lane | null, limitMs = limits.requestMs) =>
    createScheduledFetch({
      ...{ profile, baseUrl, proxy, clock, limitMs },
      ...{ ipLane, userLane },
    });
  const keyless = (fetch: CcxtFetch) =>
    createExchange({ profile, environment, credentials: null, fetch });
  // A fresh instance per attempt: ccxt remembers a failed load and never asks again.
  const openDonor = () =>
    callContext.run({ signal: AbortSignal.timeout(limits.marketsMs), replies: [] }, async () => {
      // Megabytes on a thin line: under a read's limit they would never arrive, however often asked.
      const donor = await keyless(fetchWith(null, limits.marketsMs));
      await donor.loadMarkets(true);
      return donor;
    });
  return {
    name,
    open: (credentials, userLane) =>
      createExchange({ profile, environment, credentials, fetch: fetchWith(userLane) }),
    openPublic: (gate) => keyless(throughGate(gate, fetchWith(null))),
    openStream: (credentials) =>
      createExchange({ profile, environment, credentials, fetch: fetchWith(null), kind: 'stream' }),
    async loadMarkets(exchange) {
      const donor = await catalog.donor(name, openDonor);
      if (exchange.markets !== donor.markets) exchange.setMarketsFromExchange(donor);
    },
    missed: () => catalog.missed(name),
  };
}

function throughGate(gate: Lane, send: CcxtFetch): CcxtFetch {
  return async (url, init) => {
    const signal = callContext.getStore()?.signal ?? new AbortController().signal;
    // The queue starts a task in the context of whoever left it, not of whoever waits in it.
    const asAsker = AsyncLocalStorage.snapshot();
    const reply = await gate.run(signal, async () => ok(await asAsker(send, url, init)));
    if (!reply.ok) throw venueFailure(reply.error);
    return reply.value;
  };
}

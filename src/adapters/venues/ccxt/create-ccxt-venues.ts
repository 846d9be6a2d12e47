import type { Clock } from '../../../ports/clock.ts';
import type { MarketSource } from '../../../ports/market-data.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import type { VenueStream } from '../../../ports/venue-stream.ts';
import type { AccountWriter } from '../../../ports/venue-writer.ts';
import { createLanes } from '../wire/lane.ts';
import { createAccountReader } from './account-reader.ts';
import { ccxtIds } from './ccxt-classes.ts';
import { type CcxtStreamSetup, createCcxtStream } from './ccxt-stream.ts';
import { createMarketCatalog } from './market-catalog.ts';
import { createCcxtMarketData } from './market-data.ts';
import { profileOf } from './profiles.ts';
import type { ReadLimits, SharedVenues } from './shared-venues.ts';
import { STREAM_HABITS } from './stream-habits.ts';
import { createTierCache } from './tier-cache.ts';
import type { VenueAddress } from './venue-place.ts';
import type { VenueProfile } from './venue-profile.ts';
import { createWriteMembers } from './write-members.ts';
import { createWriteSetup } from './write-setup.ts';

const LIMITS: ReadLimits = { requestMs: 8_000, halfMs: 10_000, marketsMs: 30_000 };

/** Venues of the desk file that ccxt serves, `binancepm` included. */
export function ccxtVenueIds(): string[] {
  return [...ccxtIds(), 'binancepm'].sort();
}

export function isCcxtVenue(id: string): boolean {
  return ccxtVenueIds().includes(id);
}

/** Ways to the venues ccxt serves. An id ccxt does not know throws: configuration has asked `isCcxtVenue`. */
export interface CcxtVenues {
  reader(connection: VenueConnection): AccountReader;
  /** Null for a venue at which nothing is changed. Accounts made here can send to each other. */
  writer(connection: VenueConnection): AccountWriter | null;
  /** Null for a venue that nobody has watched yet: readings alone tell. */
  stream(
    connections: readonly VenueConnection[],
    to: Pick<CcxtStreamSetup, 'listener' | 'random'>,
  ): VenueStream | null;
  /** What the venue tells everybody; no key is used, whatever else the address holds. */
  marketData(address: VenueAddress): MarketSource;
}

/** Readers and market sources that share market data and rate limits: make one per process. */
export function createCcxtVenues(
  clock: Clock,
  limits: Partial<ReadLimits> = {},
  lanes: SharedVenues['lanes'] = createLanes(clock),
): CcxtVenues {
  const shared = {
    clock,
    lanes,
    catalog: createMarketCatalog(clock),
    tiers: createTierCache(clock),
    limits: { ...LIMITS, ...limits },
  };
  const members = createWriteMembers();
  return {
    writer(connection) {
      const profile = knownProfile(connection.venue);
      const { createWriter } = profile;
      if (createWriter === undefined || !hasEnvironment(profile, connection)) return null;
      return createWriter(createWriteSetup({ shared, members }, connection, profile));
    },
    reader: (connection) => createAccountReader(shared, connection, knownProfile(connection.venue)),
    stream(connections, to) {
      const profile = connections[0] && knownProfile(connections[0].venue);
      if (profile === undefined || STREAM_HABITS[profile.venue] === undefined) return null;
      return createCcxtStream({ ...to, shared, profile, connections });
    },
    marketData: (address) => createCcxtMarketData(shared, address, knownProfile(address.venue)),
  };
}

function hasEnvironment(profile: VenueProfile, { environment }: VenueConnection): boolean {
  return environment === 'live' || profile.environments[environment] !== null;
}

function knownProfile(venue: string): VenueProfile {
  if (isCcxtVenue(venue)) return profileOf(venue);
  throw new TypeError(`ccxt has no exchange ${JSON.stringify(venue)}`);
}

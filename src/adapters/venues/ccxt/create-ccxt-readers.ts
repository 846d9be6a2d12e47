import type { Clock } from '../../../ports/clock.ts';
import type { AccountReader, VenueConnection } from '../../../ports/venue.ts';
import { createLanes } from '../wire/lane.ts';
import type { ReadLimits } from './account-line.ts';
import { createAccountReader } from './account-reader.ts';
import { ccxtIds } from './ccxt-classes.ts';
import { createMarketCatalog } from './market-catalog.ts';
import { profileOf } from './profiles.ts';
import { createTierCache } from './tier-cache.ts';

const LIMITS: ReadLimits = { requestMs: 8_000, halfMs: 10_000, marketsMs: 30_000 };

/** Venues of the desk file that ccxt serves, `binancepm` included. */
export function ccxtVenueIds(): string[] {
  return [...ccxtIds(), 'binancepm'].sort();
}

export function isCcxtVenue(id: string): boolean {
  return ccxtVenueIds().includes(id);
}

/**
 * A maker of readers that share market data and rate limits: make one per process. An id ccxt does not
 * know throws: configuration has asked `isCcxtVenue` before.
 */
export function createCcxtReaders(
  clock: Clock,
  limits: Partial<ReadLimits> = {},
): (connection: VenueConnection) => AccountReader {
  const shared = {
    clock,
    lanes: createLanes(clock),
    catalog: createMarketCatalog(clock),
    tiers: createTierCache(clock),
    limits: { ...LIMITS, ...limits },
  };
  return (connection) => {
    if (!isCcxtVenue(connection.venue)) {
      throw new TypeError(`ccxt has no exchange ${JSON.stringify(connection.venue)}`);
    }
    return createAccountReader(shared, connection, profileOf(connection.venue));
  };
}

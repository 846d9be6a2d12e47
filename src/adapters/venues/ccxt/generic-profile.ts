import { fetchGenericBook } from './generic-book.ts';
import { inspectGeneric } from './generic-inspect.ts';
import { fetchGenericMargin } from './generic-margin.ts';
import { unknownVenueRules } from './venue-codes.ts';
import type { VenueProfile } from './venue-profile.ts';

/**
 * Any other venue ccxt knows, read-only, by ccxt's unified fields. Five requests a second: what the
 * slowest of them allow.
 */
export function genericProfile(venue: string): VenueProfile {
  return {
    venue,
    ccxtId: venue,
    environments: { testnet: 'sandbox', demo: null },
    options: { defaultType: 'swap' },
    rules: unknownVenueRules,
    budget: {
      perIp: { requests: 5, perMs: 1_000 },
      perUser: { requests: 5, perMs: 1_000 },
      weightPerMinute: null,
      limits: { keyHeader: null, tooMany: 'ip', ipCodes: [], leastMs: {} },
    },
    fetchBook: fetchGenericBook,
    fetchMargin: fetchGenericMargin,
    inspect: inspectGeneric,
  };
}

import { venueError } from '../../../domain/venue-error.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { unknownVenueRules } from './venue-codes.ts';
import type { VenueProfile } from './venue-profile.ts';

export function genericProfile(venue: string): VenueProfile {
  const notYet = async () => {
    throw venueFailure(venueError('unsupported', { code: 'not-offered' }));
  };
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
    },
    fetchBook: notYet,
    fetchMargin: notYet,
    inspect: notYet,
  };
}

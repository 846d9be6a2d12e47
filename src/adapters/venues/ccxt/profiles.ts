import { bybitProfile } from './bybit-profile.ts';
import { genericProfile } from './generic-profile.ts';
import type { VenueProfile } from './venue-profile.ts';

const PROFILES: ReadonlyMap<string, VenueProfile> = new Map(
  [bybitProfile].map((profile) => [profile.venue, profile]),
);

/** How a venue is read: by its own profile, else by what ccxt unifies. */
export function profileOf(venue: string): VenueProfile {
  return PROFILES.get(venue) ?? genericProfile(venue);
}

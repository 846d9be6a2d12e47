import { binanceCoinmProfile } from './binance-coinm-profile.ts';
import { binancePmProfile } from './binance-pm-profile.ts';
import { binanceUsdmProfile } from './binance-usdm-profile.ts';
import { bybitProfile } from './bybit-profile.ts';
import { genericProfile } from './generic-profile.ts';
import { hyperliquidProfile } from './hyperliquid-profile.ts';
import { okxProfile } from './okx-profile.ts';
import type { VenueProfile } from './venue-profile.ts';

const PROFILES: ReadonlyMap<string, VenueProfile> = new Map(
  [
    bybitProfile,
    binanceUsdmProfile,
    binanceCoinmProfile,
    binancePmProfile,
    okxProfile,
    hyperliquidProfile,
  ].map((profile) => [profile.venue, profile]),
);

/** How a venue is read: by its own profile, else by what ccxt unifies. */
export function profileOf(venue: string): VenueProfile {
  return PROFILES.get(venue) ?? genericProfile(venue);
}

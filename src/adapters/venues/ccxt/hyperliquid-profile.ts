import { genericProfile } from './generic-profile.ts';
import { fetchHyperliquidBook } from './hyperliquid-book.ts';
import { fetchHyperliquidMargin } from './hyperliquid-margin.ts';
import type { VenueProfile } from './venue-profile.ts';

/** Hyperliquid, read-only: signed by nobody, an account's state is public under its address. */
export const hyperliquidProfile: VenueProfile = {
  ...genericProfile('hyperliquid'),
  options: {
    fetchMarkets: { types: ['swap', 'hip3'] },
  },
  // 1,200 weight per minute and IP; an account's state weighs 2, market data 20.
  budget: {
    perIp: { requests: 10, perMs: 1_000 },
    perUser: { requests: 10, perMs: 1_000 },
    weightPerMinute: null,
    limits: genericProfile('hyperliquid').budget.limits,
  },
  fetchBook: fetchHyperliquidBook,
  fetchMargin: fetchHyperliquidMargin,
};

import type { Clock } from '../../../ports/clock.ts';
import type { Lane, LaneBudget } from '../wire/lane.ts';
import type { MarketCatalog } from './market-catalog.ts';
import type { TierCache } from './tier-cache.ts';

/** What all accounts and market sources of the process share. */
export interface SharedVenues {
  readonly clock: Clock;
  readonly lanes: (key: string, budget: LaneBudget) => Lane;
  readonly catalog: MarketCatalog;
  readonly tiers: TierCache;
  readonly limits: ReadLimits;
}

export interface ReadLimits {
  /** One HTTP request. */
  readonly requestMs: number;
  /** One half of a reading, an inspection, or one question to a market source. */
  readonly halfMs: number;
  /** Loading the market data of a venue, or a history of candles. */
  readonly marketsMs: number;
}

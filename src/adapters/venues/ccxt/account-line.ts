import type { Exchange } from 'ccxt';
import type { AccountId } from '../../../domain/units.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { Lane, LaneBudget } from '../wire/lane.ts';
import { type CallContext, callContext } from './call-context.ts';
import { contractById } from './contract-market.ts';
import { createExchange } from './exchange.ts';
import { instrumentOf } from './instrument-of.ts';
import type { MarketCatalog } from './market-catalog.ts';
import { createScheduledFetch } from './scheduled-fetch.ts';
import type { TierCache } from './tier-cache.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

/** What all accounts of the process share. */
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
  /** One half of a reading, or an inspection. */
  readonly halfMs: number;
  /** Loading the market data of a venue. */
  readonly marketsMs: number;
}

/** One account's way to its venue: the signed instance, made on first use, and sessions over it. */
export interface AccountLine {
  session(context: CallContext): Promise<VenueSession>;
}

export function createAccountLine(
  shared: SharedVenues,
  connection: VenueConnection,
  profile: VenueProfile,
): AccountLine {
  const { clock, catalog, limits } = shared;
  const { environment, baseUrl, proxy, account } = connection;
  const place = `${profile.venue} ${environment} ${baseUrl ?? ''}`;
  const ipLane = shared.lanes(`${place} from ${proxy ?? ''}`, profile.budget.perIp);
  const userLane = shared.lanes(`${place} as ${userOf(connection)}`, profile.budget.perUser);

  const open = (isSigned: boolean): Promise<Exchange> => {
    const wire = { profile, baseUrl, proxy, clock, limitMs: limits.requestMs, ipLane };
    return createExchange({
      profile,
      environment,
      credentials: isSigned ? connection.credentials : null,
      fetch: createScheduledFetch({ ...wire, userLane: isSigned ? userLane : null }),
    });
  };
  // A fresh instance per attempt: ccxt remembers a failed load and never asks again.
  const openDonor = () =>
    callContext.run({ signal: AbortSignal.timeout(limits.marketsMs), replies: [] }, async () => {
      const donor = await open(false);
      await donor.loadMarkets(true);
      return donor;
    });

  let signed: Promise<Exchange> | null = null;
  const exchangeOnce = () => {
    signed ??= open(true).catch((fault: unknown) => {
      signed = null;
      throw fault;
    });
    return signed;
  };

  return {
    async session({ signal, replies }) {
      const exchange = await exchangeOnce();
      return {
        ...{ account: account satisfies AccountId, venue: profile.venue, environment },
        ...{ clock, signal, replies, exchange },
        commons: { owner: shared, place },
        call: (method, params = {}) => callImplicit(exchange, method, params),
        async loadMarkets() {
          const donor = await catalog.donor(place, openDonor);
          if (exchange.markets !== donor.markets) exchange.setMarketsFromExchange(donor);
        },
        market(marketId) {
          const found = contractById(exchange, marketId);
          if (found === null) catalog.missed(place);
          return found;
        },
        instrument: (market, brackets) =>
          instrumentOf({ venue: profile.venue, exchange }, market, brackets),
        tiers: (key, load) => shared.tiers(`${place} ${key}`, load),
      };
    },
  };
}

/** Whose limits a request counts against: the key's. Used as a key in memory only. */
function userOf({ credentials, account }: VenueConnection): string {
  return credentials.apiKey ?? credentials.wallet ?? account;
}

async function callImplicit(exchange: Exchange, method: string, params: object): Promise<unknown> {
  const implicit: unknown = (exchange as unknown as Record<string, unknown>)[method];
  if (typeof implicit !== 'function') throw new TypeError(`ccxt has no method ${method}`);
  return implicit.call(exchange, params);
}

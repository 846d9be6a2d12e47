import type { Exchange } from 'ccxt';
import { ok } from '../../../domain/result.ts';
import type { AccountId } from '../../../domain/units.ts';
import type { VenueConnection } from '../../../ports/venue.ts';
import type { Lane } from '../wire/lane.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { type CallContext, callContext } from './call-context.ts';
import { contractById } from './contract-market.ts';
import { instrumentOf } from './instrument-of.ts';
import type { SharedVenues } from './shared-venues.ts';
import { createVenuePlace } from './venue-place.ts';
import type { VenueProfile, VenueSession } from './venue-profile.ts';

/** One account's way to its venue: the signed instance, made on first use, and sessions over it. */
export interface AccountLine {
  session(context: CallContext): Promise<VenueSession>;
}

export function createAccountLine(
  shared: SharedVenues,
  connection: VenueConnection,
  profile: VenueProfile,
): AccountLine {
  const { clock } = shared;
  const { environment, account } = connection;
  const place = createVenuePlace(shared, connection, profile);
  const userLane = shared.lanes(`${place.name} as ${userOf(connection)}`, profile.budget.perUser);
  const { tiers } = profile.budget;
  const tierLane =
    tiers === undefined
      ? null
      : shared.lanes(`${place.name} tiers from ${connection.proxy ?? ''}`, tiers);

  let signed: Promise<Exchange> | null = null;
  const exchangeOnce = () => {
    signed ??= place.open(connection.credentials, userLane).catch((fault: unknown) => {
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
        commons: { owner: shared, place: place.name },
        call: (method, params = {}) => callImplicit(exchange, method, params),
        loadMarkets: () => place.loadMarkets(exchange),
        market(marketId) {
          const found = contractById(exchange, marketId);
          if (found === null) place.missed();
          return found;
        },
        instrument: (market, brackets) => instrumentOf({ ...profile, exchange }, market, brackets),
        tiers: (key, load) =>
          shared.tiers(`${place.name} ${key}`, () => loadTiers(shared, tierLane, load)),
      };
    },
  };
}

/** Under no read's signal: others wait for the same brackets, and the next read has use for them. */
async function loadTiers<T>(
  { limits }: SharedVenues,
  lane: Lane | null,
  load: () => Promise<T>,
): Promise<T> {
  const signal = AbortSignal.timeout(limits.marketsMs);
  const inContext = () => callContext.run({ signal, replies: [] }, load);
  if (lane === null) return inContext();
  const loaded = await lane.run(signal, async () => ok(await inContext()));
  if (!loaded.ok) throw venueFailure(loaded.error);
  return loaded.value;
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

import { venueError } from '../../../domain/venue-error.ts';
import { venueFailure } from '../wire/venue-failure.ts';
import { recall } from './account-memory.ts';
import type { RawRecord } from './raw-record.ts';
import { recordAt } from './venue-list.ts';
import type { VenueSession } from './venue-profile.ts';

/** An account's state on one exchange of Hyperliquid: the main one (null), or a builder's (HIP-3). */
export interface HyperliquidState {
  readonly dex: string | null;
  readonly state: RawRecord;
}

/**
 * The state on the main exchange and on every builder's exchange whose markets ccxt has loaded: each
 * has a margin pool and a list of positions of its own. Both halves of a read share the calls.
 */
export async function fetchHyperliquidStates(session: VenueSession): Promise<HyperliquidState[]> {
  const user = session.exchange.walletAddress;
  if (!user) {
    throw venueFailure(venueError('unauthorized', { code: 'field', field: 'wallet' }));
  }
  const load = async () => {
    await session.loadMarkets();
    return Promise.all(
      [null, ...dexesOf(session)].map(async (dex) => {
        const query = { type: 'clearinghouseState', user, ...(dex === null ? {} : { dex }) };
        return { dex, state: recordAt(await session.call('publicPostInfo', query)) };
      }),
    );
  };
  return recall(session, { key: 'clearinghouse', freshMs: 0, load });
}

function dexesOf(session: VenueSession): Set<string> {
  const dexes = new Set<string>();
  for (const market of Object.values(session.exchange.markets ?? {})) {
    const dex: unknown = market?.info?.['dex'];
    if (typeof dex === 'string' && dex !== '') dexes.add(dex);
  }
  return dexes;
}

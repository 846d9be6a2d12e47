import type { AccountInspection } from '../../../ports/venue.ts';
import { fetchGenericBook } from './generic-book.ts';
import type { VenueSession } from './venue-profile.ts';

/** Only what ccxt unifies: the clock and the number of positions. Permissions are not among it. */
export async function inspectGeneric(session: VenueSession): Promise<AccountInspection> {
  const [clockOffsetMs, { book }] = await Promise.all([
    measureClock(session),
    fetchGenericBook(session),
  ]);
  return {
    clockOffsetMs,
    mayTrade: null,
    mayWithdraw: null,
    hasIpList: null,
    modes: [],
    categories: [{ name: 'contracts', positions: book.positions.length }],
  };
}

async function measureClock({ exchange, clock }: VenueSession): Promise<number | null> {
  if (exchange.has['fetchTime'] !== true) return null;
  const before = clock.now();
  const venueTime: unknown = await exchange.fetchTime();
  const middle = (before + clock.now()) / 2;
  return typeof venueTime === 'number' ? Math.round(venueTime - middle) : null;
}

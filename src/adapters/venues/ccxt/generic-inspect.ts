import type { AccountInspection } from '../../../ports/venue.ts';
import { offsetOf } from './clock-offset.ts';
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
  const askedAt = clock.now();
  const venueTime: unknown = await exchange.fetchTime();
  if (typeof venueTime !== 'number') return null;
  return offsetOf({ venueTime, askedAt, answeredAt: clock.now() });
}

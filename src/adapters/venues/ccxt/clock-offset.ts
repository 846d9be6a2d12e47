import { parseDecimal } from '../../../domain/decimal.ts';
import type { VenueSession } from './venue-profile.ts';

/** Venue clock minus the middle of our asking and its answering; null when its answer holds no time. */
export async function clockOffset(
  session: VenueSession,
  method: string,
  timeIn: (reply: unknown) => unknown,
): Promise<number | null> {
  const before = session.clock.now();
  const venueTime = parseDecimal(timeIn(await session.call(method)));
  const middle = (before + session.clock.now()) / 2;
  return venueTime === null ? null : Math.round(venueTime.toNumber() - middle);
}

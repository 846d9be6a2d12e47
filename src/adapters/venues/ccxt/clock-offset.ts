import { parseDecimal } from '../../../domain/decimal.ts';
import type { VenueSession } from './venue-profile.ts';

/** What the venue's clock said, and when we asked and were answered by ours; epoch milliseconds. */
export interface ClockReading {
  readonly venueTime: number;
  readonly askedAt: number;
  readonly answeredAt: number;
}

/**
 * Venue clock minus ours, as far as it is certain. A venue time between our asking and our hearing
 * proves nothing, since a request may wait in a queue or a busy machine for seconds: that is 0.
 */
export function offsetOf({ venueTime, askedAt, answeredAt }: ClockReading): number {
  if (venueTime < askedAt) return venueTime - askedAt;
  return Math.max(0, venueTime - answeredAt);
}

/** The offset by a venue's own time call; null when its answer holds no time. */
export async function clockOffset(
  session: VenueSession,
  method: string,
  timeIn: (reply: unknown) => unknown,
): Promise<number | null> {
  const askedAt = session.clock.now();
  const venueTime = parseDecimal(timeIn(await session.call(method)))?.toNumber();
  const answeredAt = session.clock.now();
  return venueTime === undefined ? null : offsetOf({ venueTime, askedAt, answeredAt });
}

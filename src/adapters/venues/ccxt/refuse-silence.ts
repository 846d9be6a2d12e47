import { malformed } from './malformed.ts';
import { isRecord } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';

/**
 * To call when ccxt's unified answer is empty. Where ccxt finds no list in a reply it answers an empty
 * one itself; flat is only an empty list that the venue sent.
 */
export function refuseSilence(session: Pick<VenueSession, 'replies'>, what: string): void {
  if (!session.replies.some(holdsList)) throw malformed(what);
}

function holdsList(value: unknown): boolean {
  return Array.isArray(value) || (isRecord(value) && Object.values(value).some(holdsList));
}

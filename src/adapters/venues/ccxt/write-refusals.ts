import type { VenueError } from '../../../domain/venue-error.ts';
import type { WriteOutcome } from '../../../ports/venue-writer.ts';
import { refused } from './write-call.ts';

/** What a look that had to come before the call, and failed, makes of the act: nothing was sent. */
export function refusedBy({
  kind,
  detail,
}: VenueError): Extract<WriteOutcome, { kind: 'refused' }> {
  const venueCode = detail.code === 'venue' ? detail.venueCode : null;
  switch (kind) {
    case 'rate-limited':
    case 'clock':
      return refused(kind, venueCode);
    case 'unauthorized':
      return refused('not-permitted', venueCode);
    case 'unsupported':
      return refused('not-offered', venueCode);
    default:
      return refused('not-sent', venueCode);
  }
}

import { venueError } from '../../../domain/venue-error.ts';
import { venueFailure } from '../wire/venue-failure.ts';

/** To throw where the venue, or these credentials, do not offer what is asked. */
export function notOffered(): Error {
  return venueFailure(venueError('unsupported', { code: 'not-offered' }));
}

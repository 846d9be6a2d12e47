import { venueError } from '../../../domain/venue-error.ts';
import { venueFailure } from '../wire/venue-failure.ts';

/** To throw when a reply came whole but lacks what it must hold. */
export function malformed(field: string): Error {
  return venueFailure(venueError('malformed', { code: 'field', field }));
}

/** The reply as a list, or a failure that names it. An object where a list is due is not "none". */
export function listOf(reply: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(reply)) throw malformed(name);
  return reply;
}

import type { VenueError } from '../../../domain/venue-error.ts';

const failures = new WeakMap<Error, VenueError>();

/**
 * A VenueError on its way through code that can only throw (ccxt calls our fetch and passes on what it
 * throws). The message says nothing: whoever prints it by accident leaks nothing.
 */
export function venueFailure(error: VenueError): Error {
  const failure = new Error('the venue could not be read');
  failures.set(failure, error);
  return failure;
}

/** The VenueError inside something thrown by `venueFailure`, else null. */
export function failureOf(thrown: unknown): VenueError | null {
  return thrown instanceof Error ? (failures.get(thrown) ?? null) : null;
}

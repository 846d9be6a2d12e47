import { type GapKind, type VenueError, venueError } from '../../../domain/venue-error.ts';
import { failureOf } from '../wire/venue-failure.ts';

/** ccxt's classes, the more special ones first. Names, so that ccxt need not be loaded to ask. */
const KINDS: readonly (readonly [string, GapKind])[] = [
  ['InvalidNonce', 'clock'],
  ['RateLimitExceeded', 'rate-limited'],
  ['DDoSProtection', 'rate-limited'],
  ['AuthenticationError', 'unauthorized'],
  ['NotSupported', 'unsupported'],
  ['BadResponse', 'malformed'],
  ['BaseError', 'unavailable'],
];

/**
 * The meaning of whatever came flying out of a ccxt call: our own failure, else ccxt's class. Its
 * message is dropped: it carries the signed url. `venueCode` is the code the reply held, when one is known.
 */
export function classifyError(thrown: unknown, venueCode: string | null = null): VenueError {
  const own = failureOf(thrown);
  if (own) return own;
  const detail =
    venueCode === null
      ? ({ code: 'unexpected' } as const)
      : ({ code: 'venue', venueCode } as const);
  const names = classNames(thrown);
  const kind = KINDS.find(([name]) => names.has(name))?.[1];
  if (kind) return venueError(kind, detail);
  // ccxt trips over a reply of another shape than it expects; the reply is at fault, not the way to it.
  return venueError(names.has('TypeError') ? 'malformed' : 'unavailable', detail);
}

function classNames(thrown: unknown): Set<string> {
  const names = new Set<string>();
  for (
    let at: unknown = thrown;
    typeof at === 'object' && at !== null;
    at = Object.getPrototypeOf(at)
  ) {
    names.add(at.constructor.name);
  }
  return names;
}

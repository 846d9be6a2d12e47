import { type VenueError, type VenueErrorDetail, venueError } from '../../../domain/venue-error.ts';

/** Error codes of node and undici, by the word we have for them. */
const WORDS: readonly (readonly [RegExp, VenueErrorDetail])[] = [
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, { code: 'refused' }],
  [/^(ENOTFOUND|EAI_\w+)$/, { code: 'dns' }],
  [/^(ERR_(TLS|SSL)_\w+|\w*CERT\w*|UNABLE_TO_\w+|EPROTO)$/, { code: 'tls' }],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET|ECONNABORTED)$/, { code: 'reset' }],
  [/^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT)$/, { code: 'timeout', ms: 0 }],
];

/** Why no reply came at all after `ms`. Always `unavailable`; the fault's own text is dropped. */
export function classifyTransportFault(fault: unknown, ms: number): VenueError {
  for (const code of codesOf(fault)) {
    const word = WORDS.find(([pattern]) => pattern.test(code));
    if (word?.[1].code === 'timeout') return venueError('unavailable', { code: 'timeout', ms });
    if (word) return venueError('unavailable', word[1]);
  }
  return venueError('unavailable', { code: 'unexpected' });
}

/** fetch wraps the real fault in `cause`, happy eyeballs wraps several in an AggregateError. */
function codesOf(fault: unknown): string[] {
  const codes: string[] = [];
  for (let at: unknown = fault, depth = 0; at instanceof Error && depth < 5; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code);
    if (at instanceof AggregateError) codes.push(...at.errors.flatMap(codesOf));
    at = at.cause;
  }
  return codes;
}

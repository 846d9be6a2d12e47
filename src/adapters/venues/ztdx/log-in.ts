import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { firstText, payloadOf } from './fields.ts';
import { readLoginRequest, uint256 } from './login-request.ts';
import { loginSignerOf } from './login-signer.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

/** Undocumented which: any of these, bare or inside `data`. */
const TOKEN_NAMES = ['token', 'access_token', 'jwt'];

/** One wallet login: nonce, check, signature, JWT. Does not reject. */
export async function logIn(
  http: ZtdxHttp,
  credentials: VenueCredentials,
  signal: AbortSignal,
): Promise<Result<string, VenueError>> {
  const signer = await loginSignerOf(credentials);
  if (!signer.ok) return signer;
  const { terms } = signer.value;
  const address = terms.wallet;
  const path = `/api/v1/auth/nonce/${encodeURIComponent(address)}`;
  const challenge = await http({ method: 'GET', path }, signal);
  if (!challenge.ok) return challenge;
  const fields = payloadOf(challenge.value.json);
  const request = readLoginRequest(fields?.['typed_data'], terms);
  if (!request.ok) return malformed(request.error);
  const announced = uint256(fields?.['nonce']);
  if (announced !== null && announced !== request.value.nonce) return malformed('nonce');
  const signature = await signer.value.sign(request.value);
  const body = { address, signature, timestamp: request.value.timestampAsSent };
  const answer = await http({ method: 'POST', path: '/api/v1/auth/login', body }, signal);
  if (!answer.ok) return err(refusedLogin(answer.error));
  const token = firstText(payloadOf(answer.value.json), TOKEN_NAMES);
  // Anything else would not survive in a header, or would smuggle one.
  return token !== null && /^[\w.~+/=-]+$/.test(token) ? ok(token) : malformed('token');
}

function malformed(field: string) {
  return err(venueError('malformed', { code: 'field', field }));
}

/** Here any plain "no" is about the signature: this key does not speak for this wallet. */
function refusedLogin(error: VenueError): VenueError {
  const { detail } = error;
  const isNo =
    detail.code === 'venue' || (detail.code === 'http' && [400, 422].includes(detail.status));
  return error.kind === 'unavailable' && isNo ? { ...error, kind: 'unauthorized' } : error;
}

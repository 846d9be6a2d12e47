import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { parseAccount, type UnifiedAccount } from './parse-account.ts';
import type { Round } from './round.ts';
import { signedQuery } from './signed-query.ts';
import { isNotOffered, type ZtdxHttp, type ZtdxReply } from './ztdx-http.ts';

const PATH = '/api/v1/unified/account';
const RECV_WINDOW_MS = 5_000;

export interface UnifiedAccountDeps {
  /** For signed calls: the key pair is another user than the token, with limits of its own. */
  readonly http: ZtdxHttp;
  readonly round: Round;
  readonly credentials: VenueCredentials;
  readonly clock: Clock;
  /** The position list of the same round: whether the venue takes our JWT at all. */
  readonly list: Promise<Result<unknown, VenueError>>;
}

/** Signed with the key pair where there is one, else tried with the JWT. */
export async function readUnifiedAccount(
  deps: UnifiedAccountDeps,
): Promise<Result<UnifiedAccount, VenueError>> {
  const { apiKey, secret } = deps.credentials;
  const hasPair = apiKey !== null && secret !== null;
  const reply = hasPair ? await signedGet(deps, { apiKey, secret }) : await tokenGet(deps);
  if (!reply.ok) {
    const isForToken = !hasPair && reply.error.kind === 'unauthorized';
    const isAbout = isForToken || isNotOffered(reply.error);
    // Only beside a list that does answer: else the key, or the whole address, is what is wrong.
    return isAbout && (await deps.list).ok ? err(notOffered()) : reply;
  }
  const account = parseAccount(reply.value.json, deps.clock.now());
  return account.ok
    ? account
    : err(venueError('malformed', { code: 'field', field: account.error }));
}

function signedGet(
  { http, round, clock }: UnifiedAccountDeps,
  pair: { readonly apiKey: string; readonly secret: string },
): Promise<Result<ZtdxReply, VenueError>> {
  const query = `recvWindow=${RECV_WINDOW_MS}&timestamp=${clock.now()}`;
  const path = `${PATH}?${signedQuery(query, pair.secret)}`;
  return http({ method: 'GET', path, headers: { 'x-mbx-apikey': pair.apiKey } }, round.signal);
}

/** No login for this path alone: where it takes no JWT, each read would make one for nothing. */
async function tokenGet({
  round,
  list,
}: UnifiedAccountDeps): Promise<Result<ZtdxReply, VenueError>> {
  const first = await round.getAsIs(PATH);
  if (first.ok || first.error.kind !== 'unauthorized') return first;
  await list;
  return round.hasRenewed() ? round.getAsIs(PATH) : first;
}

function notOffered(): VenueError {
  return venueError('unsupported', { code: 'not-offered' });
}

import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { VenueCredentials } from '../../../ports/venue.ts';
import { settle } from '../wire/settle.ts';
import { logIn } from './log-in.ts';
import { tokenExpiry } from './token-expiry.ts';
import type { ZtdxHttp } from './ztdx-http.ts';

/** The JWT of one account, kept between reads and shared by all calls that run at once. */
export interface Session {
  /** False: a given token and no key. When that is refused there is no other. */
  readonly mayLogIn: boolean;
  token(signal: AbortSignal): Promise<Result<string, VenueError>>;
  /** Another token than the refused one. Callers that were refused the same one share a login. */
  renew(refused: string, signal: AbortSignal): Promise<Result<string, VenueError>>;
}

interface Held {
  readonly jwt: string;
  readonly expiresAt: number | null;
}

/**
 * After a login that did not help: a key that is refused is asked about once a minute, not with every
 * read, or the venue has every reason to close its door.
 */
const FUTILE_MS = 60_000;

/** Two exchanges and a signature. */
const LOGIN_LIMIT_MS = 20_000;

export function createSession(
  http: ZtdxHttp,
  credentials: VenueCredentials,
  clock: Clock,
): Session {
  const mayLogIn = credentials.privateKey !== null;
  const hold = (jwt: string): Held => ({ jwt, expiresAt: tokenExpiry(jwt, clock.now()) });
  let held = credentials.token === null ? null : hold(credentials.token);
  let pending: Promise<Result<string, VenueError>> | null = null;
  let refusal: { readonly error: VenueError; readonly at: number } | null = null;
  let renewal: { readonly jwt: string; readonly at: number } | null = null;
  const isRecent = (event: { readonly at: number } | null) =>
    event !== null && clock.now() - event.at < FUTILE_MS;

  const logInOnce = async (signal: AbortSignal): Promise<Result<string, VenueError>> => {
    if (refusal !== null && isRecent(refusal)) return err(refusal.error);
    // Not under the first caller's signal: the others wait for the same login.
    pending ??= logIn(http, credentials, new AbortController().signal)
      .then((login) => {
        if (login.ok) held = hold(login.value);
        const isRefused = !login.ok && login.error.kind === 'unauthorized';
        refusal = isRefused ? { error: login.error, at: clock.now() } : null;
        return login;
      })
      .finally(() => {
        pending = null;
      });
    const login = pending;
    const bounds = { signal, limitMs: LOGIN_LIMIT_MS, clock, classify: unexpected };
    const outcome = await settle(bounds, () => login);
    return outcome.ok ? outcome.value : outcome;
  };

  return {
    mayLogIn,
    async token(signal) {
      if (held === null) return logInOnce(signal);
      const isOver = held.expiresAt !== null && clock.now() >= held.expiresAt;
      // A given token that has run out is sent all the same: only the venue can refuse it.
      return isOver && mayLogIn ? logInOnce(signal) : ok(held.jwt);
    },
    async renew(refused, signal) {
      if (held !== null && held.jwt !== refused) return ok(held.jwt);
      // A new token refused like the old one: the same one tells the caller that there is no better.
      if (renewal?.jwt === refused && isRecent(renewal)) return ok(refused);
      const login = await logInOnce(signal);
      if (login.ok) renewal = { jwt: login.value, at: clock.now() };
      return login;
    },
  };
}

function unexpected(): VenueError {
  return venueError('unavailable', { code: 'unexpected' });
}

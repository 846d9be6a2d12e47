import { err, type Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { Session } from './session.ts';
import type { ZtdxHttp, ZtdxReply } from './ztdx-http.ts';

/** The calls of one reading. However many of them are refused, there is one new login. */
export interface Round {
  readonly signal: AbortSignal;
  /** With the JWT; on a refusal once more with a new one, then the key counts as refused. */
  get(path: string): Promise<Result<ZtdxReply, VenueError>>;
  /** With the JWT as it is, for a path that may not take JWTs at all. */
  getAsIs(path: string): Promise<Result<ZtdxReply, VenueError>>;
  /** Whether a refusal made this round ask for another token. */
  hasRenewed(): boolean;
}

export function startRound(http: ZtdxHttp, session: Session, signal: AbortSignal): Round {
  let renewal: Promise<Result<string, VenueError>> | null = null;
  const send = (path: string, token: string) =>
    http({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } }, signal);
  return {
    signal,
    async get(path) {
      const token = await session.token(signal);
      if (!token.ok) return token;
      const first = await send(path, token.value);
      if (first.ok || first.error.kind !== 'unauthorized' || !session.mayLogIn) return first;
      renewal ??= session.renew(token.value, signal);
      const renewed = await renewal;
      if (!renewed.ok) return renewed;
      return renewed.value === token.value ? err(first.error) : send(path, renewed.value);
    },
    async getAsIs(path) {
      const token = await session.token(signal);
      return token.ok ? send(path, token.value) : token;
    },
    hasRenewed: () => renewal !== null,
  };
}

import { err, ok, type Result } from '../../../domain/result.ts';
import { venueError } from '../../../domain/venue-error.ts';
import { type Fields, payloadOf } from './fields.ts';
import type { Session } from './session.ts';
import { failureOfWrite, refused, type WriteFailure } from './write-outcome.ts';
import type { ZtdxHttp, ZtdxRequest } from './ztdx-http.ts';

type WriteRequest = Pick<ZtdxRequest, 'method' | 'path' | 'body'>;

/** One call that changes something, with the JWT; what the venue answered, or what became of it. */
export type WriteCall = (
  request: WriteRequest,
  signal: AbortSignal,
) => Promise<Result<Fields, WriteFailure>>;

/**
 * Sent once. The only exception is a bare 401: a refused JWT proves that nothing was executed, so the
 * call is made again with a token from a new login, and that is the last time.
 */
export function createWriteCall(http: ZtdxHttp, session: Session): WriteCall {
  const send = async (request: WriteRequest, token: string, signal: AbortSignal) => {
    let hasLeft = false;
    const onDeparture = () => {
      hasLeft = true;
    };
    const headers = { authorization: `Bearer ${token}` };
    const reply = await http({ ...request, headers, onDeparture }, signal);
    if (reply.ok) return { isJwtRefused: false, result: answerOf(reply.value.json) };
    const { detail } = reply.error;
    const isJwtRefused = detail.code === 'http' && detail.status === 401;
    return { isJwtRefused, result: err(failureOfWrite(reply.error, hasLeft)) };
  };
  return async (request, signal) => {
    const token = await session.token(signal);
    if (!token.ok) return err(failureOfWrite(token.error, false));
    const first = await send(request, token.value, signal);
    if (!first.isJwtRefused || !session.mayLogIn) return first.result;
    const renewed = await session.renew(token.value, signal);
    // The 401 stands: nothing was executed, whatever kept us from a better token.
    if (!renewed.ok || renewed.value === token.value) return err(refused('not-permitted'));
    return (await send(request, renewed.value, signal)).result;
  };
}

/** What answers to these calls are documented to hold, any of it: no page shows them all. */
const SIGNS = ['position', 'position_id', 'order_id', 'id', 'status', 'updated_at'];

/** A 200 that says nothing about what we asked for proves nothing. */
function answerOf(json: object): Result<Fields, WriteFailure> {
  const fields = payloadOf(json);
  const isTold =
    (json as Fields)['success'] === true || SIGNS.some((name) => name in (fields ?? {}));
  return fields !== null && isTold
    ? ok(fields)
    : err({ kind: 'unknown', error: venueError('malformed', { code: 'field', field: 'success' }) });
}

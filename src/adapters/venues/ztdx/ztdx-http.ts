import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import { boundedFetch } from '../wire/bounded-fetch.ts';
import type { WireReply } from '../wire/classify-reply.ts';
import type { Lane } from '../wire/lane.ts';
import { asFields } from './fields.ts';
import { ZTDX_RULES } from './reply-rules.ts';

export interface ZtdxRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query, from `/`. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly limitMs?: number;
  /** Called when the request leaves: before that the venue has certainly not heard of it. */
  readonly onDeparture?: () => void;
}

export interface ZtdxReply {
  readonly json: object;
  /** Venue clock minus ours, by the Date header and so to the second; null without one. */
  readonly clockOffsetMs: number | null;
}

/** One exchange with the venue. Never rejects; a refusal in any form is an error. */
export type ZtdxHttp = (
  request: ZtdxRequest,
  signal: AbortSignal,
) => Promise<Result<ZtdxReply, VenueError>>;

export interface ZtdxHttpSettings {
  /** Null: the venue has no address of its own that we know; every call is `unsupported`. */
  readonly baseUrl: string | null;
  readonly proxy: string | null;
  readonly clock: Clock;
  /** Over one whole exchange, where the request sets no shorter one. */
  readonly requestMs: number;
  /** The egress IP's and the user's; a refusal for speed pauses the last one. */
  readonly lanes: readonly [Lane, Lane];
}

export function createZtdxHttp(settings: ZtdxHttpSettings): ZtdxHttp {
  const [egress, user] = settings.lanes;
  return async (request, signal) => {
    const { baseUrl, clock, proxy } = settings;
    if (baseUrl === null) {
      return err(venueError('unsupported', { code: 'field', field: 'baseUrl' }));
    }
    const { method, path, limitMs = settings.requestMs } = request;
    const wire = {
      url: new URL(path, baseUrl).href,
      method,
      headers: {
        accept: 'application/json',
        ...(request.body && { 'content-type': 'application/json' }),
        ...request.headers,
      },
      body: request.body === undefined ? null : JSON.stringify(request.body),
    };
    let sentAt = clock.now();
    const send = async () => {
      sentAt = clock.now();
      request.onDeparture?.();
      const reply = await boundedFetch(wire, { signal, limitMs, proxy, clock }, ZTDX_RULES);
      heed(user, reply);
      return reply;
    };
    const reply = await user.run(signal, () => egress.run(signal, send));
    if (!reply.ok) return reply;
    const refused = refusalOf(reply.value);
    if (refused !== null) return err(refused);
    const clockOffsetMs = offsetOf(reply.value.headers, (sentAt + clock.now()) / 2);
    return ok({ json: reply.value.json, clockOffsetMs });
  };
}

/** Not offered by this venue, as opposed to broken: an outsider's stand-in may lack any path. */
export function isNotOffered(error: VenueError): boolean {
  return error.detail.code === 'http' && [404, 405, 501].includes(error.detail.status);
}

/** Which limit was hit is undocumented. The user's lane: other accounts must not starve with it. */
function heed(lane: Lane, reply: Result<WireReply, VenueError>): void {
  if (reply.ok) lane.answered();
  else if (reply.error.kind === 'rate-limited') lane.refused(reply.error.retryAfterMs);
}

/** A code outside our table, a 404 with any code, or a bare `success: false`. */
function refusalOf(reply: WireReply): VenueError | null {
  const { status, unknownCode: venueCode } = reply;
  // The venue's word for a missing position is about the position, not about the path.
  if (status === 404 && venueCode !== 'POSITION_NOT_FOUND')
    return venueError('unavailable', { code: 'http', status });
  if (venueCode !== null) return venueError('unavailable', { code: 'venue', venueCode });
  const isRefused = asFields(reply.json)?.['success'] === false;
  return isRefused ? venueError('unavailable', { code: 'unexpected' }) : null;
}

function offsetOf(headers: Headers, ourTime: number): number | null {
  const told = Date.parse(headers.get('date') ?? '');
  // The header is cut to the second: on average it is half a second late.
  return Number.isNaN(told) ? null : Math.round(told + 500 - ourTime);
}

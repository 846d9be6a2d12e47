import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';
import { classifyReply, type ReplyRules, type WireReply } from './classify-reply.ts';
import { classifyTransportFault } from './classify-transport-fault.ts';

export interface WireRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

export interface WireBounds {
  /** The caller's: at abort the answer is `unavailable`, `timeout`. */
  readonly signal: AbortSignal;
  /** Our own limit over connecting, headers and the whole body. */
  readonly limitMs: number;
  /** Where to leave through (`http://user:password@host:port`), or null for the direct way. */
  readonly proxy: string | null;
  readonly clock: Clock;
}

/**
 * One HTTP exchange, read to the last byte under one deadline, then judged. Never rejects, never
 * follows a redirect. `ok` only with a complete JSON object or array that `rules` do not call an error.
 */
export async function boundedFetch(
  request: WireRequest,
  bounds: WireBounds,
  rules: ReplyRules,
): Promise<Result<WireReply, VenueError>> {
  const startedAt = bounds.clock.now();
  const own = AbortSignal.timeout(bounds.limitMs);
  const signal = AbortSignal.any([bounds.signal, own]);
  const timedOut = () =>
    err(venueError('unavailable', { code: 'timeout', ms: bounds.clock.now() - startedAt }));
  try {
    const response = await send(request, bounds.proxy, signal);
    const body = await readBody(response);
    if (signal.aborted) return timedOut();
    const raw = { status: response.status, headers: response.headers, ...body, url: request.url };
    return classifyReply(raw, rules, bounds.clock.now());
  } catch (fault) {
    if (signal.aborted) return timedOut();
    return err(classifyTransportFault(fault, bounds.clock.now() - startedAt));
  }
}

async function send(
  request: WireRequest,
  proxy: string | null,
  signal: AbortSignal,
): Promise<Response> {
  const init: RequestInit = {
    method: request.method,
    headers: request.headers,
    body: request.body,
    redirect: 'manual',
    signal,
  };
  if (proxy === null) return fetch(request.url, init);
  const { sendThroughProxy } = await import('./send-through-proxy.ts');
  return sendThroughProxy(request.url, init, proxy);
}

/** Ten times the largest market data; a reply without an end must not fill the memory. */
const LONGEST_TEXT = 64 * 2 ** 20;

/** A connection that dies inside the body leaves a cut body: the status line still counts. */
async function readBody(response: Response): Promise<{ text: string; isCut: boolean }> {
  const decoder = new TextDecoder();
  let text = '';
  if (response.body === null) return { text, isCut: false };
  try {
    for await (const chunk of response.body) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > LONGEST_TEXT) return { text: '', isCut: true };
    }
  } catch {
    return { text, isCut: true };
  }
  return { text: text + decoder.decode(), isCut: false };
}

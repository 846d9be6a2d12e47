import type { GapKind, VenueErrorDetail } from '../../../src/domain/venue-error.ts';
import type { StubHandler, StubRequest } from '../../fakes/stub-http.ts';

export interface Fault {
  readonly why: string;
  /** Null: nothing listens at all. */
  readonly handler: StubHandler | null;
  readonly kind: GapKind;
  readonly detail: VenueErrorDetail['code'];
  readonly retryAfterMs?: number | null;
}

const HTML = '<!DOCTYPE html><html><body>Attention required</body></html>';
const html = { 'content-type': 'text/html' };
const always =
  (reply: ReturnType<StubHandler>): StubHandler =>
  () =>
    reply;

/**
 * What can happen to one HTTP exchange with any venue, and the kind of gap it must become: never an
 * empty book. Codes of the venue itself are in each venue's own table. A date for Retry-After is
 * relative to `now`.
 */
export function httpFaults(now: number): Fault[] {
  return [
    { why: 'nobody listens', handler: null, kind: 'unavailable', detail: 'refused' },
    {
      why: 'connection reset before an answer',
      handler: always((response) => response.socket?.destroy()),
      kind: 'unavailable',
      detail: 'reset',
    },
    {
      why: 'silence',
      handler: always(() => undefined),
      kind: 'unavailable',
      detail: 'timeout',
    },
    {
      why: 'headers, then a body that stalls',
      handler: always((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"retCode":0,');
      }),
      kind: 'unavailable',
      detail: 'timeout',
    },
    {
      why: 'a connection that dies inside the body',
      handler: always((response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' });
        response.write('{"retCode":0,', () => response.socket?.destroy());
      }),
      kind: 'malformed',
      detail: 'cut',
    },
    {
      why: 'a complete reply of half a JSON',
      handler: always({ body: '{"retCode":0,"code":"0","result":{"list":[' }),
      kind: 'malformed',
      detail: 'cut',
    },
    { why: 'an empty body', handler: always({ body: '' }), kind: 'malformed', detail: 'empty' },
    {
      why: 'JSON that is no object, which ccxt takes for an empty answer',
      handler: always({ body: 'null' }),
      kind: 'malformed',
      detail: 'cut',
    },
    {
      why: 'HTML with 200',
      handler: always({ headers: html, body: HTML }),
      kind: 'malformed',
      detail: 'html',
    },
    {
      why: 'a redirect, even to somewhere that would answer',
      handler: always({ status: 302, headers: { location: '/elsewhere' }, body: '' }),
      kind: 'unavailable',
      detail: 'redirect',
    },
    {
      why: '401',
      handler: always({ status: 401, body: {} }),
      kind: 'unauthorized',
      detail: 'http',
    },
    {
      why: '429 with seconds',
      handler: always({ status: 429, headers: { 'retry-after': '70' }, body: '' }),
      kind: 'rate-limited',
      detail: 'http',
      retryAfterMs: 70_000,
    },
    {
      why: '429 with a date',
      handler: always({
        status: 429,
        headers: { 'retry-after': new Date(now + 90_000).toUTCString() },
        body: '',
      }),
      kind: 'rate-limited',
      detail: 'http',
      retryAfterMs: Math.floor((now + 90_000) / 1000) * 1000 - now,
    },
    {
      why: '429 that does not say for how long',
      handler: always({ status: 429, body: {} }),
      kind: 'rate-limited',
      detail: 'http',
      retryAfterMs: null,
    },
    {
      why: '418',
      handler: always({ status: 418, headers: { 'retry-after': '120' }, body: {} }),
      kind: 'rate-limited',
      detail: 'http',
      retryAfterMs: 120_000,
    },
    { why: '408', handler: always({ status: 408, body: '' }), kind: 'unavailable', detail: 'http' },
    { why: '504', handler: always({ status: 504, body: '' }), kind: 'unavailable', detail: 'http' },
    { why: '500', handler: always({ status: 500, body: {} }), kind: 'unavailable', detail: 'http' },
    {
      why: '503 with HTML',
      handler: always({ status: 503, headers: html, body: HTML }),
      kind: 'unavailable',
      detail: 'http',
    },
    { why: '404', handler: always({ status: 404, body: '' }), kind: 'unavailable', detail: 'http' },
  ];
}

/** 403 without a code of the venue, by what it means there. */
export function forbiddenFaults(meaning: 'rate-limited' | 'unauthorized' | 'firewall'): Fault[] {
  const plain = meaning === 'rate-limited' ? 'rate-limited' : 'unauthorized';
  const page = meaning === 'firewall' ? 'unavailable' : plain;
  return [
    { why: '403', handler: always({ status: 403, body: {} }), kind: plain, detail: 'http' },
    {
      why: '403 with an HTML page',
      handler: always({ status: 403, headers: html, body: HTML }),
      kind: page,
      detail: 'http',
    },
  ];
}

/** Faults by the venue's own code, as the venue would send it. */
export function codeFaults(
  kinds: Readonly<Partial<Record<GapKind, readonly string[]>>>,
  replyWith: (code: string, request: StubRequest) => ReturnType<StubHandler>,
): Fault[] {
  return Object.entries(kinds).flatMap(([kind, codes]) =>
    codes.map((code) => ({
      why: `${code} is ${kind}`,
      handler: (request: StubRequest) => replyWith(code, request),
      kind: kind as GapKind,
      detail: 'venue' as const,
    })),
  );
}

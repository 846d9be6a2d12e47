import { err, ok, type Result } from '../../../domain/result.ts';
import {
  type GapKind,
  type VenueError,
  type VenueErrorDetail,
  venueError,
} from '../../../domain/venue-error.ts';
import { retryAfterOf } from './retry-after.ts';

/** What differs between venues in telling an answer from an error. */
export interface ReplyRules {
  /** The venue's own error code in a parsed body, or null when the body is a success. */
  codeOf(body: object): string | null;
  /** Our meaning of that code, or null when it is not in our table. */
  kindOf(code: string): GapKind | null;
  /**
   * What 403 says without a code of the venue: Bybit limits rates with it; Binance's firewall sends an
   * HTML page with it (`html-unavailable`); anywhere else it is a refusal.
   */
  readonly forbidden: 'rate-limited' | 'unauthorized' | 'html-unavailable';
  /**
   * What a body of a 503 says became of the request, as a code, where the venue documents such bodies;
   * null: nothing. Reads do not care; whoever changes something must know.
   */
  busyCodeOf?(text: string): string | null;
}

export interface RawReply {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The connection ended before the body did. */
  readonly isCut: boolean;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: object;
  /**
   * A code of the venue that is not in our table, or null. The caller has a second table (ccxt's) or
   * treats it as a failure; it is never a success.
   */
  readonly unknownCode: string | null;
}

/**
 * Judges a completely read reply by status, then by the venue's code, then by the shape of its body.
 * The kinds are those of the README's JSON section: 3xx and 5xx are the venue's trouble whatever the
 * body says; 401 and 403 may hide a clock code; a 200 without a JSON object is `malformed`, never empty.
 */
export function classifyReply(
  raw: RawReply,
  rules: ReplyRules,
  now: number,
): Result<WireReply, VenueError> {
  const fail = (kind: GapKind, detail: VenueErrorDetail) =>
    err(venueError(kind, detail, kind === 'rate-limited' ? retryAfterOf(raw.headers, now) : null));
  const http = { code: 'http', status: raw.status } as const;

  if (raw.status >= 300 && raw.status < 400) return fail('unavailable', { code: 'redirect' });
  const busyCode = raw.status === 503 ? (rules.busyCodeOf?.(raw.text) ?? null) : null;
  if (busyCode !== null) return fail('unavailable', { code: 'venue', venueCode: busyCode });
  if (raw.status >= 500 || raw.status === 408) return fail('unavailable', http);
  if (raw.status === 418 || raw.status === 429) return fail('rate-limited', http);
  if (raw.status === 403 && rules.forbidden === 'rate-limited') return fail('rate-limited', http);

  const json = raw.isCut ? null : parseObject(raw.text);
  const code = json === null ? null : rules.codeOf(json);
  const meaning = code === null ? null : rules.kindOf(code);
  // Below an error status the body's shape is beside the point: gateways write their own.
  const kind = meaning === 'malformed' && raw.status >= 400 ? null : meaning;
  if (code !== null && kind !== null) return fail(kind, { code: 'venue', venueCode: code });

  if (raw.status === 401) return fail('unauthorized', http);
  if (raw.status === 403) {
    const isFirewall = rules.forbidden === 'html-unavailable' && looksLikeHtml(raw);
    return fail(isFirewall ? 'unavailable' : 'unauthorized', http);
  }
  if (json !== null && code !== null && meaning === null) {
    return ok({ ...raw, json, unknownCode: code });
  }
  if (raw.status >= 400) return fail('unavailable', http);
  if (json !== null) return ok({ ...raw, json, unknownCode: null });
  if (looksLikeHtml(raw)) return fail('malformed', { code: 'html' });
  return fail('malformed', { code: raw.text.trim() === '' && !raw.isCut ? 'empty' : 'cut' });
}

/** Objects and arrays only: ccxt takes a bare `null` or `"ok"` for an empty answer. */
function parseObject(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}

function looksLikeHtml(raw: RawReply): boolean {
  return (
    raw.text.trimStart().startsWith('<') ||
    (raw.headers.get('content-type') ?? '').toLowerCase().includes('text/html')
  );
}

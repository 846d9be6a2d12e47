import { hmacSha256, isSameSignature, type SimRequest } from '../facade.ts';

/** OKX refuses a request whose timestamp is more than 30 s away from its own clock. */
const WINDOW_MS = 30_000;

interface OkxKey {
  readonly secret: string;
  readonly passphrase: string;
}

/** An error in OKX's manner: HTTP status, and the body's `code` and `msg`. */
export interface OkxRefusal {
  readonly status: number;
  readonly code: string;
  readonly msg: string;
  /** Rows with their own `sCode`, where the call went through and its orders did not. */
  readonly data?: readonly unknown[];
}

const REQUIRED = [
  { name: 'OK-ACCESS-KEY', code: '50103' },
  { name: 'OK-ACCESS-PASSPHRASE', code: '50104' },
  { name: 'OK-ACCESS-SIGN', code: '50106' },
  { name: 'OK-ACCESS-TIMESTAMP', code: '50107' },
] as const;

function refusal(code: string, msg: string): OkxRefusal {
  return { status: 401, code, msg };
}

/**
 * The check of a private call by its `OK-ACCESS-*` headers: presence, clock, key, passphrase, then
 * base64 HMAC-SHA256 over timestamp + method + path with query + body. Null means the call may pass.
 */
export function okxRefusal(
  request: SimRequest,
  keyOf: (apiKey: string) => OkxKey | null,
): OkxRefusal | null {
  const { headers, method, path, rawQuery, body, now } = request;
  const missing = REQUIRED.find(({ name }) => !headers[name.toLowerCase()]);
  if (missing) return refusal(missing.code, `Request header ${missing.name} can not be empty.`);
  const timestamp = headers['ok-access-timestamp'] ?? '';
  const sentAt = Date.parse(timestamp);
  if (Number.isNaN(sentAt)) return refusal('50112', 'Invalid OK-ACCESS-TIMESTAMP');
  if (Math.abs(now - sentAt) > WINDOW_MS) return refusal('50102', 'Timestamp request expired');
  const key = keyOf(headers['ok-access-key'] ?? '');
  if (key === null) return refusal('50111', 'Invalid OK-ACCESS-KEY');
  if (headers['ok-access-passphrase'] !== key.passphrase) {
    return refusal('50105', 'Request header OK-ACCESS-PASSPHRASE incorrect.');
  }
  const target = rawQuery === '' ? path : `${path}?${rawQuery}`;
  const expected = hmacSha256(key.secret, timestamp + method + target + body, 'base64');
  return isSameSignature(expected, headers['ok-access-sign'])
    ? null
    : refusal('50113', 'Invalid Sign');
}

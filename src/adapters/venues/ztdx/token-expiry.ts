import { asFields, type Fields } from './fields.ts';

/** Renew this long before the end, so that no call is sent with a token that dies on the way. */
const EARLY_MS = 30_000;

/**
 * When to stop using a JWT, on our clock; null when the token does not say (then only a 401 tells).
 * Where the token names its issue time, its *lifetime* is counted from receipt, so that a clock
 * which differs from the venue's neither keeps a dead token nor throws a fresh one away.
 */
export function tokenExpiry(jwt: string, receivedAt: number): number | null {
  const claims = claimsOf(jwt);
  const expires = seconds(claims?.['exp']);
  if (expires === null) return null;
  const issued = seconds(claims?.['iat']);
  const lifetime = expires - (issued ?? receivedAt);
  // Born dead on our clock: we cannot tell which clock is wrong, so the venue decides.
  if (lifetime <= 0) return null;
  return receivedAt + lifetime - Math.min(EARLY_MS, Math.floor(lifetime / 10));
}

function claimsOf(jwt: string): Fields | null {
  const payload = jwt.split('.')[1];
  if (payload === undefined) return null;
  try {
    return asFields(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** RFC 7519 NumericDate as milliseconds. */
function seconds(raw: unknown): number | null {
  return typeof raw === 'number' && Number.isFinite(raw) ? Math.floor(raw * 1000) : null;
}

/** Bybit counts by the second: a reset further away is the difference of our clocks. */
const LONGEST_RESET_MS = 1_000;

/**
 * How long the venue asked us to stay away, or null when it did not say: `Retry-After` in seconds or
 * as an HTTP date (RFC 9110, 10.2.3), else Bybit's `X-Bapi-Limit-Reset-Timestamp` (epoch ms).
 */
export function retryAfterOf(headers: Headers, now: number): number | null {
  const told = headers.get('retry-after')?.trim();
  if (told !== undefined && told !== '') {
    if (/^\d{1,9}(\.\d+)?$/.test(told)) return Math.ceil(Number(told) * 1000);
    const at = Date.parse(told);
    if (!Number.isNaN(at)) return Math.max(0, at - now);
  }
  const resetAt = Number(headers.get('x-bapi-limit-reset-timestamp') ?? Number.NaN);
  if (!Number.isFinite(resetAt) || resetAt <= now) return null;
  return Math.min(resetAt - now, LONGEST_RESET_MS);
}

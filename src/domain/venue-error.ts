/** Whose turn is it now? One word per answer; also the `kind` of a gap in JSON. */
export type GapKind =
  | 'unavailable'
  | 'unauthorized'
  | 'rate-limited'
  | 'clock'
  | 'malformed'
  | 'stale'
  | 'unsupported';

/**
 * Why a venue could not be read. `detail` is our own text from a closed vocabulary
 * (HTTP status, venue code, "timed out after 8000 ms"), never the venue's or ccxt's message:
 * those carry signed URLs.
 */
export interface VenueError {
  readonly kind: GapKind;
  readonly detail: VenueErrorDetail;
  /** How long the venue asked us to wait, or null when it did not say. */
  readonly retryAfterMs: number | null;
}

export type VenueErrorDetail =
  | { readonly code: 'refused' | 'reset' | 'redirect' | 'empty' | 'html' | 'cut' | 'dns' | 'tls' }
  | { readonly code: 'timeout'; readonly ms: number }
  /** Nothing failed, but nobody has read it for this long. Only with kind `stale`. */
  | { readonly code: 'age'; readonly ms: number }
  | { readonly code: 'http'; readonly status: number }
  | { readonly code: 'venue'; readonly venueCode: string }
  | { readonly code: 'field'; readonly field: string }
  | { readonly code: 'not-offered' }
  | { readonly code: 'unexpected' };

export function venueError(
  kind: GapKind,
  detail: VenueErrorDetail,
  retryAfterMs: number | null = null,
): VenueError {
  return { kind, detail, retryAfterMs };
}

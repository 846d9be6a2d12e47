import { type VenueError, venueError } from '../domain/venue-error.ts';

/** What of the market is not known, or is older than it should be. */
export interface MarketGap {
  readonly what: 'candles' | 'funding' | 'depth';
  /** Asset of the candles, symbol of the rest. */
  readonly subject: string;
  readonly reason: MarketGapReason;
  /** Since when nothing newer came; null: there never was anything. Age of what is shown instead. */
  readonly lastGoodAt: number | null;
}

export type MarketGapReason =
  /** Nobody has answered yet since the start. */
  | { readonly kind: 'not-read-yet' }
  /** No venue of the desk lists a perpetual of the asset. */
  | { readonly kind: 'no-contract' }
  | { readonly kind: 'source'; readonly source: string; readonly error: VenueError };

export const NOT_READ_YET: MarketGapReason = { kind: 'not-read-yet' };

/** The venue was asked and left this one out. */
export function leftOut(source: string): MarketGapReason {
  return { kind: 'source', source, error: venueError('unsupported', { code: 'not-offered' }) };
}

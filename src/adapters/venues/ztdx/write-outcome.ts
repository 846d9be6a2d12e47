import type { Result } from '../../../domain/result.ts';
import type { VenueError } from '../../../domain/venue-error.ts';
import type { WriteOutcome, WriteRefusalReason } from '../../../ports/venue-writer.ts';
import type { Fields } from './fields.ts';
import { idOf } from './parse-trigger-orders.ts';

/** Anything but `accepted` and `partly`: one call has no parts. */
export type WriteFailure = Extract<WriteOutcome, { readonly kind: 'refused' | 'unknown' }>;

/**
 * The venue's words for a refusal: positions page (read 2026-11-26) and order notes, section 3; the
 * numbers are Binance's, which the signed paths speak. A refusal is an answer: nothing was changed.
 */
const REASONS: Readonly<Record<string, WriteRefusalReason>> = {
  INSUFFICIENT_BALANCE: 'insufficient-balance',
  INSUFFICIENT_COLLATERAL: 'insufficient-collateral',
  LIQUIDATION_RISK: 'would-liquidate',
  POSITION_NOT_OWNED: 'position-not-owned',
  POSITION_NOT_FOUND: 'position-not-found',
  TIMESTAMP_EXPIRED: 'clock',
  INVALID_SIGNATURE: 'not-permitted',
  INVALID_SYMBOL: 'other',
  INVALID_LEVERAGE: 'other',
};

/** What became of a call that ended in this error, given whether the request had left. */
export function failureOfWrite(error: VenueError, hasLeft: boolean): WriteFailure {
  const { kind, detail } = error;
  if (!hasLeft) return refused(beforeLeaving(error));
  if (detail.code === 'refused' || detail.code === 'dns') return refused('not-sent');
  if (detail.code === 'venue') {
    const { venueCode } = detail;
    const reason = REASONS[venueCode] ?? reasonOfKind(error) ?? reasonOfWord(venueCode);
    // A word that no page explains may mean anything.
    return reason === null ? { kind: 'unknown', error } : refused(reason, venueCode);
  }
  if (kind === 'unauthorized' || kind === 'rate-limited' || kind === 'clock') {
    return refused(reasonOfKind(error) ?? 'other');
  }
  // No such path, so nobody who could have done it.
  if (detail.code === 'http' && [404, 405].includes(detail.status)) return refused('not-offered');
  return { kind: 'unknown', error };
}

export function refused(
  reason: WriteRefusalReason,
  venueCode: string | null = null,
): Extract<WriteFailure, { readonly kind: 'refused' }> {
  return { kind: 'refused', reason, venueCode };
}

export function accepted(venueRef: string | null): WriteOutcome {
  return { kind: 'accepted', venueRef };
}

/** Of a call whose answer only names what it made. */
export async function outcomeOf(
  reply: Promise<Result<Fields, WriteFailure>>,
): Promise<WriteOutcome> {
  const answer = await reply;
  return answer.ok ? accepted(idOf(answer.value)) : answer.error;
}

function beforeLeaving(error: VenueError): WriteRefusalReason {
  // Our own lane keeps still: the venue was not asked, so it has not refused.
  return error.kind === 'rate-limited' ? 'not-sent' : (reasonOfKind(error) ?? 'not-sent');
}

/** The trigger calls' own words are on no page; that what was sent is invalid is said before all else. */
function reasonOfWord(code: string): WriteRefusalReason | null {
  if (!code.startsWith('INVALID_')) return null;
  return code.includes('PRICE') ? 'price-rule' : 'other';
}

function reasonOfKind({ kind }: VenueError): WriteRefusalReason | null {
  switch (kind) {
    case 'unauthorized':
      return 'not-permitted';
    case 'rate-limited':
      return 'rate-limited';
    case 'clock':
      return 'clock';
    case 'unsupported':
      return 'not-offered';
    default:
      return null;
  }
}

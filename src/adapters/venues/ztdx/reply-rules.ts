import type { GapKind } from '../../../domain/venue-error.ts';
import type { ReplyRules } from '../wire/classify-reply.ts';
import { asFields } from './fields.ts';

/** Codes of the positions and orders pages, and Binance's for the HMAC paths. */
const KINDS: Readonly<Record<string, GapKind>> = {
  '-1021': 'clock',
  TIMESTAMP_EXPIRED: 'clock',
  '-1002': 'unauthorized',
  '-1022': 'unauthorized',
  '-2008': 'unauthorized',
  '-2014': 'unauthorized',
  '-2015': 'unauthorized',
  INVALID_SIGNATURE: 'unauthorized',
  POSITION_NOT_OWNED: 'unauthorized',
  '-1003': 'rate-limited',
  '-1015': 'rate-limited',
};

export const ZTDX_RULES: ReplyRules = {
  codeOf: refusalCode,
  kindOf: (code) => KINDS[code] ?? null,
  forbidden: 'unauthorized',
};

/**
 * The venue's word for a refusal: `code`, `error_code`, `error` or `error.code` (undocumented where;
 * the pages only list the words). Only what looks like a code is repeated: sentences may carry
 * anything. Zero and 200 say that all is well.
 */
function refusalCode(body: object): string | null {
  const fields = asFields(body);
  if (fields === null) return null;
  const inner = asFields(fields['error'])?.['code'];
  for (const raw of [inner, fields['code'], fields['error_code'], fields['error']]) {
    const code = typeof raw === 'number' ? String(raw) : raw;
    if (typeof code !== 'string' || !/^(-?\d{1,6}|[A-Z][A-Z_]{2,40})$/.test(code)) continue;
    if (!['0', '200', 'SUCCESS'].includes(code)) return code;
  }
  return null;
}

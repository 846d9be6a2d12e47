import type { GapKind } from '../../../domain/venue-error.ts';
import type { ReplyRules } from '../wire/classify-reply.ts';
import type { LimitRules } from './venue-profile.ts';

type CodeTable = Partial<Record<GapKind, readonly string[]>>;

/** Bybit and OKX put a code into every reply: one without is not theirs. */
const NO_CODE = 'none';

/**
 * Which way a venue's own error code points. These tables come before ccxt's classes because those
 * differ by product and by url (Binance -2015 is five different classes) and put a wrong clock under
 * "network". Codes: the venues' error lists, as far as reading an account can meet them.
 */
const BYBIT: CodeTable = {
  clock: ['10002'],
  unauthorized: [
    ...['10003', '10004', '10005', '10007', '10008', '10010', '10020', '10024'],
    ...['10027', '10028', '10029', '33004'],
  ],
  'rate-limited': ['10006', '10009', '10018'],
  unavailable: ['10000', '10016', '10019'],
  malformed: [NO_CODE],
};

/** USD-M, COIN-M, portfolio margin and sapi: one meaning per number as far as these go. */
const BINANCE: CodeTable = {
  clock: ['-1021'],
  unauthorized: [...['-1002', '-1022', '-2014', '-2015'], ...['-4087', '-4088', '-4400', '-4401']],
  'rate-limited': ['-1003', '-1015'],
  unavailable: ['-1000', '-1001', '-1006', '-1007', '-1008'],
};

const OKX: CodeTable = {
  clock: ['50102'],
  unauthorized: [
    ...['50101', '50103', '50104', '50105', '50106', '50107', '50111', '50112', '50113', '50114'],
    ...['50007', '50027', '50110', '50119', '50120', '51010'],
  ],
  'rate-limited': ['50011', '50061', '51113', '58102'],
  unavailable: ['50001', '50004', '50005', '50013', '50026'],
  malformed: [NO_CODE],
};

export const bybitRules: ReplyRules = {
  codeOf: (body) => errorCode(body, ['retCode', 'ret_code'], '0'),
  kindOf: lookUp(BYBIT),
  forbidden: 'rate-limited',
};

export const binanceRules: ReplyRules = {
  // Only negative codes are errors: several Binance calls answer `code: 200`.
  codeOf(body) {
    const code = errorCode(body, ['code'], '');
    return code?.startsWith('-') ? code : null;
  },
  kindOf: lookUp(BINANCE),
  forbidden: 'html-unavailable',
  busyCodeOf(text) {
    if (/"code"\s*:\s*-1008\b/.test(text)) return '-1008';
    return BUSY.find(([words]) => text.includes(words))?.[1] ?? null;
  },
};

/**
 * The futures' general information on 503: these two texts call it a failed operation; any other, like
 * "Unknown error, please check your request or try again later", leaves open whether it was done.
 */
const BUSY = [
  ['Service Unavailable.', 'service-unavailable'],
  ['Internal error; unable to process your request', 'internal-error'],
] as const;

/** Weight is counted per IP; a 418 bans it for 2 minutes at first and longer for who goes on asking. */
export const BINANCE_LIMITS: LimitRules = {
  keyHeader: 'x-mbx-apikey',
  tooMany: 'ip',
  ipCodes: ['-1003'],
  leastMs: { 418: 120_000 },
};

export const okxRules: ReplyRules = {
  codeOf: (body) => errorCode(body, ['code'], '0'),
  kindOf: lookUp(OKX),
  forbidden: 'unauthorized',
};

/** For venues without a table of ours: ccxt's classes decide. */
export const unknownVenueRules: ReplyRules = {
  codeOf: () => null,
  kindOf: () => null,
  forbidden: 'unauthorized',
};

function lookUp(table: CodeTable): (code: string) => GapKind | null {
  const kinds = new Map<string, GapKind>();
  for (const [kind, codes] of Object.entries(table)) {
    for (const code of codes) kinds.set(code, kind as GapKind);
  }
  return (code) => kinds.get(code) ?? null;
}

function errorCode(body: object, fields: readonly string[], success: string): string | null {
  for (const field of fields) {
    const value: unknown = (body as Record<string, unknown>)[field];
    if (typeof value !== 'string' && typeof value !== 'number') continue;
    if (String(value) === success) return null;
    // Codes are shown to people. Whatever else stands here may be anything, an echo of a key included.
    return /^-?\d{1,9}$/.test(String(value)) ? String(value) : NO_CODE;
  }
  return NO_CODE;
}

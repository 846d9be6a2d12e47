import { z } from 'zod';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';

const UNIT_MS: Record<string, number> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `60s`, `5m`, `24h` → milliseconds. */
export const duration = z.union([z.string(), z.number()]).transform((raw, context) => {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(String(raw).trim());
  if (!match) {
    context.addIssue({ code: 'custom', message: 'expected a duration such as 60s, 5m or 24h' });
    return z.NEVER;
  }
  return Math.round(Number(match[1]) * (UNIT_MS[match[2] ?? ''] ?? Number.NaN));
});

const KEEP_MIN_MS = 7 * 86_400_000;

/** How long history is kept. The day's limits of actions are counted from it, so not too short. */
export const keep = duration.refine((ms) => ms >= KEEP_MIN_MS, {
  message: 'expected 7d or more, such as 400d',
});

export const storeUrl = z.string().refine(isStoreUrl, {
  message: 'expected postgres://user:password@host/database, or file:plimsoll.db',
});

/** `50%` → 0.5. A bare number is refused: nobody can tell 0.5 % from 50 % in it. */
export const percent = z.union([z.string(), z.number()]).transform((raw, context) => {
  const match = /^(\d+(?:\.\d+)?)\s*%$/.exec(String(raw).trim());
  const value = match ? parseDecimal(match[1]) : null;
  if (!value) {
    context.addIssue({ code: 'custom', message: 'expected a percentage such as 50%' });
    return z.NEVER;
  }
  return value.div(100);
});

const AMOUNT_WANTED = 'expected an amount such as 5000 or "0.50"';

/** Money in US dollars: a decimal string or a number, not negative. */
export const usdAmount = z
  .union([z.string(), z.number()], { error: AMOUNT_WANTED })
  .transform((raw, context): Decimal => {
    const value = parseDecimal(raw);
    if (!value || value.isNegative()) {
      context.addIssue({ code: 'custom', message: AMOUNT_WANTED });
      return z.NEVER;
    }
    return value;
  });

/** Chat, user and guild ids: YAML reads unquoted ones as numbers and rounds them, so only text will do. */
export const platformId = z
  .string({ error: 'expected the id in quotes, as text: a bare number loses its last digits' })
  .regex(/^-?\d+$/, 'expected a numeric id in quotes');

/** A bare origin: scheme, host, port. */
export const origin = z.string().refine(isOrigin, {
  message: 'expected an origin such as https://api.example.com or http://127.0.0.1:9000, no path',
});

export const wsOrigin = z.string().refine(isUrl(['ws:', 'wss:']), {
  message: 'expected a WebSocket address such as wss://stream.example.com',
});

export const httpUrl = z.string().refine(isUrl(['http:', 'https:']), {
  message: 'expected an address such as https://example.com/path',
});

export const smtpUrl = z.string().refine(isUrl(['smtp:', 'smtps:']), {
  message: 'expected an address such as smtps://user:password@mail.example.com',
});

export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time such as "08:00", quoted');

/** `off`, or YAML 1.1's false, means never. */
export const timeOfDayOrOff = z.preprocess(
  (raw) => (raw === false ? 'off' : raw),
  z
    .string()
    .regex(/^(off|([01]\d|2[0-3]):[0-5]\d)$/, 'expected a time such as "09:00", quoted, or off'),
);

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

function isStoreUrl(text: string): boolean {
  return /^file:./.test(text) || isUrl(['postgres:', 'postgresql:'])(text);
}

function isOrigin(text: string): boolean {
  const url = parseUrl(text);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  return (url.pathname === '/' || url.pathname === '') && url.search === '' && url.username === '';
}

function isUrl(protocols: readonly string[]): (text: string) => boolean {
  return (text) => {
    const url = parseUrl(text);
    return url !== null && protocols.includes(url.protocol);
  };
}

export const timezone = z.string().refine(
  (name) => {
    try {
      new Intl.DateTimeFormat('en', { timeZone: name });
      return true;
    } catch {
      return false;
    }
  },
  { message: 'expected a time zone such as UTC or Asia/Shanghai' },
);

export const locale = z.enum(['en', 'zh-CN']);
export const level = z.enum(['WARN', 'CRIT', 'EMERG']);
export const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens');

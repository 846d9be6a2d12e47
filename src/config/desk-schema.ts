import { z } from 'zod';
import { RULE_IDS } from '../alerts/alert.ts';
import { alertsSchema } from './alerts-schema.ts';
import { protectionPlan } from './protection-schema.ts';
import {
  duration,
  httpUrl,
  id,
  keep,
  level,
  locale,
  origin,
  percent,
  platformId,
  smtpUrl,
  storeUrl,
  timeOfDay,
  timeOfDayOrOff,
  timezone,
  usdAmount,
  wsOrigin,
} from './values.ts';

/** An address, a token or a key: text that came from the environment or an owner-only file. */
const text = z.string().min(1, 'must not be empty');

const account = z.strictObject({
  id,
  name: text.optional(),
  venue: text,
  access: z.enum(['read', 'trade']).default('read'),
  apiKey: text.optional(),
  secret: text.optional(),
  password: text.optional(),
  wallet: z
    .string()
    .regex(/^0x[0-9a-fA-F]{40}$/, 'expected a wallet address: 0x and 40 hexadecimal digits, quoted')
    .optional(),
  privateKey: text.optional(),
  token: text.optional(),
  chainId: z.int().positive().optional(),
  verifyingContract: z
    .string()
    .regex(
      /^0x[0-9a-fA-F]{40}$/,
      'expected a contract address: 0x and 40 hexadecimal digits, quoted',
    )
    .optional(),
  environment: z.enum(['live', 'testnet', 'demo']).default('live'),
  baseUrl: origin.optional(),
  wsUrl: wsOrigin.optional(),
  proxy: httpUrl.optional(),
  subAccount: text.optional(),
  books: z.array(id).default([]),
  fundedBy: z.array(id).default([]),
});

const person = z.strictObject({
  id,
  discord: platformId.optional(),
  telegram: platformId.optional(),
  roles: z
    .array(z.enum(['viewer', 'trader', 'approver', 'admin']))
    .min(1, 'name at least one role'),
  accounts: z.array(id).optional(),
  locale: locale.optional(),
});

const destination = z.strictObject({
  id,
  discord: z.strictObject({ channel: platformId }).optional(),
  telegram: z.strictObject({ chat: platformId, topic: z.int().optional() }).optional(),
  webhook: z.strictObject({ url: httpUrl, secret: text.optional() }).optional(),
  email: z.strictObject({ to: z.array(z.email()).min(1) }).optional(),
  wecom: z.strictObject({ url: httpUrl }).optional(),
  minLevel: level.optional(),
  fallback: id.optional(),
  quiet: z
    .string()
    .regex(/^\d\d:\d\d-\d\d:\d\d$/, 'expected quiet hours such as "23:00-07:00", quoted')
    .optional(),
  locale: locale.optional(),
});

const route = z.strictObject({
  match: z
    .strictObject({
      account: id.optional(),
      rule: z.enum(RULE_IDS).optional(),
      level: level.optional(),
      book: id.optional(),
      asset: text.optional(),
    })
    .default({}),
  to: z.array(id).min(1),
  escalate: z.array(z.strictObject({ after: duration, to: z.array(id).min(1) })).default([]),
});

/**
 * The desk file, whole. Sections whose feature has not arrived yet are checked for form, so that a
 * desk file written today stays valid; `npm run check` says which of them this version does not use.
 */
export const deskSchema = z.strictObject({
  desk: z
    .strictObject({
      name: text.default('Desk'),
      locale: locale.default('en'),
      timezone: timezone.default('UTC'),
    })
    .prefault({}),
  accounts: z.array(account).min(1, 'name at least one account'),
  books: z.array(z.strictObject({ id, hedged: z.boolean().default(false) })).default([]),
  people: z.array(person).default([]),
  chats: z
    .strictObject({
      discord: z.array(platformId).default([]),
      telegram: z.array(platformId).default([]),
    })
    .prefault({}),
  discord: z
    .strictObject({
      token: text.optional(),
      application: platformId.optional(),
      guild: platformId.optional(),
      roles: z.record(platformId, z.enum(['viewer', 'trader', 'approver', 'admin'])).default({}),
      apiUrl: httpUrl.optional(),
    })
    .optional(),
  telegram: z
    .strictObject({
      token: text.optional(),
      apiRoot: httpUrl.optional(),
      webhook: z.union([httpUrl, z.strictObject({ url: httpUrl, secret: text })]).optional(),
    })
    .optional(),
  destinations: z.array(destination).default([]),
  routes: z.array(route).default([]),
  smtp: z.strictObject({ url: smtpUrl, from: text }).optional(),
  drill: timeOfDayOrOff.optional(),
  report: z.strictObject({ at: timeOfDay, to: z.array(id).min(1) }).optional(),
  alerts: alertsSchema.prefault({}),
  protection: z.array(protectionPlan).default([]),
  watchdog: z.strictObject({ url: httpUrl, every: duration.prefault('60s') }).optional(),
  marketData: z.strictObject({ url: wsOrigin }).optional(),
  actions: z
    .strictObject({
      maxAmount: usdAmount.optional(),
      dailyAmount: usdAmount.optional(),
      twoPersonAbove: usdAmount.optional(),
      reducing: z
        .strictObject({ maxAmount: usdAmount.optional(), twoPersonAbove: usdAmount.optional() })
        .optional(),
      previewTtl: duration.optional(),
      maxMarkDrift: percent.optional(),
    })
    .optional(),
  refresh: z
    .strictObject({
      positions: duration.prefault('5s'),
      staleAfter: duration.prefault('30s'),
    })
    .prefault({}),
  commentary: z
    .strictObject({
      baseUrl: httpUrl.optional(),
      apiKey: text.optional(),
      model: text.optional(),
      style: z.enum(['plan', 'prose', 'rule']).optional(),
      perMinute: z.int().positive().optional(),
      perDay: usdAmount.optional(),
      prices: z.record(text, z.strictObject({ input: usdAmount, output: usdAmount })).optional(),
    })
    .optional(),
  store: z.strictObject({ url: storeUrl.optional(), keep: keep.optional() }).optional(),
  http: z.strictObject({ listen: text }).optional(),
});

export type DeskFile = z.output<typeof deskSchema>;
export type AccountEntry = DeskFile['accounts'][number];

/** Keys whose value opens something: never echoed, never literal in a file that others can read. */
export const SECRET_KEYS = new Set(['apiKey', 'secret', 'password', 'privateKey', 'token']);

/** Sections the present version checks but does not act on. */
export const UNUSED_SECTIONS = [] as const;

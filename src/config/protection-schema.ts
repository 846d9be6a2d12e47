import { z } from 'zod';
import { type Decimal, parseDecimal } from '../domain/decimal.ts';
import { duration, id, percent, usdAmount } from './values.ts';

/** `<1.2`, `>25%`: the sign says the direction, so that nobody has to guess it. */
function threshold(sign: '<' | '>', unit: '' | '%') {
  const example = sign === '<' ? '"<1.2"' : '">25%"';
  return z.string().transform((raw, context): Decimal => {
    const match = /^([<>])\s*(\d+(?:\.\d+)?)\s*(%?)$/.exec(raw.trim());
    const value = match?.[1] === sign && match[3] === unit ? parseDecimal(match[2]) : null;
    if (!value || value.lte(0)) {
      context.addIssue({ code: 'custom', message: `expected ${example}, in quotes` });
      return z.NEVER;
    }
    return unit === '%' ? value.div(100) : value;
  });
}

const share = percent.refine((value) => value.gt(0) && value.lte(1), {
  message: 'expected a share above 0% and up to 100%',
});

const one = 'name exactly one of them';
const isOne = (value: object) =>
  Object.values(value).filter((each) => each !== undefined).length === 1;

/** The end of a plan: a day means its beginning, UTC. */
const instant = z.union([z.string(), z.date()]).transform((raw, context) => {
  const at = raw instanceof Date ? raw.getTime() : Date.parse(raw);
  if (Number.isFinite(at)) return at;
  context.addIssue({ code: 'custom', message: 'expected a date such as 2026-12-31' });
  return z.NEVER;
});

export const protectionPlan = z.strictObject({
  id,
  account: id,
  position: z
    .string()
    .regex(
      /^[23456789abcdefghjkmnpqrstvwxyz]{4,12}$/,
      'expected the id of a position, such as "k4tz"',
    )
    .optional(),
  when: z
    .strictObject({
      healthFactor: threshold('<', '').optional(),
      probability24h: threshold('>', '%').optional(),
      profit: threshold('>', '%').optional(),
    })
    .refine(isOne, one),
  // biome-ignore lint/suspicious/noThenProperty: a word of the desk file; nobody awaits a plan.
  then: z
    .strictObject({
      addMargin: z.strictObject({ upTo: usdAmount, from: id.optional() }).optional(),
      reduce: share.optional(),
      lock: share.optional(),
    })
    .refine(isOne, one),
  caps: z.strictObject({ perAct: usdAmount, perDay: usdAmount }),
  cooldown: duration.prefault('10m'),
  until: instant,
  dryRun: z.boolean().default(true),
});

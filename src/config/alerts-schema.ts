import { z } from 'zod';
import { RULE_IDS, type RuleId } from '../alerts/alert.ts';
import { resolveSettings } from '../alerts/resolve-settings.ts';
import { RULE_DEFAULTS, type RuleDefault } from '../alerts/rule-defaults.ts';
import type { AlertPatches } from '../alerts/rule-patch.ts';
import { dec, parseDecimal } from '../domain/decimal.ts';
import { duration, percent, usdAmount } from './values.ts';

const factor = z.union([z.string(), z.number()]).transform((raw, context) => {
  const value = parseDecimal(raw);
  if (value?.gt(0)) return value;
  context.addIssue({ code: 'custom', message: 'expected a factor such as 1.5' });
  return z.NEVER;
});

const UNITS = {
  percent,
  factor,
  duration: duration.transform((ms) => dec(ms)),
  state: z.never('expected no threshold: this rule goes by a state, not by a figure'),
} as const;

/** Figures of a rule beside its levels. */
const OPTIONS: Partial<Record<RuleId, Record<string, z.ZodType>>> = {
  missingStop: { tooFar: percent.optional(), above: usdAmount.optional() },
  positionChanged: { resized: percent.optional() },
  priceMove: { window: duration.transform((ms) => dec(ms)).optional() },
};

/** `off` (or YAML 1.1's false) switches a rule or a level off. */
const offOr = <T extends z.ZodType>(schema: T) =>
  z.preprocess((raw) => (raw === 'off' || raw === false ? { off: true } : raw), schema);

const off = z.literal(true).optional();

/** `WARN: 50%` is short for `WARN: { enter: 50% }`. */
function levelSchema(kind: RuleDefault['unit']) {
  if (kind === 'event') return offOr(z.strictObject({ off })).optional();
  const unit = UNITS[kind];
  const full = z.strictObject({
    off,
    enter: unit.optional(),
    exit: unit.optional(),
    for: duration.optional(),
    samples: z.int().positive().optional(),
  });
  const isShort = (raw: unknown) => typeof raw === 'string' || typeof raw === 'number';
  return offOr(z.preprocess((raw) => (isShort(raw) ? { enter: raw } : raw), full)).optional();
}

function ruleSchema(rule: RuleId) {
  const { unit, levels } = RULE_DEFAULTS[rule];
  const level = levelSchema(unit);
  const shape = {
    off,
    ...Object.fromEntries(Object.keys(levels).map((name) => [name, level])),
    ...(unit === 'event' ? {} : { keep: duration.optional() }),
    ...OPTIONS[rule],
  };
  const exceptions = z.record(z.string(), offOr(withOptions(z.strictObject(shape), rule)));
  const whole = z.strictObject({
    ...shape,
    accounts: exceptions.optional(),
    assets: exceptions.optional(),
    books: exceptions.optional(),
  });
  return offOr(withOptions(whole, rule)).optional();
}

/** Gathers the further figures under one name, as the rules keep them. */
function withOptions(schema: z.ZodType<Record<string, unknown>>, rule: RuleId) {
  const names = Object.keys(OPTIONS[rule] ?? {});
  return schema.transform((found) => {
    const options = names.filter((name) => found[name] !== undefined);
    const rest = Object.entries(found).filter(([name]) => !names.includes(name));
    return {
      ...Object.fromEntries(rest),
      options: Object.fromEntries(options.map((name) => [name, found[name]])),
    };
  });
}

/** The `alerts` section: what it says on top of the defaults, as settings that fit together. */
export const alertsSchema = z
  .strictObject(Object.fromEntries(RULE_IDS.map((rule) => [rule, ruleSchema(rule)])))
  .transform((patches, context) => {
    // The shape above is that of the patches, rule by rule; the compiler cannot see it through a list.
    const settings = resolveSettings(patches as AlertPatches);
    if (settings.ok) return settings.value;
    for (const { path, message } of settings.error) {
      context.addIssue({ code: 'custom', path: [...path], message });
    }
    return z.NEVER;
  });

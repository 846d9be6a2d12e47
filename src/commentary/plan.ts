import type { ActClaim, Claim } from './claims.ts';
import { ACT_CLAIMS, EXTRAS, HEADS } from './claims.ts';
import { MOST_ALIASES } from './desk-facts.ts';
import type { Metric } from './fact.ts';

/** What is said first, second and third, in ids only: no figure, no name, no word of its own. */
export interface Plan {
  readonly items: readonly PlanItem[];
}

export interface PlanItem {
  readonly fact: string;
  /** The first is a head. */
  readonly claims: readonly Claim[];
  /** A remedy of that very fact, or null. */
  readonly act: string | null;
  /** With an act: `effect` first. */
  readonly aclaims: readonly ActClaim[];
}

export const MOST_ITEMS = 3;
export const MOST_CLAIMS = 4;
export const MOST_ACT_CLAIMS = 3;
const MOST_REMEDIES = 9;

const numbered = (letter: string, most: number) =>
  Array.from({ length: most }, (_, place) => `${letter}${place + 1}`);

/** The whole space of ids, whatever is on the sheet: a schema that never changes is compiled once. */
const idsOf = (aliases: readonly string[], metrics: readonly Metric[]) =>
  aliases.flatMap((alias) => metrics.map((metric) => `${alias}.${metric}`));
export const FACT_IDS: readonly string[] = [
  ...idsOf(['P'], ['mu', 'hf', 'conc']),
  ...idsOf(numbered('A', MOST_ALIASES), ['mu', 'hf', 'prob']),
  ...idsOf(numbered('S', MOST_ALIASES), ['prob', 'dist']),
];
export const ACT_IDS: readonly string[] = numbered('X', MOST_REMEDIES);

/** Bounds on lengths are checked here and not told: some providers refuse schemas that name them. */
export const PLAN_SCHEMA: Readonly<Record<string, unknown>> = {
  type: 'object',
  additionalProperties: false,
  required: ['items'],
  properties: {
    items: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['fact', 'claims', 'act', 'aclaims'],
        properties: {
          fact: { type: 'string', enum: FACT_IDS },
          claims: { type: 'array', items: { type: 'string', enum: [...HEADS, ...EXTRAS] } },
          act: { anyOf: [{ type: 'string', enum: ACT_IDS }, { type: 'null' }] },
          aclaims: { type: 'array', items: { type: 'string', enum: ACT_CLAIMS } },
        },
      },
    },
  },
};

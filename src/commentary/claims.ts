import { dec } from '../domain/decimal.ts';
import type { Fact } from './fact.ts';
import { isBreach } from './fact.ts';
import { excess, isDangerUp } from './lines.ts';
import type { Remedy } from './remedy.ts';
import type { Sheet } from './sheet.ts';
import { countKey } from './sheet.ts';

/** The first claim of every item: how far beyond its line. Exactly one of them leads. */
export const HEADS = ['beyond', 'far_beyond', 'just_beyond'] as const;
export type Head = (typeof HEADS)[number];

/** What else may be said of a fact. */
export const EXTRAS = [
  'worst',
  'only',
  'all',
  'several',
  'worsened',
  'improved',
  'unchanged',
  'linked',
  'idle',
  'hides',
  'stale',
  'partial',
  'no_action',
] as const;
export type Extra = (typeof EXTRAS)[number];
export type Claim = Head | Extra;

/** What may be said of an act. */
export const ACT_CLAIMS = ['effect', 'clears', 'not_enough'] as const;
export type ActClaim = (typeof ACT_CLAIMS)[number];

const FAR = dec('0.2');
const JUST = dec('0.05');

/** Whether a claim holds of a fact that is beyond its line; of any other fact nothing is claimed. */
export function isTrue(claim: Claim, fact: Fact, sheet: Sheet): boolean {
  return isBreach(fact) && TRUTHS[claim](fact, sheet);
}

type Truth = (fact: Fact, sheet: Sheet) => boolean;

const past = ({ metric, value, line }: Fact) => excess(metric, value, line);
const count = (fact: Fact, sheet: Sheet) =>
  sheet.counts.get(countKey(fact)) ?? { breaching: 0, total: 0 };

const TRUTHS: Readonly<Record<Claim, Truth>> = {
  beyond: () => true,
  far_beyond: (fact) => past(fact).gte(FAR),
  just_beyond: (fact) => past(fact).lte(JUST),
  worst: (fact, sheet) => isWorst(fact, sheet),
  only: (fact, sheet) => fact.quality === 'fresh' && isOneOf(count(fact, sheet), 1),
  several: (fact, sheet) => {
    const { breaching, total } = count(fact, sheet);
    return fact.quality === 'fresh' && breaching > 1 && breaching < total;
  },
  all: (fact, sheet) => {
    const { breaching, total } = count(fact, sheet);
    return fact.quality === 'fresh' && total > 1 && breaching === total;
  },
  worsened: ({ trend }) => trend === 'worse',
  improved: ({ trend }) => trend === 'better',
  unchanged: ({ trend }) => trend === 'same',
  linked: (fact, sheet) => isLinked(fact, sheet),
  idle: ({ id }, sheet) => sheet.idle.has(id),
  hides: (fact, sheet) => isHiding(fact, sheet),
  stale: ({ quality }) => quality === 'stale',
  partial: ({ quality }) => quality === 'partial',
  no_action: ({ id, entity, quality }, sheet) =>
    entity.kind !== 'desk' &&
    quality === 'fresh' &&
    !sheet.remedies.some(({ fact }) => fact === id),
};

function isOneOf({ breaching, total }: { breaching: number; total: number }, wanted: number) {
  return total > 1 && breaching === wanted;
}

/** Strictly, among all fresh ones of its kind and metric: of two equal ones neither is the worst. */
function isWorst(fact: Fact, sheet: Sheet): boolean {
  const others = sheet.facts.filter(
    (other) => other.id !== fact.id && countKey(other) === countKey(fact),
  );
  if (fact.quality !== 'fresh' || others.length === 0) return false;
  // Of what is only known from before nobody can say that it is better.
  return others.every((other) => other.quality === 'fresh' && isWorseThan(fact, other));
}

function isWorseThan(a: Fact, b: Fact): boolean {
  return isDangerUp(a.metric) ? a.value.gt(b.value) : a.value.lt(b.value);
}

/** Something else of the same account is beyond its line. */
function isLinked({ entity }: Fact, sheet: Sheet): boolean {
  if (entity.kind === 'desk') return false;
  return sheet.facts.some(
    (other) =>
      other.entity.kind !== 'desk' &&
      other.entity.alias !== entity.alias &&
      other.entity.account === entity.account &&
      isBreach(other),
  );
}

/** Every account is well alone, and together they are not. */
function isHiding({ entity, metric, quality }: Fact, sheet: Sheet): boolean {
  if (entity.kind !== 'desk' || metric === 'conc' || quality !== 'fresh') return false;
  const alone = sheet.facts.filter(
    (other) => other.entity.kind === 'account' && other.metric === metric,
  );
  return alone.length > 1 && alone.every((other) => !isBreach(other));
}

/** Whether a claim holds of an act. */
export function isActTrue(claim: ActClaim, { result }: Remedy): boolean {
  return claim === 'effect' || claim === result;
}

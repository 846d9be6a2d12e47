import { dec } from '../domain/decimal.ts';
import type { Fact } from './fact.ts';
import { isBreach } from './fact.ts';
import { excess, isDangerUp } from './lines.ts';
import type { Remedy } from './remedy.ts';
import type { Sheet } from './sheet.ts';
import { countKey } from './sheet.ts';
import { shownValue } from './shown-value.ts';

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
/** Of a kind that is not wholly known nothing is compared: what is not known may be worse. */
const count = (fact: Fact, sheet: Sheet) =>
  sheet.counts.get(countKey(fact)) ?? { breaching: 0, total: 0 };

const TRUTHS: Readonly<Record<Claim, Truth>> = {
  beyond: () => true,
  far_beyond: (fact) => past(fact).gte(FAR),
  just_beyond: (fact) => past(fact).lte(JUST),
  worst: (fact, sheet) => isWorst(fact, sheet),
  only: (fact, sheet) => {
    const { breaching, total } = count(fact, sheet);
    return total > 1 && breaching === 1;
  },
  several: (fact, sheet) => {
    const { breaching, total } = count(fact, sheet);
    return breaching > 1 && breaching < total;
  },
  all: (fact, sheet) => {
    const { breaching, total } = count(fact, sheet);
    return total > 1 && breaching === total;
  },
  worsened: ({ trend }) => trend === 'worse',
  improved: ({ trend }) => trend === 'better',
  unchanged: ({ trend }) => trend === 'same',
  linked: (fact, sheet) => isLinked(fact, sheet),
  idle: ({ id }, sheet) => sheet.idle.has(id),
  hides: (fact, sheet) => isHiding(fact, sheet),
  stale: ({ quality }) => quality === 'stale',
  partial: ({ quality }) => quality === 'partial',
  no_action: ({ id }, sheet) => sheet.helpless.has(id),
};

/** Strictly, by the digits that are shown, among all of its kind: of two equal ones neither is the worst. */
function isWorst(fact: Fact, sheet: Sheet): boolean {
  const others = sheet.facts.filter(
    (other) => other.id !== fact.id && countKey(other) === countKey(fact),
  );
  const isKnown = count(fact, sheet).total > 1 && others.length > 0;
  return isKnown && others.every((other) => isWorseThan(fact, other));
}

function isWorseThan(a: Fact, b: Fact): boolean {
  const [one, other] = [a, b].map(({ metric, value }) => dec(shownValue(metric, value)));
  if (one === undefined || other === undefined) return false;
  return isDangerUp(a.metric) ? one.gt(other) : one.lt(other);
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

/** Every account uses little of its margin alone, and together they use too much. */
function isHiding({ entity, metric, quality }: Fact, sheet: Sheet): boolean {
  if (entity.kind !== 'desk' || metric !== 'mu' || quality !== 'fresh') return false;
  const alone = sheet.counts.get('account mu');
  return alone !== undefined && alone.total > 1 && alone.breaching === 0;
}

/** At its line to the last digit: some lines are beyond at the line itself. */
export const isAtLine = ({ value, line }: Fact): boolean => value.eq(line);

/** Whether a claim holds of an act. */
export function isActTrue(claim: ActClaim, { result }: Remedy): boolean {
  return claim === 'effect' || claim === result;
}

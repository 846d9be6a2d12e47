import { MOST_ALIASES } from './desk-facts.ts';
import type { Fact } from './fact.ts';
import { compareBands, isBreach } from './fact.ts';
import type { Sheet } from './sheet.ts';

/** More would only be read, never said: a plan has three items at most. */
const MOST_FACTS = 8;

/**
 * What a model is told of, and all that its plan may speak of: facts beyond a line, the worst bands first,
 * inside a band those that an act helps, then in the order of the desk. Which ones follows from what it is told
 * anyway, never from a value.
 */
export function toldFacts(sheet: Sheet): readonly Fact[] {
  const isHelped = ({ id }: Fact) => Number(sheet.remedies.some(({ fact }) => fact === id));
  return spokenFacts(sheet)
    .filter(hasAlias)
    .toSorted((a, b) => compareBands(b.band, a.band) || isHelped(b) - isHelped(a))
    .slice(0, MOST_FACTS);
}

/** Facts beyond a line, of what the sheet is to speak of. */
export function spokenFacts({ facts, about }: Sheet): readonly Fact[] {
  const isAsked = ({ entity }: Fact) =>
    about === undefined || (entity.kind !== 'desk' && about.has(entity.account));
  return facts.filter((fact) => isBreach(fact) && isAsked(fact));
}

function hasAlias({ entity }: Fact): boolean {
  return entity.kind === 'desk' || Number(entity.alias.slice(1)) <= MOST_ALIASES;
}

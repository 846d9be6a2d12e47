import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Draft, FreshFact } from './desk-facts.ts';
import { keyOf } from './desk-facts.ts';
import { compareBands } from './fact.ts';
import { judgedAgain } from './judged-again.ts';
import { isDangerUp } from './lines.ts';
import type { Remedy } from './remedy.ts';
import type { Candidate } from './remedy-candidates.ts';
import { candidatesFor } from './remedy-candidates.ts';
import type { Report } from './sheet.ts';

/** Of so many facts a remedy is looked for, the worst first; ids are `X1` to `X9`. */
const MOST = 9;

/**
 * For each fact beyond its line the smallest act that brings it back, else the one that helps most. Only
 * what is feasible now, improves the fact, and gives no fact of the touched accounts a worse band.
 */
export function remediesFor(report: Report, facts: readonly FreshFact[]): Remedy[] {
  const breaching = facts
    .filter(({ band, quality, entity }) => {
      // On last known figures nothing is advised.
      return band !== 'ok' && quality === 'fresh' && entity.kind !== 'desk';
    })
    .toSorted((a, b) => compareBands(b.band, a.band))
    .slice(0, MOST);
  return breaching
    .flatMap((fact) => bestFor(report, fact) ?? [])
    .map((remedy, place) => ({ ...remedy, id: `X${place + 1}` }));
}

type Tried = Omit<Remedy, 'id'>;

function bestFor(report: Report, fact: FreshFact): Tried | null {
  let best: Tried | null = null;
  for (const candidate of candidatesFor(report, fact)) {
    const tried = tryOut(report, fact, candidate);
    if (tried === null) continue;
    if (tried.result === 'clears') return tried;
    if (best === null || isBetter(fact, tried, best)) best = tried;
  }
  return best;
}

function isBetter({ metric }: FreshFact, a: Tried, b: Tried): boolean {
  return isDangerUp(metric) ? a.after.lt(b.after) : a.after.gt(b.after);
}

function tryOut(report: Report, fact: FreshFact, candidate: Candidate): Tried | null {
  const touched = candidate.changed.map(({ account }) => account.id);
  const asTheyAre = report.snapshot.accounts.filter(({ account }) => touched.includes(account.id));
  const before = factsByKey(report, asTheyAre);
  const after = factsByKey(report, candidate.changed);
  const target = keyOf(fact);
  const [was, is] = [before.get(target), after.get(target)];
  // What our own reckoning does not see as the report shows it, it can not promise to change either.
  if (was === undefined || is === undefined || !was.value.eq(fact.value)) return null;
  const isBetterNow = isDangerUp(fact.metric) ? is.value.lt(was.value) : is.value.gt(was.value);
  if (!isBetterNow || harms(before, after, target)) return null;
  return {
    fact: fact.id,
    act: candidate.act,
    before: was.value,
    after: is.value,
    result: is.band === 'ok' ? 'clears' : 'not_enough',
  };
}

function factsByKey(report: Report, accounts: readonly AccountSnapshot[]): Map<string, Draft> {
  return new Map(judgedAgain(report, accounts).map((draft) => [keyOf(draft), draft]));
}

/** A figure that cannot be reckoned any more counts as harm: nobody could say what it does. */
function harms(before: Map<string, Draft>, after: Map<string, Draft>, target: string): boolean {
  return [...before].some(([key, was]) => {
    if (key === target) return false;
    const is = after.get(key);
    return is === undefined || compareBands(is.band, was.band) > 0;
  });
}

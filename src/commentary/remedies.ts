import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Draft, FreshFact } from './desk-facts.ts';
import { keyOf } from './desk-facts.ts';
import { effectAgain } from './effect-again.ts';
import { compareBands } from './fact.ts';
import { figureAfter } from './figure-after.ts';
import { judgedAgain } from './judged-again.ts';
import { bandOf, isDangerUp } from './lines.ts';
import type { Remedy } from './remedy.ts';
import type { Candidate } from './remedy-candidates.ts';
import { candidatesFor } from './remedy-candidates.ts';
import type { Report } from './sheet.ts';

/** Of so many facts a remedy is looked for, the worst first; ids are `X1` to `X9`. */
const MOST = 9;

/** The facts that acts are tried on: the worst, and on last known figures nothing is advised. */
export function triedFacts(facts: readonly FreshFact[]): FreshFact[] {
  return facts
    .filter(
      ({ band, quality, entity }) => band !== 'ok' && quality === 'fresh' && entity.kind !== 'desk',
    )
    .toSorted((a, b) => compareBands(b.band, a.band))
    .slice(0, MOST);
}

/**
 * For each of these facts the smallest act that brings it back, else the one that helps most. Only what is
 * feasible now, improves the fact, and gives no fact of the touched accounts a worse band. It rests after
 * each judging of an account, so that whoever drives it can let others in.
 */
export function* remediesFor(
  report: Report,
  tried: readonly FreshFact[],
): Generator<void, Remedy[]> {
  const baseline: Baseline = new Map();
  const found: Tried[] = [];
  for (const fact of tried) {
    const best = yield* bestFor({ report, baseline }, fact);
    if (best !== null) found.push(best);
  }
  return found.map((remedy, place) => ({ ...remedy, id: `X${place + 1}` }));
}

type Tried = Omit<Remedy, 'id'>;
/** Facts by what they are about. */
type Facts = ReadonlyMap<string, Draft>;
/** The facts of accounts as they are, by the accounts that an act touches. */
type Baseline = Map<string, Facts>;

interface Ground {
  readonly report: Report;
  readonly baseline: Baseline;
}

/** The fact's figure alone is soon reckoned; the whole accounts are judged again only for what is chosen. */
function* bestFor(ground: Ground, fact: FreshFact): Generator<void, Tried | null> {
  for (const candidate of promising(ground.report, fact)) {
    const before = yield* baselineOf(ground, candidate);
    const after = factsByKey(ground.report, candidate.changed);
    yield;
    const tried = tryOut({ before, after }, fact, candidate);
    if (tried !== null && isConfirmed(ground.report, fact, tried)) return tried;
  }
  return null;
}

const AGREED = dec('1e-9');

/** What the closed formulas do not see as well is not offered: it could not be shown. */
function isConfirmed(report: Report, fact: FreshFact, { act, after }: Tried): boolean {
  const again = effectAgain(report, fact, act);
  return again?.minus(after).abs().lt(AGREED) === true;
}

/** Those that improve it: the first that clears it, then the others that do, then the most helpful. */
function promising(report: Report, fact: FreshFact): Candidate[] {
  const { metric } = fact;
  const better = candidatesFor(report, fact).flatMap((candidate) => {
    const after = figureAfter(report, fact, candidate.changed);
    return after !== null && isBetter(fact, after, fact.value) ? [{ candidate, after }] : [];
  });
  const clears = (after: Decimal) => bandOf(metric, after).band === 'ok';
  const clearing = better.filter(({ after }) => clears(after));
  const helping = better
    .filter(({ after }) => !clears(after))
    .toSorted((a, b) => (isDangerUp(metric) ? 1 : -1) * a.after.comparedTo(b.after));
  return [...clearing, ...helping].map(({ candidate }) => candidate);
}

function isBetter({ metric }: FreshFact, a: Decimal, b: Decimal): boolean {
  return isDangerUp(metric) ? a.lt(b) : a.gt(b);
}

function* baselineOf({ report, baseline }: Ground, { changed }: Candidate): Generator<void, Facts> {
  const touched = changed.map(({ account }) => account.id);
  const key = touched.join(' ');
  const known = baseline.get(key);
  if (known !== undefined) return known;
  const asTheyAre = report.snapshot.accounts.filter(({ account }) => touched.includes(account.id));
  const facts = factsByKey(report, asTheyAre);
  baseline.set(key, facts);
  yield;
  return facts;
}

function tryOut(
  { before, after }: { readonly before: Facts; readonly after: Facts },
  fact: FreshFact,
  { act }: Candidate,
): Tried | null {
  const target = keyOf(fact);
  const [was, is] = [before.get(target), after.get(target)];
  // What our own reckoning does not see as the report shows it, it can not promise to change either.
  if (was === undefined || is === undefined || !was.value.eq(fact.value)) return null;
  if (!isBetter(fact, is.value, was.value) || harms(before, after, target)) return null;
  return {
    ...{ fact: fact.id, act, before: was.value, after: is.value },
    line: is.line,
    result: is.band === 'ok' ? 'clears' : 'not_enough',
  };
}

function factsByKey(report: Report, accounts: readonly AccountSnapshot[]): Facts {
  return new Map(judgedAgain(report, accounts).map((draft) => [keyOf(draft), draft]));
}

/** A figure that cannot be reckoned any more counts as harm: nobody could say what it does. */
function harms(before: Facts, after: Facts, target: string): boolean {
  return [...before].some(([key, was]) => {
    if (key === target) return false;
    const is = after.get(key);
    return is === undefined || compareBands(is.band, was.band) > 0;
  });
}

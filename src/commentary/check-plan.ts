import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Claim } from './claims.ts';
import { HEADS, isActTrue, isTrue } from './claims.ts';
import type { Fact } from './fact.ts';
import { compareBands } from './fact.ts';
import type { Plan, PlanItem } from './plan.ts';
import type { Sheet } from './sheet.ts';
import { factOf } from './sheet.ts';
import { toldFacts } from './told-facts.ts';

/** Why nothing of a plan is used: what it speaks of, or in which order. */
export type PlanFault = 'unknown-fact' | 'not-beyond' | 'twice' | 'order' | 'worst-missing';

/** Why one item of a plan is not used. */
type ItemFault =
  | 'head'
  | 'false-claim'
  | 'unsaid-quality'
  | 'contradiction'
  | 'act-without-effect'
  | 'effect-without-act'
  | 'unknown-act'
  | 'foreign-act'
  | 'false-effect';

export interface CheckedItem {
  readonly item: PlanItem;
  /** Null: every word of it is true. */
  readonly fault: ItemFault | null;
}

/** Holds a plan against the sheet. A true plan may be poor, but it can not be wrong. */
export function checkPlan(
  { items }: Plan,
  sheet: Sheet,
): Result<readonly CheckedItem[], PlanFault> {
  const found = items.map((item) => factOf(sheet, item.fact));
  const facts = found.filter((fact) => fact !== null);
  if (facts.length < found.length) return err('unknown-fact');
  const told = toldFacts(sheet);
  if (!facts.every((fact) => told.includes(fact))) return err('not-beyond');
  if (new Set(facts.map(({ id }) => id)).size < facts.length) return err('twice');
  const acts = items.flatMap(({ act }) => act ?? []);
  if (new Set(acts).size < acts.length) return err('twice');
  const [[first], [worst]] = [facts, told];
  if (!first || !worst || compareBands(worst.band, first.band) > 0) return err('worst-missing');
  const isFalling = facts.every((fact, place) => {
    const next = facts[place + 1];
    return next === undefined || compareBands(fact.band, next.band) >= 0;
  });
  if (!isFalling) return err('order');
  return ok(items.map((item, place) => ({ item, fault: faultOf(item, facts[place], sheet) })));
}

function faultOf(item: PlanItem, fact: Fact | undefined, sheet: Sheet): ItemFault | null {
  if (fact === undefined) return 'head';
  const { claims } = item;
  const isHead = (claim: Claim) => (HEADS as readonly string[]).includes(claim);
  const [head, ...extras] = claims;
  if (head === undefined || !isHead(head) || extras.some(isHead)) return 'head';
  if (!claims.every((claim) => isTrue(claim, fact, sheet))) return 'false-claim';
  // What is old, or not all of it, must be said to be so.
  if (fact.quality !== 'fresh' && !claims.includes(fact.quality)) return 'unsaid-quality';
  if (claims.includes('no_action') && item.act !== null) return 'contradiction';
  return actFault(item, fact, sheet);
}

function actFault({ act, aclaims }: PlanItem, fact: Fact, sheet: Sheet): ItemFault | null {
  if (act === null) return aclaims.length > 0 ? 'effect-without-act' : null;
  if (aclaims[0] !== 'effect') return 'act-without-effect';
  const remedy = sheet.remedies.find(({ id }) => id === act);
  if (remedy === undefined) return 'unknown-act';
  if (remedy.fact !== fact.id) return 'foreign-act';
  return aclaims.every((claim) => isActTrue(claim, remedy)) ? null : 'false-effect';
}

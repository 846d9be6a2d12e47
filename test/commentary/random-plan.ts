import type { ActClaim, Claim, Extra } from '../../src/commentary/claims.ts';
import { ACT_CLAIMS, EXTRAS, HEADS, isTrue } from '../../src/commentary/claims.ts';
import type { Fact } from '../../src/commentary/fact.ts';
import { compareBands } from '../../src/commentary/fact.ts';
import type { Plan, PlanItem } from '../../src/commentary/plan.ts';
import { ACT_IDS, FACT_IDS, MOST_CLAIMS, MOST_ITEMS } from '../../src/commentary/plan.ts';
import type { Sheet } from '../../src/commentary/sheet.ts';
import { toldFacts } from '../../src/commentary/told-facts.ts';
import type { Dice } from './random-desk.ts';

function shuffled<T>(list: readonly T[], dice: Dice): T[] {
  return list
    .map((each) => ({ each, at: dice.unit() }))
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

/** What an obedient model could say of a sheet; null: nothing is beyond a line. */
export function correctPlan(sheet: Sheet, dice: Dice): Plan | null {
  const ranked = shuffled(toldFacts(sheet), dice).sort((a, b) => compareBands(b.band, a.band));
  const chosen = [ranked[0], ...ranked.slice(1).filter(() => dice.chance(0.6))];
  const facts = chosen.filter((fact) => fact !== undefined).slice(0, 1 + dice.below(MOST_ITEMS));
  return facts.length === 0 ? null : { items: facts.map((fact) => itemOf(fact, sheet, dice)) };
}

function itemOf(fact: Fact, sheet: Sheet, dice: Dice): PlanItem {
  const holds = (claim: Claim) => isTrue(claim, fact, sheet);
  const head = dice.pick(HEADS.filter(holds));
  const remedy = sheet.remedies.find((each) => each.fact === fact.id) ?? null;
  const doesAct = remedy !== null && dice.chance(0.8);
  const must = fact.quality === 'fresh' ? [] : [fact.quality];
  const may = shuffled(
    EXTRAS.filter((extra) => holds(extra) && !must.includes(extra as never)),
    dice,
  )
    .filter((extra) => extra !== 'no_action' || !doesAct)
    .slice(0, dice.below(MOST_CLAIMS - must.length));
  const claims: Claim[] = [head, ...must, ...may];
  if (!doesAct) return { fact: fact.id, claims, act: null, aclaims: [] };
  const aclaims: ActClaim[] = dice.chance(0.9) ? ['effect', remedy.result] : ['effect'];
  return { fact: fact.id, claims, act: remedy.id, aclaims };
}

/** The same with one to three things changed, so that it is often, but not always, wrong. */
export function mutated(plan: Plan, dice: Dice): Plan {
  let { items } = plan;
  for (let left = 1 + dice.below(3); left > 0; left -= 1) {
    const at = dice.below(items.length);
    items = dice.chance(0.25)
      ? rearranged(items, at, dice)
      : items.map((item, place) => (place === at ? bent(item, dice) : item));
  }
  return { items };
}

function rearranged(items: readonly PlanItem[], at: number, dice: Dice): readonly PlanItem[] {
  const one = items[at] as PlanItem;
  if (dice.chance(0.4)) return items.toReversed();
  if (dice.chance(0.5)) return items.length > 1 ? items.toSpliced(at, 1) : items;
  return items.length < MOST_ITEMS ? [...items, { ...one, fact: dice.pick(FACT_IDS) }] : items;
}

function bent(item: PlanItem, dice: Dice): PlanItem {
  const extra = dice.pick<Extra>(EXTRAS);
  const more = [...new Set<Claim>([...item.claims, extra])].slice(0, MOST_CLAIMS);
  return dice.pick<() => PlanItem>([
    () => ({ ...item, fact: dice.pick(FACT_IDS) }),
    () => ({ ...item, claims: [dice.pick(HEADS), ...item.claims.slice(1)] }),
    () => ({ ...item, claims: more }),
    () => ({ ...item, claims: item.claims.length > 1 ? item.claims.slice(0, -1) : more }),
    () => ({ ...item, claims: shuffled(item.claims, dice) }),
    () => ({
      ...item,
      claims: [...new Set<Claim>([...item.claims, dice.pick(HEADS)])].slice(0, MOST_CLAIMS),
    }),
    () => ({ ...item, act: dice.pick([...ACT_IDS.slice(0, 4), null]) }),
    () => ({ ...item, act: null, aclaims: [] }),
    () => ({ ...item, aclaims: shuffled(ACT_CLAIMS, dice).slice(0, dice.below(4)) }),
    () => ({ ...item, act: item.act ?? dice.pick(ACT_IDS.slice(0, 3)), aclaims: ['effect'] }),
  ])();
}

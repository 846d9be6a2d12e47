import type { CheckedItem } from '../../src/commentary/check-plan.ts';
import { checkPlan } from '../../src/commentary/check-plan.ts';
import { commentaryOf } from '../../src/commentary/commentary.ts';
import { makeSheet, rememberedOf } from '../../src/commentary/make-sheet.ts';
import type { Plan } from '../../src/commentary/plan.ts';
import { readPlan } from '../../src/commentary/read-plan.ts';
import type { Report, Sheet } from '../../src/commentary/sheet.ts';
import { createFormatter } from '../../src/replies/format.ts';
import type { AccountFacts } from '../commands/small-desk.ts';
import { oracleOf } from './plan-oracle.ts';
import type { Dice } from './random-desk.ts';
import { diceOf, randomDesk, reportOf } from './random-desk.ts';
import { correctPlan, mutated } from './random-plan.ts';

/** What a run over random desks and plans came to. */
export interface FuzzCounts {
  desks: number;
  unsure: number;
  plans: number;
  agree: number;
  falseAccepts: number;
  falseRejects: number;
  accepted: number;
  correct: number;
  correctAccepted: number;
  figures: number;
  proven: number;
  acts: number;
  disagreements: string[];
}

const VOICE = { locale: 'en' as const, format: createFormatter('en', 'UTC') };

/** Random plans against the oracle, and correct ones that must pass; so many of each for a desk. */
export function fuzzPlans({ desks, each }: { desks: number; each: number }): FuzzCounts {
  const counts: FuzzCounts = {
    ...{ desks: 0, unsure: 0, plans: 0, agree: 0, falseAccepts: 0, falseRejects: 0 },
    ...{ accepted: 0, correct: 0, correctAccepted: 0, figures: 0, proven: 0, acts: 0 },
    disagreements: [],
  };
  for (let seed = 1; counts.desks < desks; seed += 1) fuzzDesk(seed, each, counts);
  return counts;
}

function fuzzDesk(seed: number, each: number, counts: FuzzCounts): void {
  const dice = diceOf(seed ^ 0x5eed);
  const facts = randomDesk(seed);
  const before = dice.chance(0.7) ? reportOf(shifted(facts, dice)) : null;
  const report = reportOf(facts);
  const last = before === null ? new Map() : rememberedOf(makeSheet(before, new Map()));
  const sheet = makeSheet(report, last);
  if (correctPlan(sheet, dice) === null) return;
  const oracle = oracleOf(report, before, sheet.remedies);
  if (oracle.isUnsure) {
    counts.unsure += 1;
    return;
  }
  counts.desks += 1;
  for (let at = 0; at < each; at += 1) {
    const correct = correctPlan(sheet, dice) as Plan;
    counts.correct += 1;
    const checked = checkPlan(readAgain(correct), sheet);
    const isWhole = checked.ok && checked.value.every(({ fault }) => fault === null);
    if (isWhole) counts.correctAccepted += 1;
    if (isWhole && at % 5 === 0) tellOf(checked.value, { report, sheet }, counts);
    for (const plan of [mutated(correct, dice), mutated(correct, dice)]) {
      compare(plan, { sheet, judge: oracle.judge, seed }, counts);
    }
  }
}

/** As a model would send it. */
function readAgain(plan: Plan): Plan {
  const read = readPlan(JSON.stringify(plan));
  return read.ok ? read.value : { items: [] };
}

function compare(
  plan: Plan,
  on: { sheet: Sheet; judge: (plan: Plan) => readonly boolean[] | null; seed: number },
  counts: FuzzCounts,
): void {
  const checked = checkPlan(plan, on.sheet);
  const ours = checked.ok ? checked.value.map(({ fault }) => fault === null) : null;
  const theirs = on.judge(plan);
  counts.plans += 1;
  if (ours?.every(Boolean)) counts.accepted += 1;
  if (JSON.stringify(ours) === JSON.stringify(theirs)) {
    counts.agree += 1;
    return;
  }
  const isAccept = ours !== null && (theirs === null || ours.some((ok, at) => ok && !theirs[at]));
  counts[isAccept ? 'falseAccepts' : 'falseRejects'] += 1;
  counts.disagreements.push(JSON.stringify({ seed: on.seed, plan, ours, theirs, checked }));
}

function tellOf(
  checked: readonly CheckedItem[],
  on: { report: Report; sheet: Sheet },
  counts: FuzzCounts,
): void {
  const { verified, paragraphs } = commentaryOf(on, checked, VOICE);
  counts.figures += verified.shown;
  counts.proven += verified.proven;
  counts.acts += paragraphs.filter((text) => /: \/(addmargin|reduce|transfer) /.test(text)).length;
}

/** The desk a while before: the same accounts, some figures a little off. */
function shifted(facts: readonly AccountFacts[], dice: Dice): AccountFacts[] {
  return facts.map((account) => ({
    ...account,
    ...(account.equity !== undefined && dice.chance(0.6)
      ? { equity: (Number(account.equity) * dice.between(0.95, 1.05)).toFixed(6) }
      : {}),
    legs: (account.legs ?? []).map((leg) =>
      leg.mark === null || dice.chance(0.4)
        ? leg
        : { ...leg, mark: (Number(leg.mark) * dice.between(0.98, 1.02)).toPrecision(8) },
    ),
  }));
}

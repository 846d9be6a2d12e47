import type { Decimal } from '../domain/decimal.ts';
import { Decimal as D } from '../domain/decimal.ts';
import type { FreshFact } from './desk-facts.ts';
import { deskFacts, keyOf } from './desk-facts.ts';
import type { Count, Fact } from './fact.ts';
import { isBreach } from './fact.ts';
import { isDangerUp } from './lines.ts';
import { remediesFor } from './remedies.ts';
import type { IdleMargin, Remembered, Report, Sheet } from './sheet.ts';
import { countKey } from './sheet.ts';
import { shownValue } from './shown-value.ts';

/** All that may be said of a report, compared with what the last one showed. */
export function makeSheet(report: Report, last: Remembered): Sheet {
  const making = sheetInSteps(report, last);
  for (;;) {
    const step = making.next();
    if (step.done) return step.value;
  }
}

/** The same, resting between the long steps: what helps is found by judging accounts again and again. */
export function* sheetInSteps(report: Report, last: Remembered): Generator<void, Sheet> {
  const fresh = deskFacts(report);
  yield;
  const facts = fresh.map((fact): Fact => ({ ...fact, trend: trendOf(fact, last) }));
  const remedies = yield* remediesFor(report, fresh);
  return {
    ...{ facts, remedies },
    counts: countsOf(facts),
    idle: idleFor(report, facts),
    missing: report.snapshot.accounts.filter(({ status }) => status === 'missing').length,
    takenAt: report.snapshot.takenAt,
  };
}

/** What the next report is compared with. */
export function rememberedOf(sheet: Sheet): Remembered {
  return new Map(sheet.facts.map((fact) => [keyOf(fact), shownValue(fact.metric, fact.value)]));
}

/** By the digits that were shown: what nobody could see is no change. */
function trendOf(fact: FreshFact, last: Remembered): Fact['trend'] {
  const was = last.get(keyOf(fact));
  if (was === undefined) return 'new';
  const change = new D(shownValue(fact.metric, fact.value)).comparedTo(new D(was));
  if (change === 0) return 'same';
  return change > 0 === isDangerUp(fact.metric) ? 'worse' : 'better';
}

function countsOf(facts: readonly Fact[]): Map<string, Count> {
  const counts = new Map<string, Count>();
  for (const fact of facts) {
    if (fact.quality !== 'fresh') continue;
    const { breaching, total } = counts.get(countKey(fact)) ?? { breaching: 0, total: 0 };
    counts.set(countKey(fact), {
      breaching: breaching + (isBreach(fact) ? 1 : 0),
      total: total + 1,
    });
  }
  return counts;
}

/** Accounts that are well and have more free than the fact's own account has: the one with most. */
function idleFor({ desk }: Report, facts: readonly Fact[]): Map<string, IdleMargin> {
  const idle = new Map<string, IdleMargin>();
  for (const fact of facts) {
    const { entity } = fact;
    if (!isBreach(fact) || entity.kind === 'desk') continue;
    const own = desk.accounts.find(({ account }) => account.account.id === entity.account);
    const ownFree: Decimal = own?.availableUsd ?? new D(0);
    const well = desk.accounts.filter(({ account, availableUsd, band }) => {
      if (account.account.id === entity.account || account.status !== 'ok') return false;
      return (band === 'ok' || band === 'watch') && availableUsd?.gt(ownFree) === true;
    });
    const [most] = well.toSorted((a, b) => compareFree(b.availableUsd, a.availableUsd));
    if (most?.availableUsd) {
      idle.set(fact.id, { account: most.account.account.id, availableUsd: most.availableUsd });
    }
  }
  return idle;
}

function compareFree(a: Decimal | null, b: Decimal | null): number {
  return (a ?? new D(0)).comparedTo(b ?? new D(0));
}

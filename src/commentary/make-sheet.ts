import type { Decimal } from '../domain/decimal.ts';
import { Decimal as D } from '../domain/decimal.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { JudgedPosition } from '../risk/probability/judge-desk.ts';
import { countsOf } from './counts.ts';
import type { FreshFact } from './desk-facts.ts';
import { deskFacts, keyOf } from './desk-facts.ts';
import type { Fact } from './fact.ts';
import { isBreach } from './fact.ts';
import { isDangerUp } from './lines.ts';
import { remediesFor, triedFacts } from './remedies.ts';
import type { IdleMargin, Remembered, Report, Sheet } from './sheet.ts';
import { shownValue } from './shown-value.ts';
import { unsaidIn } from './unsaid.ts';

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
  const tried = triedFacts(fresh);
  const remedies = yield* remediesFor(report, tried);
  const isHelped = ({ id }: FreshFact) => remedies.some((remedy) => remedy.fact === id);
  return {
    ...{ facts, remedies },
    counts: countsOf(report, facts),
    idle: idleFor(report, facts),
    helpless: new Set(tried.filter((fact) => !isHelped(fact)).map(({ id }) => id)),
    isFlat: report.snapshot.accounts.every(isFlat),
    unknown: report.desk.positions.filter(isUnknown).length,
    unsaid: unsaidIn(report, facts),
    missing: report.snapshot.accounts.filter(({ status }) => status === 'missing').length,
    takenAt: report.snapshot.takenAt,
  };
}

/** What the next report is compared with: only what was whole and fresh can be. */
export function rememberedOf(sheet: Sheet): Remembered {
  const whole = sheet.facts.filter(({ quality }) => quality === 'fresh');
  return new Map(whole.map((fact) => [keyOf(fact), shownValue(fact.metric, fact.value)]));
}

const isFlat = ({ status, positions }: AccountSnapshot) =>
  status !== 'missing' && positions.length === 0;

const isUnknown = ({ liquidationDistance, liquidationState }: JudgedPosition) =>
  liquidationDistance === null && liquidationState !== 'none';

/** By the digits that were shown: what nobody could see is no change. */
function trendOf(fact: FreshFact, last: Remembered): Fact['trend'] {
  const was = last.get(keyOf(fact));
  if (was === undefined || fact.quality !== 'fresh') return 'new';
  const change = new D(shownValue(fact.metric, fact.value)).comparedTo(new D(was));
  if (change === 0) return 'same';
  return change > 0 === isDangerUp(fact.metric) ? 'worse' : 'better';
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

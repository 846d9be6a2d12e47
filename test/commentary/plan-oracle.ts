import type { Plan, PlanItem } from '../../src/commentary/plan.ts';
import type { Remedy } from '../../src/commentary/remedy.ts';
import type { Report } from '../../src/commentary/sheet.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Known } from './oracle-facts.ts';
import { bandOf, isUnsure, named, shown, UP } from './oracle-facts.ts';

/**
 * What may be said, reckoned a second time from the report alone, in plain doubles and from the rules as
 * they are written down for people. Shares no line of code with the checker.
 */
export interface Oracle {
  /** For each item whether all of it is true; null: nothing of the plan may be used. */
  readonly judge: (plan: Plan) => readonly boolean[] | null;
  /** A double cannot tell on which side of a line some figure is. */
  readonly isUnsure: boolean;
}

export function oracleOf(
  report: Report,
  before: Report | null,
  remedies: readonly Remedy[],
): Oracle {
  const facts = named(report);
  const was = new Map((before === null ? [] : named(before)).map((fact) => [fact.key, fact]));
  const truth = { report, facts, was, remedies };
  return {
    isUnsure: facts.some(isUnsure),
    judge: (plan) => judge(plan, truth),
  };
}

interface Truth {
  readonly report: Report;
  readonly facts: readonly Known[];
  readonly was: ReadonlyMap<string, Known>;
  readonly remedies: readonly Remedy[];
}

function judge({ items }: Plan, truth: Truth): readonly boolean[] | null {
  const chosen: Known[] = [];
  for (const item of items) {
    const fact = truth.facts.find(({ id }) => id === item.fact);
    if (fact === undefined || !toldOf(truth).includes(fact)) return null;
    if (chosen.includes(fact)) return null;
    const last = chosen.at(-1);
    if (last !== undefined && last.band < fact.band) return null;
    chosen.push(fact);
  }
  const acts = items.map(({ act }) => act).filter((act) => act !== null);
  if (acts.some((act, at) => acts.indexOf(act) !== at)) return null;
  const worst = Math.max(...toldOf(truth).map(({ band }) => band));
  if (chosen[0]?.band !== worst) return null;
  return items.map((item, at) => isSound(item, chosen[at] as Known, truth));
}

/**
 * Eight of those that are beyond a line and have one of the first eight names, whole bands first, inside a
 * band those with an act.
 */
function toldOf({ facts, remedies }: Truth): readonly Known[] {
  const named = facts.filter(({ id }) => Number(/\d+/.exec(id)?.[0] ?? 0) <= 8);
  const helped = new Set(remedies.map(({ fact }) => fact));
  const of = (band: number, isHelped: boolean) =>
    named.filter((fact) => fact.band === band && helped.has(fact.id) === isHelped);
  return [3, 2, 1].flatMap((band) => [...of(band, true), ...of(band, false)]).slice(0, 8);
}

const isHead = (claim: string) => /^(far_|just_)?beyond$/.test(claim);

function isSound({ claims, act, aclaims }: PlanItem, fact: Known, truth: Truth): boolean {
  if (claims.filter(isHead).length !== 1 || !isHead(claims[0] ?? '')) return false;
  if (!claims.every((claim) => holds(claim, fact, truth))) return false;
  if (fact.quality !== 'fresh' && !claims.some((claim) => claim === fact.quality)) return false;
  if (act === null) return aclaims.length === 0;
  if (claims.includes('no_action') || aclaims[0] !== 'effect') return false;
  const remedy = truth.remedies.find(({ id }) => id === act);
  if (remedy === undefined || remedy.fact !== fact.id) return false;
  const isBack = bandOf(fact.metric, Number(remedy.after)) === 0;
  return !aclaims.includes(isBack ? 'not_enough' : 'clears');
}

function holds(claim: string, fact: Known, truth: Truth): boolean {
  const { report, facts } = truth;
  const peers = facts.filter(({ kind, metric }) => kind === fact.kind && metric === fact.metric);
  const beyond = peers.filter(({ band }) => band > 0).length;
  const canCompare = isWhole(fact, peers.length, report.snapshot, truth) && peers.length > 1;
  const trend = trendOf(fact, truth);
  switch (claim) {
    case 'beyond':
      return fact.band > 0;
    case 'far_beyond':
      return fact.past >= 0.2;
    case 'just_beyond':
      return fact.past <= 0.05;
    case 'worst': {
      const isWorse = (other: Known) =>
        UP.includes(fact.metric) ? shown(fact) > shown(other) : shown(fact) < shown(other);
      return canCompare && peers.every((other) => other === fact || isWorse(other));
    }
    case 'only':
      return canCompare && beyond === 1;
    case 'several':
      return canCompare && beyond > 1 && beyond < peers.length;
    case 'all':
      return canCompare && beyond === peers.length;
    case 'worsened':
      return trend === 1;
    case 'improved':
      return trend === -1;
    case 'unchanged':
      return trend === 0;
    case 'linked':
      return facts.some(
        (other) =>
          fact.kind !== 'desk' &&
          other.account === fact.account &&
          other.id.split('.')[0] !== fact.id.split('.')[0] &&
          other.band > 0,
      );
    case 'idle':
      return fact.kind !== 'desk' && hasIdle(fact.account, report);
    case 'hides': {
      const alone = facts.filter(({ kind, metric }) => kind === 'account' && metric === 'mu');
      const areAll = alone.length === report.snapshot.accounts.length && alone.length > 1;
      const isAsked = fact.kind === 'desk' && fact.metric === 'mu' && fact.quality === 'fresh';
      return isAsked && areAll && alone.every(({ band }) => band === 0);
    }
    case 'stale':
    case 'partial':
      return fact.quality === claim;
    case 'no_action':
      return isHelpless(fact, truth);
    default:
      return false;
  }
}

/** Only if every one of its kind is known, now, can one be said to be the worst of them. */
function isWhole(fact: Known, count: number, snapshot: Snapshot, { report }: Truth): boolean {
  if (snapshot.accounts.some(({ status }) => status !== 'ok')) return false;
  const { accounts, positions } = report.desk;
  if (fact.kind === 'desk') return count === 1;
  if (fact.kind === 'position') {
    if (fact.metric === 'prob') return count === positions.length;
    return count === positions.filter((each) => each.liquidationState !== 'none').length;
  }
  if (fact.metric === 'mu') return count === accounts.length;
  return fact.metric === 'prob' && count === accounts.filter((a) => a.probability !== null).length;
}

function hasIdle(account: string, { desk }: Report): boolean {
  const own = desk.accounts.find((each) => each.account.account.id === account);
  const free = own?.account.margin?.availableUsd;
  return desk.accounts.some((each) => {
    const isWell = each.account.status === 'ok' && (each.band === 'ok' || each.band === 'watch');
    const more = each.account.margin?.availableUsd;
    return each !== own && isWell && more != null && Number(more) > Number(free ?? 0);
  });
}

/** Among the nine worst, and none of the acts is for it. */
function isHelpless(fact: Known, { facts, remedies }: Truth): boolean {
  const tried = facts
    .filter(({ band, quality, kind }) => band > 0 && quality === 'fresh' && kind !== 'desk')
    .sort((a, b) => b.band - a.band)
    .slice(0, 9);
  return tried.includes(fact) && !remedies.some((remedy) => remedy.fact === fact.id);
}

/** 1 worse, -1 better, 0 the same, null: nothing to compare with. */
function trendOf(fact: Known, { was }: Truth): number | null {
  const old = was.get(fact.key);
  if (old === undefined || old.quality !== 'fresh' || fact.quality !== 'fresh') return null;
  const change = shown(fact) - shown(old);
  if (Math.abs(change) < 1e-9) return 0;
  return change > 0 === UP.includes(fact.metric) ? 1 : -1;
}

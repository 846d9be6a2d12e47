import type { Plan, PlanItem } from '../../src/commentary/plan.ts';
import type { Remedy } from '../../src/commentary/remedy.ts';
import type { Report } from '../../src/commentary/sheet.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import { coinPriceFrom } from '../../src/risk/coin-price.ts';

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

type Kind = 'desk' | 'account' | 'position';
type Quality = 'fresh' | 'stale' | 'partial';

interface Known {
  id: string;
  readonly kind: Kind;
  readonly account: string;
  /** The same over reports. */
  readonly key: string;
  readonly metric: string;
  readonly value: number;
  readonly quality: Quality;
  readonly band: number;
  readonly past: number;
}

const UP = ['mu', 'prob', 'conc'];
const LINES: Record<string, readonly (number | null)[]> = {
  mu: [0.5, 0.7, 0.85],
  hf: [1.5, 1.2, 1.05],
  prob: [0.1, 0.25, null],
  dist: [0.15, 0.08, 0.03],
  conc: [0.3, 0.45, null],
};

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
    if (fact === undefined || fact.band === 0 || !isTold(fact)) return null;
    if (chosen.includes(fact)) return null;
    const last = chosen.at(-1);
    if (last !== undefined && last.band < fact.band) return null;
    chosen.push(fact);
  }
  const acts = items.map(({ act }) => act).filter((act) => act !== null);
  if (acts.some((act, at) => acts.indexOf(act) !== at)) return null;
  const worst = Math.max(...truth.facts.filter(isTold).map(({ band }) => band));
  if (chosen[0]?.band !== worst) return null;
  return items.map((item, at) => isSound(item, chosen[at] as Known, truth));
}

const isTold = ({ id }: Known) => Number(/\d+/.exec(id)?.[0] ?? 0) <= 8;
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

/** As on the screen: one decimal of a percent, two below one percent, two of a multiple. */
function shown({ metric, value }: Known): number {
  const figure = metric === 'hf' ? value : value * 100;
  const isSmall = metric === 'hf' || (figure !== 0 && Math.abs(figure) < 1);
  const scale = isSmall ? 100 : Math.abs(figure) >= 1000 ? 1 : 10;
  const round = UP.includes(metric) ? Math.ceil : Math.floor;
  const nearest = Math.round(figure * scale);
  const isOn = Math.abs(figure * scale - nearest) < 1e-9;
  return (isOn ? nearest : round(figure * scale)) / scale;
}

function bandOf(metric: string, value: number): number {
  const lines = LINES[metric] ?? [];
  const isOver = (line: number | null | undefined) => {
    if (line == null) return false;
    if (metric === 'conc') return value > line;
    return UP.includes(metric) ? value >= line : value < line;
  };
  return isOver(lines[2]) ? 3 : isOver(lines[1]) ? 2 : isOver(lines[0]) ? 1 : 0;
}

function isUnsure({ metric, value, past }: Known): boolean {
  const near = (LINES[metric] ?? []).some(
    (line) => line !== null && Math.abs(value - line) < 1e-12,
  );
  return near || Math.abs(past - 0.2) < 1e-12 || Math.abs(past - 0.05) < 1e-12;
}

interface Raw extends Omit<Known, 'id' | 'band' | 'past'> {
  readonly owner: string;
}

/** Ids as the sheet gives them: eight aliases of a kind to the worst, in desk order; then the others. */
function named(report: Report): Known[] {
  const raw = [...deskRaw(report), ...accountRaw(report), ...positionRaw(report)];
  const known = raw.map((fact) => ({ ...fact, id: '', ...standing(fact) }));
  for (const fact of known) if (fact.kind === 'desk') fact.id = `P.${fact.metric}`;
  for (const [kind, letter] of [['account', 'A'] as const, ['position', 'S'] as const]) {
    const own = known.filter((fact) => fact.kind === kind);
    const owners = [...new Set(own.map(({ owner }) => owner))];
    const worst = (owner: string) =>
      Math.max(...own.filter((fact) => fact.owner === owner).map(({ band }) => band));
    const ranked = [...owners].sort((a, b) => worst(b) - worst(a));
    const first = owners.filter((owner) => ranked.indexOf(owner) < 8);
    const order = [...first, ...ranked.slice(8)];
    for (const fact of own) fact.id = `${letter}${order.indexOf(fact.owner) + 1}.${fact.metric}`;
  }
  return known;
}

function standing({ metric, value }: Raw): Pick<Known, 'band' | 'past'> {
  const band = bandOf(metric, value);
  const line = LINES[metric]?.[Math.max(band - 1, 0)] ?? 1;
  return { band, past: (UP.includes(metric) ? value - line : line - value) / line };
}

function ratio(over: number | null, under: number | null): number | null {
  return over === null || under === null || under <= 0 ? null : over / under;
}

const num = (value: unknown) => (value == null ? null : Number(value));

function accountRaw({ desk }: Report): Raw[] {
  return desk.accounts.flatMap(({ account, probability }) => {
    const { id } = account.account;
    const {
      equityUsd = null,
      initialMarginUsd = null,
      maintenanceMarginUsd = null,
    } = account.margin ?? {};
    const day = probability?.['24h'];
    const chance = day?.kind === 'known' ? Number(day.probability.toPrecision(6)) : null;
    const isFlat = account.status !== 'missing' && account.positions.length === 0;
    const health = isFlat ? null : ratio(num(equityUsd), num(maintenanceMarginUsd));
    const isSpoken = health !== null && (chance === null || bandOf('hf', health) === 3);
    const owned = { kind: 'account' as const, account: id, owner: id };
    const quality: Quality = account.status === 'ok' ? 'fresh' : 'stale';
    return facts({ ...owned, quality }, [
      ['mu', ratio(num(initialMarginUsd), num(equityUsd))],
      ['hf', isSpoken ? health : null],
      ['prob', chance],
    ]);
  });
}

function positionRaw({ desk }: Report): Raw[] {
  return desk.positions.flatMap((risk) => {
    const { account } = risk.position;
    const day = (risk.probability.widened ?? risk.probability.liquidation)['24h'];
    const chance = day.kind === 'known' ? Number(day.probability.toPrecision(6)) : null;
    const quality: Quality = risk.status === 'ok' ? 'fresh' : 'stale';
    const owner = `${account} ${risk.handle}`;
    return facts({ kind: 'position', account, owner, quality }, [
      ['prob', chance],
      ['dist', num(risk.liquidationDistance)],
    ]);
  });
}

function deskRaw({ snapshot }: Report): Raw[] {
  const { accounts } = snapshot;
  const whole = { kind: 'desk' as const, account: '', owner: 'P' };
  const isOld = accounts.some(({ status }) => status === 'stale');
  const qualityOf = (hasHole: boolean): Quality =>
    hasHole ? 'partial' : isOld ? 'stale' : 'fresh';
  const lacks = ({ margin }: AccountSnapshot) =>
    margin?.equityUsd == null ||
    margin.initialMarginUsd == null ||
    margin.maintenanceMarginUsd == null;
  const sumOf = (key: 'initialMarginUsd' | 'maintenanceMarginUsd') => {
    const known = accounts.filter(({ margin }) => margin?.equityUsd != null && margin[key] != null);
    const sum = (of: 'equityUsd' | typeof key) =>
      known.reduce((total, { margin }) => total + Number(margin?.[of]), 0);
    return { required: sum(key), equity: sum('equityUsd') };
  };
  const [initial, maintenance] = [sumOf('initialMarginUsd'), sumOf('maintenanceMarginUsd')];
  const isIdle = accounts.every(
    ({ status, positions, margin }) =>
      status !== 'missing' &&
      (positions.length === 0 || !(Number(margin?.maintenanceMarginUsd) > 0)),
  );
  const { top, share, hasHole } = topOf(snapshot);
  const pooled = qualityOf(accounts.some(lacks));
  return [
    ...facts({ ...whole, quality: pooled }, [
      ['mu', ratio(initial.required, initial.equity)],
      ['hf', isIdle ? null : ratio(maintenance.equity, maintenance.required)],
    ]),
    ...facts({ ...whole, owner: `P ${top}`, quality: qualityOf(hasHole) }, [['conc', share]]),
  ];
}

function facts(
  of: Pick<Raw, 'kind' | 'account' | 'owner' | 'quality'>,
  values: readonly (readonly [string, number | null])[],
): Raw[] {
  return values.flatMap(([metric, value]) =>
    value === null ? [] : [{ ...of, metric, value, key: `${of.kind} ${of.owner} ${metric}` }],
  );
}

const DOLLARS = ['USDT', 'USDC', 'USD1', 'USD'];

/** The asset with the largest net, and its share of all nets; of a side of which nothing is known, no net. */
function topOf(snapshot: Snapshot): { top: string; share: number | null; hasHole: boolean } {
  const sides = new Map<string, Map<string, (number | null)[]>>();
  const priceOf = coinPriceFrom(snapshot);
  const add = (asset: string, side: string, usd: number | null) => {
    const own = sides.get(asset) ?? new Map<string, (number | null)[]>();
    sides.set(asset, own.set(side, [...(own.get(side) ?? []), usd]));
  };
  const read = snapshot.accounts.filter(({ status }) => status !== 'missing');
  for (const { account, positions, margin } of read) {
    for (const { instrument, contracts, markPrice, side } of positions) {
      const size = Number(contracts) * Number(instrument.contractSize);
      const mark = markPrice === null ? null : size * Number(markPrice);
      add(instrument.asset, side, instrument.kind === 'inverse' ? size : mark);
    }
    for (const { asset, quantity } of margin?.collateral ?? []) {
      if (DOLLARS.includes(asset) || quantity.isZero()) continue;
      const price = num(priceOf(account.id, asset));
      add(asset, 'coin', price === null ? null : Number(quantity) * price);
    }
  }
  const values = [...sides.values()].flatMap((own) => [...own.values()].flat());
  const hasHole =
    read.length < snapshot.accounts.length ||
    read.some(({ margin }) => margin?.equityUsd == null) ||
    values.includes(null);
  const known = [...sides].flatMap(([asset, own]) => {
    const isDark = [...own.values()].some((side) => side.every((usd) => usd === null));
    const sum = (side: string) => (own.get(side) ?? []).reduce((a: number, b) => a + (b ?? 0), 0);
    const net = Math.abs(sum('long') - sum('short') + sum('coin'));
    return isDark ? [] : [{ asset, net }];
  });
  const total = known.reduce((sum, { net }) => sum + net, 0);
  const [first] = known.sort((a, b) => b.net - a.net || (a.asset < b.asset ? -1 : 1));
  const share = first === undefined || total === 0 ? null : first.net / total;
  return { top: first?.asset ?? '', share, hasHole };
}

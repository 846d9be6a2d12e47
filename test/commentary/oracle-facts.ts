import type { Report } from '../../src/commentary/sheet.ts';
import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import { coinPriceFrom } from '../../src/risk/coin-price.ts';

type Kind = 'desk' | 'account' | 'position';
type Quality = 'fresh' | 'stale' | 'partial';

/** One figure of a report, as a double. */
export interface Known {
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

export const UP = ['mu', 'prob', 'conc'];
const LINES: Record<string, readonly (number | null)[]> = {
  mu: [0.5, 0.7, 0.85],
  hf: [1.5, 1.2, 1.05],
  prob: [0.1, 0.25, null],
  dist: [0.15, 0.08, 0.03],
  conc: [0.3, 0.45, null],
};

/** As on the screen: one decimal of a percent, two below one percent, two of a multiple. */
export function shown({ metric, value }: Known): number {
  const figure = metric === 'hf' ? value : value * 100;
  const isSmall = metric === 'hf' || (figure !== 0 && Math.abs(figure) < 1);
  const scale = isSmall ? 100 : Math.abs(figure) >= 1000 ? 1 : 10;
  const round = UP.includes(metric) ? Math.ceil : Math.floor;
  const nearest = Math.round(figure * scale);
  const isOn = Math.abs(figure * scale - nearest) < 1e-9;
  return (isOn ? nearest : round(figure * scale)) / scale;
}

export function bandOf(metric: string, value: number): number {
  const lines = LINES[metric] ?? [];
  const isOver = (line: number | null | undefined) => {
    if (line == null) return false;
    if (metric === 'conc') return value > line;
    return UP.includes(metric) ? value >= line : value < line;
  };
  return isOver(lines[2]) ? 3 : isOver(lines[1]) ? 2 : isOver(lines[0]) ? 1 : 0;
}

export function isUnsure({ metric, value, past }: Known): boolean {
  const near = (LINES[metric] ?? []).some(
    (line) => line !== null && Math.abs(value - line) < 1e-12,
  );
  return near || Math.abs(past - 0.2) < 1e-12 || Math.abs(past - 0.05) < 1e-12;
}

interface Raw extends Omit<Known, 'id' | 'band' | 'past'> {
  readonly owner: string;
}

/** Ids as the sheet gives them: eight aliases of a kind to the worst, in desk order; then the others. */
export function named(report: Report): Known[] {
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

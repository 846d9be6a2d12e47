import type { Decimal } from '../domain/decimal.ts';
import { assessExposure } from '../risk/exposure.ts';
import type { JudgedAccount, JudgedPosition } from '../risk/probability/judge-desk.ts';
import { probability24h } from '../risk/probability/judge-desk.ts';
import { estimateRatio } from '../risk/statistics/estimate-ratio.ts';
import type { Entity, Fact, Metric } from './fact.ts';
import { compareBands } from './fact.ts';
import { bandOf } from './lines.ts';
import type { Report } from './sheet.ts';

/** A fact before anybody compared it with an earlier report. */
export type FreshFact = Omit<Fact, 'trend'>;

/** Aliases that a model may be told of. */
export const MOST_ALIASES = 8;

/**
 * Every figure that has a line, in order: the desk, accounts, positions. What is not known is no fact. The
 * first eight aliases go to what is farthest beyond its lines, else in the order of the desk.
 */
export function deskFacts(report: Report): FreshFact[] {
  const { desk } = report;
  const accounts = aliased(desk.accounts.map(saidOf), 'A');
  const positions = aliased(desk.positions.map(positionFacts), 'S');
  return [...wholeFacts(report), ...accounts, ...positions];
}

/** A fact that has no alias yet. */
export interface Draft extends Omit<FreshFact, 'id' | 'entity'> {
  readonly entity: WithoutAlias;
}
type WithoutAlias = Entity extends infer E ? (E extends Entity ? Omit<E, 'alias'> : never) : never;

/** What it is about, whatever its alias: the same over reports. */
export function keyOf({
  entity,
  metric,
  asset,
}: Pick<Draft, 'entity' | 'metric' | 'asset'>): string {
  if (entity.kind === 'desk') return `desk ${metric} ${asset ?? ''}`;
  const name = entity.kind === 'account' ? entity.account : `${entity.account} ${entity.handle}`;
  return `${entity.kind} ${name} ${metric}`;
}

/** Whatever is farthest beyond its lines comes first; among equals the order stays. */
function aliased(groups: readonly (readonly Draft[])[], letter: 'A' | 'S'): FreshFact[] {
  const worst = (group: readonly Draft[]) =>
    group.map(({ band }) => band).reduce((a, b) => (compareBands(a, b) < 0 ? b : a), 'ok');
  const ranked = groups
    .filter((group) => group.length > 0)
    .toSorted((a, b) => compareBands(worst(b), worst(a)));
  const taken = new Set(ranked.slice(0, MOST_ALIASES));
  // Inside the first eight the order of the desk, so that an alias says nothing about rank.
  const first = groups.filter((group) => taken.has(group));
  const rest = ranked.slice(MOST_ALIASES);
  return [...first, ...rest].flatMap((group, place) =>
    group.map((draft) => withAlias(draft, `${letter}${place + 1}`)),
  );
}

function withAlias(draft: Draft, alias: string): FreshFact {
  const entity = { ...draft.entity, alias } as Entity;
  return { ...draft, entity, id: `${alias}.${draft.metric}` };
}

interface Figure {
  readonly entity: WithoutAlias;
  readonly metric: Metric;
  readonly value: Decimal | null;
  readonly quality: Fact['quality'];
  readonly asset?: string;
}

function draftOf({ value, asset, ...rest }: Figure): Draft[] {
  if (value === null || !value.isFinite()) return [];
  return [{ ...rest, value, asset: asset ?? null, ...bandOf(rest.metric, value) }];
}

/** All figures of an account, also those that are not spoken of. */
export function accountFacts(account: JudgedAccount): Draft[] {
  const { id } = account.account.account;
  const entity: WithoutAlias = { kind: 'account', account: id };
  const quality = account.account.status === 'ok' ? 'fresh' : 'stale';
  const day = account.probability?.['24h'];
  const chance = day?.kind === 'known' ? estimateRatio(day.probability) : null;
  return [
    ...draftOf({ entity, metric: 'mu', value: account.marginUsage, quality }),
    ...draftOf({ entity, metric: 'hf', value: account.healthFactor, quality }),
    ...draftOf({ entity, metric: 'prob', value: chance, quality }),
  ];
}

/** Health is a backstop: where a chance is known, it speaks only when it is almost over. */
function saidOf(account: JudgedAccount): Draft[] {
  const all = accountFacts(account);
  const hasChance = all.some(({ metric }) => metric === 'prob');
  return all.filter(({ metric, band }) => metric !== 'hf' || !hasChance || band === 'emerg');
}

export function positionFacts(risk: JudgedPosition): Draft[] {
  const { position, handle, liquidationDistance, status } = risk;
  const { account, instrument, side } = position;
  const entity: WithoutAlias = { kind: 'position', account, handle, asset: instrument.asset, side };
  const quality = status === 'ok' ? 'fresh' : 'stale';
  return [
    ...draftOf({ entity, metric: 'prob', value: estimateRatio(probability24h(risk)), quality }),
    ...draftOf({ entity, metric: 'dist', value: liquidationDistance, quality }),
  ];
}

function wholeFacts({ desk, snapshot }: Report): FreshFact[] {
  const entity: WithoutAlias = { kind: 'desk' };
  const { totals } = desk;
  const isStale = snapshot.accounts.some(({ status }) => status === 'stale');
  const qualityOf = (isPartial: boolean) => (isPartial ? 'partial' : isStale ? 'stale' : 'fresh');
  const pooled = qualityOf(totals.missing.length > 0);
  const exposure = assessExposure(snapshot);
  const { top } = exposure.concentration;
  const left = [exposure.missing, exposure.missingMargin, exposure.unpricedCollateral];
  const net = qualityOf([...left, exposure.unpriced].some((list) => list.length > 0));
  const asset = top === null ? {} : { asset: top.asset };
  return [
    ...draftOf({ entity, metric: 'mu', value: totals.marginUsage, quality: pooled }),
    ...draftOf({ entity, metric: 'hf', value: totals.healthFactor, quality: pooled }),
    ...draftOf({ entity, metric: 'conc', value: top?.share ?? null, quality: net, ...asset }),
  ].map((draft) => withAlias(draft, 'P'));
}

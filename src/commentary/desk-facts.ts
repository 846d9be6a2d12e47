import type { Decimal } from '../domain/decimal.ts';
import { assessExposure } from '../risk/exposure.ts';
import type { JudgedAccount, JudgedPosition } from '../risk/probability/judge-desk.ts';
import { probability24h } from '../risk/probability/judge-desk.ts';
import { estimateRatio } from '../risk/statistics/estimate-ratio.ts';
import type { Entity, Fact, Metric } from './fact.ts';
import { bandOf } from './lines.ts';
import type { Report } from './sheet.ts';

/** A fact before anybody compared it with an earlier report. */
export type FreshFact = Omit<Fact, 'trend'>;

/** Aliases that a model may be told of. */
export const MOST_ALIASES = 8;

/**
 * Every figure that has a line, in order: the desk, accounts, positions. What is not known is no fact. The
 * first eight aliases go to what is beyond a line, else in the order of the desk.
 */
export function deskFacts(report: Report): FreshFact[] {
  const { desk } = report;
  const accounts = aliased(desk.accounts.map(accountFacts), 'A');
  const positions = aliased(desk.positions.map(positionFacts), 'S');
  return [...wholeFacts(report), ...accounts, ...positions];
}

/** A fact that has no alias yet. */
export interface Draft extends Omit<FreshFact, 'id' | 'entity'> {
  readonly entity: WithoutAlias;
}
type WithoutAlias = Entity extends infer E ? (E extends Entity ? Omit<E, 'alias'> : never) : never;

/** What it is about, whatever its alias: the same over reports. */
export function keyOf({ entity, metric }: Pick<Draft, 'entity' | 'metric'>): string {
  if (entity.kind === 'desk') return `desk ${metric}`;
  const name = entity.kind === 'account' ? entity.account : `${entity.account} ${entity.handle}`;
  return `${entity.kind} ${name} ${metric}`;
}

/** Whatever is beyond a line comes first; among equals the order stays. */
function aliased(groups: readonly (readonly Draft[])[], letter: 'A' | 'S'): FreshFact[] {
  const worst = (group: readonly Draft[]) => (group.some(({ band }) => band !== 'ok') ? 0 : 1);
  const ranked = groups.filter((group) => group.length > 0).toSorted((a, b) => worst(a) - worst(b));
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

export function accountFacts(account: JudgedAccount): Draft[] {
  const { id } = account.account.account;
  const entity: WithoutAlias = { kind: 'account', account: id };
  const quality = account.account.status === 'ok' ? 'fresh' : 'stale';
  const day = account.probability?.['24h'];
  const chance = day?.kind === 'known' ? estimateRatio(day.probability) : null;
  const health = draftOf({ entity, metric: 'hf', value: account.healthFactor, quality });
  return [
    ...draftOf({ entity, metric: 'mu', value: account.marginUsage, quality }),
    // A backstop: where a chance is known, health speaks only when it is almost over.
    ...health.filter(({ band }) => chance === null || band === 'emerg'),
    ...draftOf({ entity, metric: 'prob', value: chance, quality }),
  ];
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
  const isPartial = snapshot.accounts.some(({ status }) => status === 'missing');
  const quality = isPartial ? 'partial' : isStale ? 'stale' : 'fresh';
  const { top } = assessExposure(snapshot).concentration;
  const asset = top === null ? {} : { asset: top.asset };
  return [
    ...draftOf({ entity, metric: 'mu', value: totals.marginUsage, quality }),
    ...draftOf({ entity, metric: 'hf', value: totals.healthFactor, quality }),
    ...draftOf({ entity, metric: 'conc', value: top?.share ?? null, quality, ...asset }),
  ].map((draft) => withAlias(draft, 'P'));
}

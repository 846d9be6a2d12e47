import type { Entity, Fact, Metric } from '../../src/commentary/fact.ts';
import { isBreach } from '../../src/commentary/fact.ts';
import { bandOf } from '../../src/commentary/lines.ts';
import type { Remedy } from '../../src/commentary/remedy.ts';
import type { Sheet } from '../../src/commentary/sheet.ts';
import { countKey } from '../../src/commentary/sheet.ts';
import { dec } from '../../src/domain/decimal.ts';
import { money } from '../../src/domain/money.ts';
import type { Handle } from '../../src/domain/units.ts';
import { asAccountId } from '../../src/domain/units.ts';

export interface FactFacts {
  /** Alias and metric; positions `S1`, `S2` … are on account `of`. */
  readonly id: string;
  readonly value: string;
  readonly of?: string;
  readonly quality?: Fact['quality'];
  readonly trend?: Fact['trend'];
}

/** A fact as its id says: `P` the desk, `A` an account of the same name, `S` a position. */
export function aFact({ id, value, of = 'A1', quality = 'fresh', trend = 'new' }: FactFacts): Fact {
  const [alias = '', metric = ''] = id.split('.');
  const figure = dec(value);
  return {
    ...{ id, entity: entityOf(alias, of), metric: metric as Metric, value: figure },
    ...bandOf(metric as Metric, figure),
    ...{ trend, quality, asset: metric === 'conc' ? 'BTC' : null },
  };
}

function entityOf(alias: string, of: string): Entity {
  if (alias === 'P') return { kind: 'desk', alias };
  if (alias.startsWith('A')) return { kind: 'account', alias, account: asAccountId(alias) };
  const handle = `k7f${alias.slice(1)}` as Handle;
  return { kind: 'position', alias, account: asAccountId(of), handle, asset: 'BTC', side: 'long' };
}

export interface ActFacts {
  readonly id: string;
  readonly fact: string;
  readonly before: string;
  readonly after: string;
}

/** Margin moved from a reserve. */
export function anAct({ id, fact, before, after }: ActFacts): Remedy {
  const metric = fact.split('.')[1] as Metric;
  const { band, line } = bandOf(metric, dec(after));
  const way = { from: asAccountId('reserve'), to: asAccountId(fact.split('.')[0] ?? '') };
  return {
    ...{ id, fact, before: dec(before), after: dec(after), line },
    act: { kind: 'move', ...way, amount: money(dec('1225'), 'USDT') },
    result: band === 'ok' ? 'clears' : 'not_enough',
  };
}

interface SheetFacts {
  readonly facts: readonly Fact[];
  readonly remedies?: readonly Remedy[];
  readonly helpless?: readonly string[];
  /** Kinds that are not wholly known. */
  readonly uncounted?: readonly string[];
  readonly more?: Partial<Sheet>;
}

/** A sheet of which every kind is wholly known, unless said otherwise. */
export function aSheet({
  facts,
  remedies = [],
  helpless = [],
  uncounted = [],
  more,
}: SheetFacts): Sheet {
  const groups = [...Map.groupBy(facts, countKey)].filter(([key]) => !uncounted.includes(key));
  return {
    ...{ facts, remedies, helpless: new Set(helpless) },
    counts: new Map(
      groups.map(([key, group]) => [
        key,
        { breaching: group.filter(isBreach).length, total: group.length },
      ]),
    ),
    ...{ idle: new Map(), missing: 0, unknown: 0, unsaid: [], isFlat: false, takenAt: 0 },
    ...more,
  };
}

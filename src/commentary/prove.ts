import { Decimal } from '../domain/decimal.ts';
import { effectAgain } from './effect-again.ts';
import type { Fact, Metric } from './fact.ts';
import type { Numeral } from './numerals.ts';
import { BLANK, numeralsIn } from './numerals.ts';
import type { PlanItem } from './plan.ts';
import { figureAgain } from './recount.ts';
import type { Remedy } from './remedy.ts';
import type { Report, Sheet } from './sheet.ts';
import { factOf } from './sheet.ts';
import type { Phrase } from './words.ts';

/** Figures in a text, and how many of them a second reckoning confirmed. */
export interface Proof {
  readonly shown: number;
  readonly proven: number;
}

export const isProven = ({ shown, proven }: Proof): boolean => shown === proven;

/** What a numeral has to be. `exact`: to the last digit, else as rounded for people. */
interface Expected {
  readonly value: Decimal | null;
  readonly unit: Numeral['unit'];
  readonly isExact: boolean;
}

/** Names out, then every numeral in order against the report reckoned again. */
export function proveItem(
  phrase: Phrase,
  item: PlanItem,
  on: { report: Report; sheet: Sheet },
): Proof {
  return proveAgainst(phrase, expectedOf(item, on));
}

/** Of the nearest position of a calm desk; without one nothing is expected. */
export function proveNearest(phrase: Phrase, nearest: Fact | null, report: Report): Proof {
  if (nearest === null) return proveAgainst(phrase, []);
  return proveAgainst(phrase, [measured(nearest, figureAgain(report, nearest.entity, 'dist'))]);
}

export function proveCount(phrase: Phrase, count: number): Proof {
  return proveAgainst(phrase, [exactly(new Decimal(count), 'plain')]);
}

function proveAgainst(phrase: Phrase, expected: readonly Expected[]): Proof {
  const found = numeralsIn(blanked(phrase));
  const agree = found.filter((numeral, place) => isAs(numeral, expected[place])).length;
  // One that is expected and not there is as wrong as one that is there and not expected.
  const shown = Math.max(found.length, expected.length);
  return { shown, proven: agree };
}

export function blanked(phrase: Phrase): string {
  return phrase
    .map((piece) => ('word' in piece ? piece.word : 'figure' in piece ? piece.figure : BLANK))
    .join('');
}

function isAs(numeral: Numeral, expected: Expected | undefined): boolean {
  if (expected === undefined || expected.value === null || numeral.unit !== expected.unit)
    return false;
  const value = expected.unit === 'percent' ? expected.value.times(100) : expected.value;
  const off = numeral.value.minus(value).abs();
  // Rounded to a side, so by less than one of the last digit shown.
  return expected.isExact ? off.isZero() : off.lt(new Decimal(10).pow(-numeral.places));
}

const exactly = (value: Decimal, unit: Numeral['unit']): Expected => ({
  value,
  unit,
  isExact: true,
});

function measured({ metric }: Pick<Fact, 'metric'>, value: Decimal | null): Expected {
  return { value: value?.abs() ?? null, unit: unitOf(metric), isExact: false };
}

const unitOf = (metric: Metric) => (metric === 'hf' ? 'multiple' : 'percent');

function expectedOf(
  item: PlanItem,
  { report, sheet }: { report: Report; sheet: Sheet },
): Expected[] {
  const fact = factOf(sheet, item.fact);
  if (fact === null) return [];
  const value = figureAgain(report, fact.entity, fact.metric);
  const extras = item.claims.flatMap((claim): Expected[] => {
    if (claim === 'several') return [exactly(countAgain(report, sheet, fact), 'plain')];
    return claim === 'idle'
      ? [{ value: freeAgain(report, sheet, fact), unit: 'plain', isExact: false }]
      : [];
  });
  const remedy = sheet.remedies.find(({ id }) => id === item.act);
  return [
    measured(fact, value),
    exactly(lineAgain(fact), unitOf(fact.metric)),
    ...extras,
    ...(remedy ? effects(remedy, fact, report) : []),
  ];
}

function effects({ act }: Remedy, fact: Fact, report: Report): Expected[] {
  const amount =
    act.kind === 'reduce' ? exactly(act.share, 'percent') : exactly(act.amount.amount, 'plain');
  return [
    amount,
    measured(fact, figureAgain(report, fact.entity, fact.metric)),
    measured(fact, effectAgain(report, fact, act)),
    amount,
  ];
}

/** The alert rules' lines, written down a second time: the worst one that the value is beyond. */
const AGAIN: Readonly<Record<Metric, readonly string[]>> = {
  mu: ['0.85', '0.7', '0.5'],
  prob: ['0.25', '0.1'],
  conc: ['0.45', '0.3'],
  hf: ['1.05', '1.2', '1.5'],
  dist: ['0.03', '0.08', '0.15'],
};

function isBeyondAgain(metric: Metric, value: Decimal, line: string): boolean {
  if (metric === 'hf' || metric === 'dist') return value.lt(line);
  return metric === 'conc' ? value.gt(line) : value.gte(line);
}

function lineAgain({ metric, value }: Fact): Decimal {
  const line = AGAIN[metric].find((each) => isBeyondAgain(metric, value, each));
  return new Decimal(line ?? Number.NaN);
}

/** How many of a kind are beyond their first line, by the figures reckoned again. */
function countAgain(report: Report, sheet: Sheet, { entity, metric }: Fact): Decimal {
  const first = AGAIN[metric].at(-1) ?? '';
  const beyond = sheet.facts.filter((other) => {
    if (other.entity.kind !== entity.kind || other.metric !== metric) return false;
    const value = other.quality === 'fresh' ? figureAgain(report, other.entity, metric) : null;
    return value !== null && isBeyondAgain(metric, value, first);
  });
  return new Decimal(beyond.length);
}

function freeAgain({ snapshot }: Report, sheet: Sheet, { id }: Fact): Decimal | null {
  const donor = sheet.idle.get(id)?.account;
  const found = snapshot.accounts.find(({ account }) => account.id === donor);
  return found?.margin?.availableUsd ?? null;
}

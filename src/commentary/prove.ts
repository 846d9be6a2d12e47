import { Decimal } from '../domain/decimal.ts';
import type { ActClaim } from './claims.ts';
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

/** Two ways of reckoning may differ in the last of forty digits. */
const NOISE = new Decimal('-1e-25');

/** What a numeral has to be. `rounded`: to which side, for people; null: exact to the last digit. */
interface Expected {
  readonly value: Decimal | null;
  readonly unit: Numeral['unit'];
  readonly rounded: 'up' | 'down' | null;
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
  return proveAgainst(phrase, [spokenAs(nearest, figureAgain(report, nearest))]);
}

export function proveCount(phrase: Phrase, count: number): Proof {
  return proveAgainst(phrase, [exactly(new Decimal(count), 'plain')]);
}

/** A text without figures: none may be in it. */
export function proveNone(phrase: Phrase): Proof {
  return proveAgainst(phrase, []);
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
  const off = numeral.value.minus(value);
  if (expected.rounded === null) return off.isZero();
  // Rounded to the dangerous side, so never to the other, and by less than one of the last digit shown.
  const toThatSide = expected.rounded === 'up' ? off : off.neg();
  return toThatSide.gte(NOISE) && toThatSide.lt(new Decimal(10).pow(-numeral.places));
}

const exactly = (value: Decimal, unit: Numeral['unit']): Expected => ({
  value,
  unit,
  rounded: null,
});

const SAFE_UP: readonly Metric[] = ['hf', 'dist'];

function measured({ metric }: Pick<Fact, 'metric'>, value: Decimal | null): Expected {
  return { value, unit: unitOf(metric), rounded: SAFE_UP.includes(metric) ? 'down' : 'up' };
}

/** In a sentence that says `past its price` instead of a minus; whether it is past has to agree. */
function spokenAs(fact: Fact, value: Decimal | null): Expected {
  const usual = measured(fact, value);
  if (value === null || fact.metric !== 'dist' || !fact.value.lt(0)) return usual;
  return { ...usual, value: value.lt(0) ? value.neg() : null, rounded: 'up' };
}

const unitOf = (metric: Metric) => (metric === 'hf' ? 'multiple' : 'percent');

function expectedOf(
  item: PlanItem,
  { report, sheet }: { report: Report; sheet: Sheet },
): Expected[] {
  const fact = factOf(sheet, item.fact);
  if (fact === null) return [];
  const value = figureAgain(report, fact);
  const extras = item.claims.flatMap((claim): Expected[] => {
    if (claim === 'several') return [exactly(countAgain(report, sheet, fact), 'plain')];
    return claim === 'idle'
      ? [{ value: freeAgain(report, sheet, fact), unit: 'plain', rounded: 'down' }]
      : [];
  });
  const remedy = sheet.remedies.find(({ id }) => id === item.act);
  return [
    spokenAs(fact, value),
    exactly(lineAgain(fact.metric, value), unitOf(fact.metric)),
    ...extras,
    ...(remedy ? effects({ remedy, item }, fact, report) : []),
  ];
}

function effects(
  { remedy: { act }, item }: { readonly remedy: Remedy; readonly item: PlanItem },
  fact: Fact,
  report: Report,
): Expected[] {
  const after = effectAgain(report, fact, act);
  const results = item.aclaims.filter((claim) => claim !== 'effect');
  const amount =
    act.kind === 'reduce' ? exactly(act.share, 'percent') : exactly(act.amount.amount, 'plain');
  return [
    amount,
    measured(fact, figureAgain(report, fact)),
    measured(fact, after),
    ...results.map((claim) => exactly(resultAgain(claim, fact.metric, after), unitOf(fact.metric))),
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

function lineAgain(metric: Metric, value: Decimal | null): Decimal {
  const line = AGAIN[metric].find((each) => value !== null && isBeyondAgain(metric, value, each));
  return new Decimal(line ?? Number.NaN);
}

/** The line that an act is said to come back within, or to stay beyond; no number if it does not. */
function resultAgain(claim: ActClaim, metric: Metric, after: Decimal | null): Decimal {
  if (claim === 'not_enough' || after === null) return lineAgain(metric, after);
  const first = AGAIN[metric].at(-1) ?? '';
  return new Decimal(isBeyondAgain(metric, after, first) ? Number.NaN : first);
}

/** How many of a kind are beyond their first line, by the figures reckoned again. */
function countAgain(report: Report, sheet: Sheet, { entity, metric }: Fact): Decimal {
  const first = AGAIN[metric].at(-1) ?? '';
  const beyond = sheet.facts.filter((other) => {
    if (other.entity.kind !== entity.kind || other.metric !== metric) return false;
    const value = other.quality === 'fresh' ? figureAgain(report, other) : null;
    return value !== null && isBeyondAgain(metric, value, first);
  });
  return new Decimal(beyond.length);
}

function freeAgain({ snapshot }: Report, sheet: Sheet, { id }: Fact): Decimal | null {
  const donor = sheet.idle.get(id)?.account;
  const found = snapshot.accounts.find(({ account }) => account.id === donor);
  return found?.margin?.availableUsd ?? null;
}

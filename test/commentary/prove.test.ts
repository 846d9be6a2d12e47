import { describe, expect, it } from 'vitest';
import { isBreach } from '../../src/commentary/fact.ts';
import { makeSheet } from '../../src/commentary/make-sheet.ts';
import type { PlanItem } from '../../src/commentary/plan.ts';
import { isProven, proveCount, proveItem, proveNone } from '../../src/commentary/prove.ts';
import { ruleItem } from '../../src/commentary/rule-plan.ts';
import type { Report, Sheet } from '../../src/commentary/sheet.ts';
import { tellItems } from '../../src/commentary/tell.ts';
import type { Phrase, Piece } from '../../src/commentary/words.ts';
import { dec } from '../../src/domain/decimal.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { desk } from '../commands/small-desk.ts';
import { diceOf, randomDesk, reportOf } from './random-desk.ts';
import { correctPlan } from './random-plan.ts';

const voice = { locale: 'en', format: createFormatter('en', 'UTC') } as const;

interface Told {
  readonly phrase: Phrase;
  readonly item: PlanItem;
  readonly on: { readonly report: Report; readonly sheet: Sheet };
}

/** Sentences of every kind, all of them proven. */
function sentences(): Told[] {
  const desks = [desk, ...Array.from({ length: 16 }, (_, at) => randomDesk(at + 100))];
  return desks.flatMap((facts, at) => {
    const report = reportOf(facts);
    const sheet = makeSheet(report, new Map());
    const items = [
      ...sheet.facts.filter(isBreach).map((fact) => ruleItem(fact, sheet)),
      ...(correctPlan(sheet, diceOf(at))?.items ?? []),
    ];
    const phrases = items.map((item) => tellItems([item], sheet, voice)[0] as Phrase);
    return items.map((item, place) => ({
      ...{ item, on: { report, sheet } },
      phrase: phrases[place] as Phrase,
    }));
  });
}

const told = sentences();
const figurePlaces = (phrase: Phrase) =>
  phrase.flatMap((piece, at) => ('figure' in piece ? [at] : []));
const proven = (phrase: Phrase, { item, on }: Told) => isProven(proveItem(phrase, item, on));

/** What could be done to a figure, and every one of these makes it wrong. */
const WRONGS: readonly [why: string, (text: string) => string | null][] = [
  ['one more of its last digit', (text) => bumped(text, 1)],
  ['one less of its last digit', (text) => bumped(text, -1)],
  ['the other unit', (text) => (text.endsWith('%') ? text.replace('%', 'x') : null)],
  ['no unit', (text) => (/[%x]$/.test(text) ? text.slice(0, -1) : null)],
  ['a unit where there is none', (text) => (/\d$/.test(text) ? `${text}%` : null)],
  ['a minus', (text) => (text.startsWith('-') ? text.slice(1) : `-${text}`)],
  ['ten times', (text) => (/[1-9]/.test(text) ? text.replace(/(\.\d+)?([%x]?)$/, '0$1$2') : null)],
  ['a magnitude', (text) => `${text}万`],
  [
    'another script',
    (text) => text.replace(/\d/, (digit) => '０１２３４５６７８９'[Number(digit)] ?? ''),
  ],
  ['a figure more', (text) => `${text} 7`],
  ['no figure', () => 'high'],
];

/** A figure rounded to one side is still right one digit further only if it is not rounded at all. */
function bumped(text: string, by: number): string | null {
  const digits = /[\d,.]+/.exec(text)?.[0];
  if (digits === undefined) return null;
  const value = dec(digits.replaceAll(',', ''));
  const places = value.decimalPlaces();
  const shownPlaces = digits.split('.')[1]?.length ?? 0;
  if (places > shownPlaces) return null;
  return text.replace(
    digits,
    value.plus(dec(by).div(dec(10).pow(shownPlaces))).toFixed(shownPlaces),
  );
}

describe('a proof', () => {
  it('holds for what is told', () => {
    expect(told.length).toBeGreaterThan(90);
    for (const each of told) expect(proven(each.phrase, each)).toBe(true);
  });

  it.each(WRONGS)('fails for %s', (_why, wrong) => {
    let tried = 0;
    for (const each of told) {
      for (const at of figurePlaces(each.phrase)) {
        const text = (each.phrase[at] as Piece & { figure: string }).figure;
        const other = wrong(text);
        if (other === null || other === text) continue;
        tried += 1;
        const phrase = each.phrase.with(at, { figure: other });
        expect(proven(phrase, each), `${text} as ${other}`).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(20);
  });

  it('fails for figures in another order', () => {
    let tried = 0;
    for (const each of told) {
      const places = figurePlaces(each.phrase);
      for (const [one, other] of places
        .slice(1)
        .map((at, place) => [places[place] as number, at])) {
        const [a, b] = [each.phrase[one as number] as Piece, each.phrase[other as number] as Piece];
        if (JSON.stringify(a) === JSON.stringify(b)) continue;
        // A figure that has the digits of its line may stand for it.
        const phrase = each.phrase.with(one as number, b).with(other as number, a);
        const same = (piece: Piece) =>
          'figure' in piece ? dec(piece.figure.replace(/[$,%x]/g, '')).toFixed() : '';
        if (same(a) === same(b)) continue;
        tried += 1;
        expect(proven(phrase, each)).toBe(false);
      }
    }
    expect(tried).toBeGreaterThan(60);
  });

  it('fails for the sentence of another fact', () => {
    let tried = 0;
    for (const [at, each] of told.slice(1).entries()) {
      const other = told[at] as Told;
      if (
        JSON.stringify(other.phrase.filter((p) => 'figure' in p)) ===
        JSON.stringify(each.phrase.filter((p) => 'figure' in p))
      )
        continue;
      tried += 1;
      expect(proven(other.phrase, each)).toBe(false);
    }
    expect(tried).toBeGreaterThan(60);
  });

  it('counts to the last digit, and expects no figure where none is said', () => {
    const text = (figure: string) => [{ word: 'There are ' }, { figure }];
    expect(isProven(proveCount(text('3'), 3))).toBe(true);
    expect(isProven(proveCount(text('4'), 3))).toBe(false);
    expect(isProven(proveNone([{ word: 'None' }]))).toBe(true);
    expect(isProven(proveNone(text('3')))).toBe(false);
    expect(isProven(proveNone([{ name: 'acct-1000' }]))).toBe(true);
  });
});

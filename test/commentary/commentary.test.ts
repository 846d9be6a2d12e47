import { describe, expect, it } from 'vitest';
import { commentaryOf } from '../../src/commentary/commentary.ts';
import type { Fact } from '../../src/commentary/fact.ts';
import { isBreach } from '../../src/commentary/fact.ts';
import { bandOf, isDangerUp } from '../../src/commentary/lines.ts';
import { makeSheet } from '../../src/commentary/make-sheet.ts';
import { numeralsIn } from '../../src/commentary/numerals.ts';
import { blanked, isProven, proveItem } from '../../src/commentary/prove.ts';
import { rulePlan } from '../../src/commentary/rule-plan.ts';
import { tellItems } from '../../src/commentary/tell.ts';
import type { Phrase } from '../../src/commentary/words.ts';
import { createFormatter } from '../../src/replies/format.ts';
import type { Locale } from '../../src/replies/translate.ts';
import type { AccountFacts } from '../commands/small-desk.ts';
import { desk, holedDesk } from '../commands/small-desk.ts';
import { diceOf, randomDesk, reportOf } from './random-desk.ts';
import { correctPlan } from './random-plan.ts';

const voiceOf = (locale: Locale) => ({ locale, format: createFormatter(locale, 'UTC') });
const LOCALES = ['en', 'zh-CN'] as const;

function reading(facts: readonly AccountFacts[], locale: Locale = 'en') {
  const report = reportOf(facts);
  const sheet = makeSheet(report, new Map());
  return { report, sheet, told: commentaryOf({ report, sheet }, null, voiceOf(locale)) };
}

const figures = (phrases: readonly Phrase[]) =>
  phrases.flatMap((phrase) =>
    numeralsIn(blanked(phrase)).map(({ value, unit }) => `${value.toFixed()} ${unit}`),
  );

describe('on random desks', () => {
  const sheets = Array.from({ length: 60 }, (_, at) => reading(randomDesk(at + 1)));

  it('the two languages carry the same figures, and every figure is proven', () => {
    let shown = 0;
    for (const [at, { report, sheet }] of sheets.entries()) {
      const dice = diceOf(at);
      const plans = [rulePlan(sheet), ...[1, 2, 3].map(() => correctPlan(sheet, dice))];
      for (const plan of plans) {
        const items = plan?.items ?? [];
        const [english = [], chinese = []] = LOCALES.map((locale) =>
          tellItems(items, sheet, voiceOf(locale)),
        );
        expect(figures(english).toSorted()).toEqual(figures(chinese).toSorted());
        for (const [place, item] of items.entries()) {
          for (const phrases of [english, chinese]) {
            const proof = proveItem(phrases[place] as Phrase, item, { report, sheet });
            shown += proof.shown;
            expect(isProven(proof), JSON.stringify(phrases[place])).toBe(true);
          }
        }
      }
    }
    expect(shown).toBeGreaterThan(1500);
  });

  it('no act makes a figure worse, and each has its command', () => {
    const remedies = sheets.flatMap(({ sheet }) => sheet.remedies.map((each) => ({ each, sheet })));
    expect(remedies.length).toBeGreaterThan(20);
    for (const { each, sheet } of remedies) {
      const fact = sheet.facts.find(({ id }) => id === each.fact) as Fact;
      expect(each.before.eq(fact.value)).toBe(true);
      expect(
        isDangerUp(fact.metric) ? each.after.lt(each.before) : each.after.gt(each.before),
      ).toBe(true);
      expect(each.result === 'clears').toBe(bandOf(fact.metric, each.after).band === 'ok');
    }
  });

  it('is never calm while a table is red, and never without a word', () => {
    for (const { report, sheet, told } of sheets) {
      expect(told.paragraphs.length).toBeGreaterThan(0);
      const isRed = [...report.desk.accounts, ...report.desk.positions].some(
        ({ band }) => band === 'crit' || band === 'emerg',
      );
      const isCalm = told.paragraphs.some((text) => text.startsWith('Nothing'));
      expect(isCalm && (isRed || sheet.facts.some(isBreach))).toBe(false);
    }
  });

  it('shows nothing of a name that is not to be seen', () => {
    const texts = sheets.flatMap(({ told }) => told.paragraphs);
    expect(texts.join('')).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2066-\u2069\p{Cc}]/u);
  });

  it('the worst comes first', () => {
    const rank = ['ok', 'warn', 'crit', 'emerg'];
    for (const { sheet } of sheets) {
      const items = rulePlan(sheet).items.map(
        ({ fact }) => sheet.facts.find(({ id }) => id === fact) as Fact,
      );
      const bands = items.map(({ band }) => rank.indexOf(band));
      expect(bands).toEqual(bands.toSorted((a, b) => b - a));
      const worst = Math.max(...sheet.facts.map(({ band }) => rank.indexOf(band)), 0);
      expect(bands[0] ?? 0).toBe(worst);
    }
  });
});

describe('desks that a person knows', () => {
  const flat: AccountFacts = {
    ...{ id: 'flat', venue: 'okx', equity: '1000', available: '1000' },
    ...{ initial: '0', maintenance: '0' },
  };
  const missing: AccountFacts = { id: 'gone', venue: 'okx', status: 'missing' };
  const leg = { symbol: 'BTC/USDT:USDT', side: 'long' as const, contracts: '0.01', entry: '60000' };
  const ghost = { ...leg, symbol: 'XYZ/USDT:USDT', mark: null };

  it.each<[string, readonly AccountFacts[], readonly string[], readonly string[]]>([
    [
      'no account at all',
      [],
      ['Nothing is past a line; no position is open.'],
      ['没有指标越线；没有持仓。'],
    ],
    [
      'nothing open',
      [flat],
      ['Nothing is past a line; no position is open.'],
      ['没有指标越线；没有持仓。'],
    ],
    [
      'nothing was ever read',
      [missing, { ...missing, id: 'gone-2' }],
      ['2 accounts could not be read and are in none of this.'],
      ['有 2 个账户未能读取，以上均不含这些账户。'],
    ],
    [
      'one account missing beside a flat one',
      [flat, missing],
      [
        'Nothing that is known is past a line.',
        '1 account could not be read and is in none of this.',
      ],
      ['已知指标均未越线。', '有 1 个账户未能读取，以上均不含这些账户。'],
    ],
    [
      'everything old',
      [{ ...flat, status: 'stale' }],
      ['Nothing is past a line, by the last known figures; no position is open.'],
      ['依据最后一次读到的数据，没有指标越线；没有持仓。'],
    ],
    [
      'nothing is known of what is open',
      [{ id: 'dark', venue: 'okx', legs: [ghost] }],
      ['The distance to liquidation of 1 position is not known.'],
      ['有 1 个持仓离强平多远未知。'],
    ],
    [
      'more is owed than there is',
      [{ ...flat, id: 'in-debt', equity: '-5' }],
      ['The tables mark as critical, by other signs than these figures: in-debt.'],
      ['表中另按其他迹象标为危急：in-debt。'],
    ],
  ])('%s', (_why, facts, english, chinese) => {
    expect(reading(facts).told.paragraphs).toEqual(english);
    expect(reading(facts, 'zh-CN').told.paragraphs).toEqual(chinese);
  });

  it('the small desk in both languages', () => {
    expect(reading(desk).told.paragraphs).toMatchInlineSnapshot(`
      [
        "Most urgent: BTC long kn7v on binance-quant-b is 1.8% from its liquidation price, far under the 3% line. Adding 55 USDT of margin to kn7v brings the distance from 1.8% to 2.2%, still under the 3% line: /addmargin kn7v 55.",
        "Next: BTC short s4vt on binance-quant-b is 1.9% from its liquidation price, far under the 3% line.",
        "Then: binance-quant-b has 91.2% of its margin in use, over the 85% line, the highest of 2 accounts past their margin lines, while okx-reserve has $60,000 free.",
        "The distance to liquidation of 1 position is not known.",
      ]
    `);
    expect(reading(desk, 'zh-CN').told.paragraphs).toMatchInlineSnapshot(`
      [
        "最紧急：binance-quant-b 的 BTC 多 kn7v 距强平价 1.8%，远低于 3% 警戒线。向 kn7v 追加保证金 55 USDT，可使强平距离由 1.8% 变为 2.2%，仍低于 3% 警戒线：/addmargin kn7v 55。",
        "其次：binance-quant-b 的 BTC 空 s4vt 距强平价 1.9%，远低于 3% 警戒线。",
        "再次：binance-quant-b 保证金占用率为 91.2%，超过 85% 警戒线，占用率越线的 2 个账户中最高，而 okx-reserve 尚有 $60,000 可用。",
        "有 1 个持仓离强平多远未知。",
      ]
    `);
  });

  it('with one account missing and one old', () => {
    expect(reading(holedDesk).told.paragraphs).toMatchInlineSnapshot(`
      [
        "Most urgent: BTC long kn7v on binance-quant-b is 1.8% from its liquidation price, far under the 3% line. Adding 55 USDT of margin to kn7v brings the distance from 1.8% to 2.2%, still under the 3% line: /addmargin kn7v 55.",
        "Next: BTC short s4vt on binance-quant-b is 1.9% from its liquidation price, far under the 3% line.",
        "Then: binance-quant-b has 91.2% of its margin in use, over the 85% line, while okx-reserve has $60,000 free.",
        "The distance to liquidation of 1 position is not known.",
        "1 account could not be read and is in none of this.",
      ]
    `);
    expect(reading(holedDesk, 'zh-CN').told.paragraphs).toMatchInlineSnapshot(`
      [
        "最紧急：binance-quant-b 的 BTC 多 kn7v 距强平价 1.8%，远低于 3% 警戒线。向 kn7v 追加保证金 55 USDT，可使强平距离由 1.8% 变为 2.2%，仍低于 3% 警戒线：/addmargin kn7v 55。",
        "其次：binance-quant-b 的 BTC 空 s4vt 距强平价 1.9%，远低于 3% 警戒线。",
        "再次：binance-quant-b 保证金占用率为 91.2%，超过 85% 警戒线，而 okx-reserve 尚有 $60,000 可用。",
        "有 1 个持仓离强平多远未知。",
        "有 1 个账户未能读取，以上均不含这些账户。",
      ]
    `);
  });
});

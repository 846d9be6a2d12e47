import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commentaryOf } from '../../src/commentary/commentary.ts';
import type { Fact, Metric } from '../../src/commentary/fact.ts';
import { isBreach } from '../../src/commentary/fact.ts';
import { bandOf, isDangerUp, LINES } from '../../src/commentary/lines.ts';
import { makeSheet } from '../../src/commentary/make-sheet.ts';
import { numeralsIn } from '../../src/commentary/numerals.ts';
import { blanked, isProven, proveItem } from '../../src/commentary/prove.ts';
import { rulePlan } from '../../src/commentary/rule-plan.ts';
import type { Sheet } from '../../src/commentary/sheet.ts';
import { figureBeside, figureText } from '../../src/commentary/shown-value.ts';
import { tellItems } from '../../src/commentary/tell.ts';
import type { Phrase } from '../../src/commentary/words.ts';
import { dec } from '../../src/domain/decimal.ts';
import { createFormatter } from '../../src/replies/format.ts';
import type { Locale } from '../../src/replies/translate.ts';
import type { AccountFacts } from '../commands/small-desk.ts';
import { desk, holedDesk } from '../commands/small-desk.ts';
import { aFact, anAct, aSheet } from './a-sheet.ts';
import { diceOf, randomDesk, reportOf } from './random-desk.ts';
import { correctPlan } from './random-plan.ts';

const voiceOf = (locale: Locale) => ({ locale, format: createFormatter(locale, 'UTC') });
const LOCALES = ['en', 'zh-CN'] as const;
const en = voiceOf('en');

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

describe('beside a line', () => {
  const metrics = Object.keys(LINES) as Metric[];
  const near = fc.record({
    metric: fc.constantFrom(...metrics),
    which: fc.constantFrom('warn', 'crit', 'emerg'),
    off: fc.integer({ min: -20_000, max: 20_000 }),
    scale: fc.constantFrom('1e-4', '1e-6', '1e-9', '1e-12'),
  });

  it('a figure past it never reads as within, and one within never as past', () => {
    fc.assert(
      fc.property(near, ({ metric, which, off, scale }) => {
        const line = LINES[metric][which as 'warn'] ?? LINES[metric].warn;
        const value = line.plus(dec(off).times(scale));
        if (value.lte(0)) return;
        const isPast = bandOf(metric, value).line.eq(line) && bandOf(metric, value).band !== 'ok';
        const text = figureBeside({ metric, value, line }, en.format);
        const read = dec(text.replace(/[%x,]/g, '')).div(metric === 'hf' ? 1 : 100);
        const reads = isDangerUp(metric) ? read.gte(line) : read.lt(line);
        if (isPast) expect(reads || value.eq(line), text).toBe(true);
        const isWithin = isDangerUp(metric) ? value.lt(line) : value.gte(line);
        // Of distance and health, rounded down, one just within may read as just past: the safe side.
        if (isWithin && isDangerUp(metric)) expect(reads, text).toBe(false);
      }),
      { seed: 7, numRuns: 1000 },
    );
  });

  it.each([
    ['just within gets as many decimals as it takes', 'mu', '0.49996', '49.996%'],
    ['to the last that matters', 'mu', '0.499999999', '49.9999999%'],
    ['on it', 'mu', '0.5', '50.0%'],
    ['past it', 'mu', '0.50001', '50.1%'],
    ['well within', 'mu', '0.481', '48.1%'],
    ['a distance on its line is within', 'dist', '0.15', '15.0%'],
  ] as const)('%s', (_why, metric, value, text) => {
    const line = LINES[metric].warn;
    expect(figureBeside({ metric, value: dec(value), line }, en.format)).toBe(text);
  });

  it('elsewhere a figure is as in the tables', () => {
    for (const metric of metrics) {
      const value = dec('0.7234');
      expect(figureBeside({ metric, value, line: LINES[metric].warn }, en.format)).toBe(
        figureText(metric, value, en.format),
      );
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

describe('how an item reads', () => {
  const tell = (sheet: Sheet, items: Parameters<typeof tellItems>[0], locale: Locale) =>
    tellItems(items, sheet, voiceOf(locale)).map((phrase) =>
      phrase.map((piece) => Object.values(piece)[0]).join(''),
    );
  const act = anAct({ id: 'X1', fact: 'A1.mu', before: '0.9', after: '0.49996' });
  const helping = anAct({ id: 'X1', fact: 'A1.mu', before: '0.9', after: '0.6' });
  const item = { fact: 'A1.mu', claims: ['beyond'], act: null, aclaims: [] } as const;

  it.each<
    [string, Parameters<typeof aSheet>[0], Parameters<typeof tellItems>[0][number], string, string]
  >([
    [
      'exactly at the line',
      { facts: [aFact({ id: 'A1.mu', value: '0.5' })] },
      { ...item, claims: ['just_beyond'] },
      'A1 has 50.0% of its margin in use, at the 50% line.',
      'A1 保证金占用率为 50.0%，已达 50% 警戒线。',
    ],
    [
      'an act that clears it',
      { facts: [aFact({ id: 'A1.mu', value: '0.9' })], remedies: [act] },
      { ...item, act: 'X1', aclaims: ['effect', 'clears'] },
      'A1 has 90.0% of its margin in use, over the 85% line. Moving 1,225 USDT from reserve to A1 brings margin in use from 90.0% to 49.996%, back within the 50% line: /transfer reserve A1 1225 USDT.',
      'A1 保证金占用率为 90.0%，超过 85% 警戒线。从 reserve 向 A1 划转 1,225 USDT，可使占用率由 90.0% 变为 49.996%，回到 50% 警戒线以内：/transfer reserve A1 1225 USDT。',
    ],
    [
      'an act that only helps: within one line, still over another',
      { facts: [aFact({ id: 'A1.mu', value: '0.9' })], remedies: [helping] },
      { ...item, act: 'X1', aclaims: ['effect', 'not_enough'] },
      'A1 has 90.0% of its margin in use, over the 85% line. Moving 1,225 USDT from reserve to A1 brings margin in use from 90.0% to 60.0%, still over the 50% line: /transfer reserve A1 1225 USDT.',
      'A1 保证金占用率为 90.0%，超过 85% 警戒线。从 reserve 向 A1 划转 1,225 USDT，可使占用率由 90.0% 变为 60.0%，仍超过 50% 警戒线：/transfer reserve A1 1225 USDT。',
    ],
    [
      'past its price',
      { facts: [aFact({ id: 'S1.dist', value: '-0.0251' })] },
      { ...item, fact: 'S1.dist' },
      'BTC long k7f1 on A1 is 2.6% past its liquidation price, under the 3% line.',
      'A1 的 BTC 多 k7f1 已越过强平价 2.6%，低于 3% 警戒线。',
    ],
    [
      'nothing helps',
      { facts: [aFact({ id: 'A1.hf', value: '1.04' })] },
      { ...item, fact: 'A1.hf', claims: ['just_beyond', 'worsened', 'no_action'] },
      'A1 has a health factor of 1.04x, just under the 1.05x line, worse than in the last report. No margin, transfer or partial close at hand is proven to help.',
      'A1 健康度为 1.04x，略低于 1.05x 警戒线，较上次报告恶化。目前没有经验证有效的追加、划转或减仓方案。',
    ],
    [
      'the desk as a whole',
      {
        facts: ['P', 'A1', 'A2'].map((at) =>
          aFact({ id: `${at}.mu`, value: at === 'P' ? '0.6' : '0.4' }),
        ),
      },
      { ...item, fact: 'P.mu', claims: ['far_beyond', 'hides'] },
      'The desk as a whole has 60.0% of its margin in use, far over the 50% line, although each account alone is within its line.',
      '本台合并保证金占用率为 60.0%，远超 50% 警戒线，而各账户单独看均未越线。',
    ],
    [
      'the worst of several',
      {
        facts: [0.9, 0.6, 0.1].map((use, at) => aFact({ id: `A${at + 1}.mu`, value: String(use) })),
      },
      { ...item, claims: ['beyond', 'worst', 'several'] },
      'A1 has 90.0% of its margin in use, over the 85% line, the highest of 2 accounts past their margin lines.',
      'A1 保证金占用率为 90.0%，超过 85% 警戒线，占用率越线的 2 个账户中最高。',
    ],
  ])('%s', (_why, facts, asked, english, chinese) => {
    const sheet = aSheet(facts);
    expect(tell(sheet, [asked], 'en')).toEqual([english]);
    expect(tell(sheet, [asked], 'zh-CN')).toEqual([chinese]);
  });
});

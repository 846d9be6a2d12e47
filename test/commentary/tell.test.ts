import { describe, expect, it } from 'vitest';
import type { Sheet } from '../../src/commentary/sheet.ts';
import { tellItems } from '../../src/commentary/tell.ts';
import { createFormatter } from '../../src/replies/format.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { aFact, anAct, aSheet } from './a-sheet.ts';

const voiceOf = (locale: Locale) => ({ locale, format: createFormatter(locale, 'UTC') });

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

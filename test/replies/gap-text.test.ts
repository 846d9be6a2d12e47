import { describe, expect, test } from 'vitest';
import { asAccountId } from '../../src/domain/units.ts';
import type { GapKind, VenueErrorDetail } from '../../src/domain/venue-error.ts';
import type { Gap } from '../../src/portfolio/snapshot.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { gapReason, gapText } from '../../src/replies/gap-text.ts';
import type { Locale } from '../../src/replies/translate.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const NOW = 1_000_000;

function voice(locale: Locale) {
  return { say: createTranslate(locale), format: createFormatter(locale, 'UTC'), now: NOW };
}

function gap(facts: Partial<Gap> & Pick<Gap, 'kind' | 'detail'>): Gap {
  return {
    account: asAccountId('bybit-quant-a'),
    venue: 'bybit',
    scope: 'account',
    retryAfterMs: null,
    lastGoodAt: null,
    ...facts,
  };
}

describe('a gap says what happened, to whom, what to do and what is shown', () => {
  test.each<{ gap: Gap; en: string; zh: string }>([
    {
      gap: gap({
        kind: 'rate-limited',
        detail: { code: 'http', status: 429 },
        retryAfterMs: 11_001,
        lastGoodAt: NOW - 40_000,
      }),
      en: 'bybit-quant-a (bybit): rate limited, try again in 12 s. Figures are from 40 s ago.',
      zh: 'bybit-quant-a (bybit)：触发限频，12 秒后重试。显示的是 40 秒前的数据。',
    },
    {
      gap: gap({ kind: 'unavailable', detail: { code: 'timeout', ms: 8000 } }),
      en: "bybit-quant-a (bybit): no answer within 8 s, try again or see the venue's status page. In no total.",
      zh: 'bybit-quant-a (bybit)：8 秒内无响应，请稍后重试或查看交易所状态页。未计入任何合计。',
    },
    {
      gap: gap({ kind: 'unavailable', detail: { code: 'refused' } }),
      en: 'bybit-quant-a (bybit): connection refused, check network, proxy and baseUrl. In no total.',
      zh: 'bybit-quant-a (bybit)：连接被拒绝，请检查网络、代理和 baseUrl。未计入任何合计。',
    },
    {
      gap: gap({ kind: 'unauthorized', detail: { code: 'venue', venueCode: '10003' } }),
      en: 'bybit-quant-a (bybit): API key refused (venue code 10003), check key, secret and passphrase, permissions and IP list. In no total.',
      zh: 'bybit-quant-a (bybit)：API 密钥被拒绝（交易所错误码 10003），请检查密钥、密钥口令、权限和 IP 白名单。未计入任何合计。',
    },
    {
      gap: gap({
        kind: 'unsupported',
        scope: 'stops',
        detail: { code: 'not-offered' },
      }),
      en: 'bybit-quant-a (bybit): stop orders: not offered by the venue or this key, look it up at the venue itself. Stops are shown as unknown.',
      zh: 'bybit-quant-a (bybit)：止盈止损单：交易所或该密钥不提供，请在交易所查看。止损显示为未知。',
    },
    {
      gap: gap({
        kind: 'malformed',
        scope: 'row',
        detail: { code: 'field', field: 'DOGEUSDT.size' },
      }),
      en: 'bybit-quant-a (bybit): one position: field DOGEUSDT.size cannot be read, look at the venue itself, and report it as a bug if it lasts. It is in no total.',
      zh: 'bybit-quant-a (bybit)：一个持仓：字段 DOGEUSDT.size 无法解析，请在交易所核对；如持续出现，请报告缺陷。该持仓未计入任何合计。',
    },
    {
      gap: gap({
        kind: 'stale',
        scope: 'margin',
        detail: { code: 'age', ms: 95_000 },
        lastGoodAt: NOW - 95_000,
      }),
      en: 'bybit-quant-a (bybit): margin: not read for 95 s, wait for the next reading. Figures are from 95 s ago.',
      zh: 'bybit-quant-a (bybit)：保证金：已 95 秒未更新，请等待下一次读取。显示的是 95 秒前的数据。',
    },
  ])('$en', ({ gap: facts, en, zh }) => {
    expect(gapText(facts, voice('en'))).toBe(en);
    expect(gapText(facts, voice('zh-CN'))).toBe(zh);
    expect(gapText(facts, voice('en'))).toContain(gapReason(facts, voice('en')));
  });
});

test('every kind with every detail, scope and language is a whole sentence', () => {
  const kinds: GapKind[] = [
    'unavailable',
    'unauthorized',
    'rate-limited',
    'clock',
    'malformed',
    'stale',
    'unsupported',
  ];
  const plain = ['refused', 'reset', 'redirect', 'empty', 'html', 'cut', 'dns', 'tls'] as const;
  const details: VenueErrorDetail[] = [
    ...plain.map((code) => ({ code })),
    { code: 'timeout', ms: 1 },
    { code: 'age', ms: 1 },
    { code: 'http', status: 503 },
    { code: 'venue', venueCode: '-2015' },
    { code: 'field', field: 'size' },
    { code: 'not-offered' },
    { code: 'unexpected' },
  ];
  const scopes: Gap['scope'][] = ['account', 'positions', 'margin', 'stops', 'row'];
  for (const locale of ['en', 'zh-CN'] as const) {
    for (const kind of kinds) {
      for (const detail of details) {
        for (const scope of scopes) {
          const text = gapText(gap({ kind, detail, scope }), voice(locale));
          expect(text).not.toMatch(/\{\{|gap\.|undefined|–/);
          expect(text).toMatch(locale === 'en' ? /\.$/ : /。$/);
        }
      }
    }
  }
});

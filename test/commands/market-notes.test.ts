import { expect, test } from 'vitest';
import { marketNotes } from '../../commands/layout/market-notes.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import { contextFor, snapshotOf } from './small-desk.ts';
import { NOW } from './small-market.ts';

const refused = {
  kind: 'source',
  source: 'bybit',
  error: venueError('unavailable', { code: 'refused' }),
} as const;
const gap = (subject: string, more: Partial<MarketGap> = {}): MarketGap => ({
  ...{ what: 'candles', subject, reason: { kind: 'not-read-yet' }, lastGoodAt: null },
  ...more,
});

test.each([
  {
    why: 'one line however many assets',
    gaps: [gap('BTC'), gap('ETH'), gap('BTC')],
    en: ['Price history of BTC, ETH: not read yet.'],
    zh: ['BTC, ETH 的历史价格尚未读取。'],
  },
  {
    why: 'more than six are counted',
    gaps: ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'].map((asset) => gap(asset)),
    en: ['Price history of A, B, C, D, E, F and 2 more: not read yet.'],
    zh: ['A, B, C, D, E, F (+2) 的历史价格尚未读取。'],
  },
  {
    why: 'what nobody lists',
    gaps: [gap('PEPE', { reason: { kind: 'no-contract' } })],
    en: ['Price history of PEPE: no venue of the desk lists a perpetual of it.'],
    zh: ['PEPE 的历史价格：本台各交易所均无其永续合约。'],
  },
  {
    why: 'a source that failed, apart from one that still shows old figures',
    gaps: [
      gap('BTC', { reason: refused }),
      gap('ETH', { reason: refused, lastGoodAt: NOW - 7_200_000 }),
      gap('SOL', { reason: refused, lastGoodAt: NOW - 10_800_000 }),
    ],
    en: [
      'Price history of BTC: bybit: connection refused, check network, proxy and baseUrl.',
      'Price history of ETH, SOL: bybit: connection refused, check network, proxy and baseUrl. Figures are from 3 h ago.',
    ],
    zh: [
      'BTC 的历史价格：bybit：连接被拒绝，请检查网络、代理和 baseUrl。',
      'ETH, SOL 的历史价格：bybit：连接被拒绝，请检查网络、代理和 baseUrl。显示的是 3 小时前的数据。',
    ],
  },
  {
    why: 'each kind of data by its name',
    gaps: [gap('BTC/USDT:USDT', { what: 'funding' }), gap('BTC/USDT:USDT', { what: 'depth' })],
    en: [
      'Funding rates of BTC/USDT:USDT: not read yet.',
      'Order book depth of BTC/USDT:USDT: not read yet.',
    ],
    zh: ['BTC/USDT:USDT 的资金费率尚未读取。', 'BTC/USDT:USDT 的盘口深度尚未读取。'],
  },
])('$why', ({ gaps, en, zh }) => {
  const said = (locale: 'en' | 'zh-CN') =>
    marketNotes(gaps, contextFor(snapshotOf(), locale)).map(({ text }) => text);
  expect(said('en')).toEqual(en);
  expect(said('zh-CN')).toEqual(zh);
});

import { expect, test } from 'vitest';
import { contractFor } from '../../src/app/choose-contract.ts';
import { listed } from '../fakes/fake-market-source.ts';

const usdt = (venue: string, turnoverUsd24h: number | null, rest = {}) =>
  listed(venue, 'BTC', { turnoverUsd24h, ...rest });
const usdc = listed('okx', 'BTC', {
  ...{ symbol: 'BTC/USDC:USDC', quote: 'USDC', settle: 'USDC', turnoverUsd24h: 9e9 },
});
const inverse = listed('bybit', 'BTC', {
  ...{ symbol: 'BTC/USD:BTC', quote: 'USD', settle: 'BTC', kind: 'inverse' as const },
});
const against = (quote: string) =>
  listed('x', 'ETH', { symbol: `ETH/${quote}:${quote}`, quote, settle: quote });

test.each([
  { why: 'the deepest', list: [usdt('a', 1), usdt('b', 3), usdt('c', 2)], is: 'b BTC/USDT:USDT' },
  { why: 'a turnover nobody told is the last', list: [usdt('a', null), usdt('b', 0)], is: 'b' },
  { why: 'none told: the first of the list', list: [usdt('b', null), usdt('a', null)], is: 'b' },
  { why: 'USDT before a deeper USDC', list: [usdc, usdt('a', 1)], is: 'a BTC/USDT:USDT' },
  { why: 'USDC before inverse', list: [inverse, usdc], is: 'okx BTC/USDC:USDC' },
  { why: 'inverse before nothing', list: [inverse], is: 'bybit BTC/USD:BTC' },
  { why: 'against a coin is another price', list: [against('BTC')], asset: 'ETH', is: null },
  { why: 'another asset', list: [against('USDT')], is: null },
  { why: 'no list', list: [], is: null },
  { why: 'in any case', list: [listed('a', 'kPEPE')], asset: 'KPEPE', is: 'a kPEPE/USDT:USDT' },
])('$why', ({ list, is, asset = 'BTC' }) => {
  const found = contractFor(asset, list);
  const text = found && `${found.venue} ${found.symbol}`;
  if (is === null) expect(text).toBeNull();
  else expect(text?.startsWith(is)).toBe(true);
});

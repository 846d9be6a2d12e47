import { expect, test } from 'vitest';
import { type AccountFacts, ask, type Leg, snapshotOf } from './small-desk.ts';

const priced: Leg = {
  ...{ symbol: 'BTC/USDT:USDT', side: 'long', contracts: '1', entry: '50000', mark: '60000' },
};
const unpriced: Leg = { ...priced, symbol: 'ETH/USDT:USDT', mark: null };
const holding = (...legs: Leg[]): AccountFacts => ({ id: 'a', venue: 'bybit', equity: '9', legs });

test.each([
  { why: 'all of it has a price', legs: [priced], says: 'Notional $60,000' },
  {
    why: 'a part has none: what is known, and that it is a part',
    legs: [priced, unpriced],
    says: 'Notional $60,000 without 1 that has no price',
  },
  { why: 'nothing has one', legs: [unpriced], says: 'Notional –' },
])('$why', async ({ legs, says }) => {
  const { text } = await ask(snapshotOf(holding(...legs)), { name: 'positions' });
  expect(text(100).replace(/\.00\b/g, '')).toContain(says);
});

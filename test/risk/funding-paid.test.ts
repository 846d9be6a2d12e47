import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { fundingPaidUsd } from '../../src/risk/funding-paid.ts';
import { instrument, position } from './sample-desk.ts';

const linear = instrument('BTC/USDT:USDT');
const inverse = instrument('BTC/USD:BTC');
const held = { contracts: '2', mark: '60000' };
const rates = [
  { paidAt: 99, rate: dec('0.5') },
  { paidAt: 100, rate: dec('0.0001') },
  { paidAt: 200, rate: dec('-0.00003') },
];

test.each([
  // 120,000 × (0.0001 − 0.00003)
  { why: 'a long pays', of: { instrument: linear, ...held }, paid: '8.4' },
  { why: 'a short is paid', of: { instrument: linear, ...held, side: 'short' }, paid: '-8.4' },
  {
    why: 'an inverse contract is worth its face',
    of: { instrument: inverse, contracts: '1000', mark: '60000' },
    paid: '0.07',
  },
  {
    why: 'without a mark nobody knows',
    of: { instrument: linear, contracts: '2' },
    paid: undefined,
  },
] as const)('$why; what was settled before does not count', ({ of, paid }) => {
  expect(fundingPaidUsd(position(of), rates, 100)?.toString()).toBe(paid);
});

test('rates that were never read are not zero; none settled yet is', () => {
  const long = position({ instrument: linear, ...held });
  expect(fundingPaidUsd(long, undefined, 100)).toBe(null);
  expect(fundingPaidUsd(long, [], 100)?.toString()).toBe('0');
});

import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { asPrice } from '../../src/domain/units.ts';
import { printedLiquidation } from '../../src/risk/printed-liquidation.ts';

test.each([
  { why: 'Bybit rounds a long up', prints: 'rounded', side: 'long', tick: '0.5', shown: '5739.5' },
  { why: 'and a short down', prints: 'rounded', side: 'short', tick: '0.5', shown: '5739' },
  {
    why: 'OKX adds a tick',
    prints: 'one-tick-nearer',
    side: 'long',
    tick: '0.5',
    shown: '5739.5835',
  },
  {
    why: 'or takes one',
    prints: 'one-tick-nearer',
    side: 'short',
    tick: '0.5',
    shown: '5738.5835',
  },
  { why: 'others print what is', prints: 'exact', side: 'long', tick: '0.5', shown: '5739.0835' },
  { why: 'no tick, no rounding', prints: 'rounded', side: 'long', tick: null, shown: '5739.0835' },
] as const)('$why', ({ prints, side, tick, shown }) => {
  const price = asPrice(dec('5739.0835'));
  const rule = { prints, tick: tick === null ? null : dec(tick) };
  expect(printedLiquidation(price, side, rule).toString()).toBe(shown);
});

test('a price on the tick stays', () => {
  const rule = { prints: 'rounded', tick: dec('0.5') } as const;
  expect(printedLiquidation(asPrice(dec('5739.5')), 'long', rule).toString()).toBe('5739.5');
  expect(printedLiquidation(asPrice(dec('5739.5')), 'short', rule).toString()).toBe('5739.5');
});

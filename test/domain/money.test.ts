import { expect, test } from 'vitest';
import { dec } from '../../src/domain/decimal.ts';
import { addMoney, isDollar, money, toUsd } from '../../src/domain/money.ts';

test('adding across currencies is a bug and throws', () => {
  expect(() => addMoney(money(dec(1), 'USDT'), money(dec(1), 'BTC'))).toThrow(
    /cannot add BTC to USDT/,
  );
  expect(addMoney(money(dec('0.1'), 'BTC'), money(dec('0.2'), 'BTC')).amount.toFixed()).toBe('0.3');
});

test.each([
  { why: 'a dollar coin is taken at par', currency: 'USDT', price: '0.97', usd: '5' },
  { why: 'a coin is worth its price', currency: 'BTC', price: '60000', usd: '300000' },
  {
    why: 'a coin without a price is not known, never zero',
    currency: 'BTC',
    price: null,
    usd: null,
  },
])('$why', ({ currency, price, usd }) => {
  const value = toUsd(money(dec(5), currency), price === null ? null : dec(price));
  expect(value?.toFixed() ?? null).toBe(usd);
});

test('names that only look like dollars are coins', () => {
  expect(['USDT', 'usdc', 'USD'].every(isDollar)).toBe(true);
  expect(['USTC', 'BTC', 'LUNA'].some(isDollar)).toBe(false);
});

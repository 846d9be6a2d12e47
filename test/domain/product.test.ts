import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../src/domain/decimal.ts';
import { product } from '../../src/domain/product.ts';

const same = (a: Decimal, b: Decimal) => {
  const [ours, theirs] = [product(a, b), a.times(b)];
  expect([ours.d, ours.e, ours.s]).toEqual([theirs.d, theirs.e, theirs.s]);
};

const digits = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 22 }),
  fc.array(fc.constantFrom(0, 9), { minLength: 1, maxLength: 22 }),
  fc.array(fc.constantFrom(0, 0, 0, 0, 1, 5), { minLength: 1, maxLength: 50 }),
);
const number = fc
  .record({ digits, exponent: fc.integer({ min: -40, max: 30 }), sign: fc.constantFrom('', '-') })
  .map((of) => new Decimal(`${of.sign}${of.digits.join('')}e${of.exponent}`));

test('digit by digit what decimal.js multiplies, over 5,000 pairs', () => {
  fc.assert(fc.property(number, number, same), { seed: 63, numRuns: 5000 });
});

test.each([
  { why: 'by zero', a: '12.5', b: '0' },
  { why: 'zero below zero', a: '-12.5', b: '0' },
  { why: 'not a number', a: 'NaN', b: '2' },
  { why: 'zero times no end', a: '0', b: 'Infinity' },
  { why: 'more than forty digits come out', a: `1${'3'.repeat(30)}`, b: `7${'1'.repeat(30)}` },
  { why: 'words full to the brim', a: '9999999.9999999', b: '9999999.9999999' },
])('$why', ({ a, b }) => same(new Decimal(a), new Decimal(b)));

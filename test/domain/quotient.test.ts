import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, dec } from '../../src/domain/decimal.ts';
import { quotient } from '../../src/domain/quotient.ts';

/** Runs of zeros and nines: that is where borrows and carries go wrong. */
const digits = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 48 }),
  fc.array(fc.constantFrom(0, 9), { minLength: 1, maxLength: 48 }),
  fc.array(fc.constantFrom(0, 0, 0, 0, 1), { minLength: 1, maxLength: 90 }),
);
const number = fc
  .record({ digits, exponent: fc.integer({ min: -60, max: 30 }), sign: fc.constantFrom('', '-') })
  .map((of) => new Decimal(`${of.sign}${of.digits.join('')}e${of.exponent}`));

const same = (a: Decimal, b: Decimal) => {
  const [ours, theirs] = [quotient(a, b), a.div(b)];
  expect([ours.d, ours.e, ours.s]).toEqual([theirs.d, theirs.e, theirs.s]);
};

test('digit by digit what decimal.js divides, over 5,000 pairs', () => {
  fc.assert(fc.property(number, number, same), { seed: 61, numRuns: 5000 });
});

test('the same where it comes out even, over 2,000 pairs', () => {
  const short = fc.integer({ min: 1, max: 1e15 }).map((n) => dec(n));
  fc.assert(
    fc.property(short, short, (a, b) => same(a.times(b), b)),
    { seed: 62, numRuns: 2000 },
  );
});

test.each([
  { why: 'zero divided', a: '0', b: '12345678.9' },
  { why: 'divided by zero', a: '12345678.9', b: '0' },
  { why: 'zero by zero', a: '0', b: '0' },
  { why: 'not a number', a: 'NaN', b: '12345678.9' },
  { why: 'without an end', a: '12345678.9', b: '-Infinity' },
  {
    why: 'a half, to the even digit below',
    a: '1000000000000000000000000000000000000000.5',
    b: '1',
  },
  {
    why: 'a half, to the even digit above',
    a: '1000000000000000000000000000000000000001.5',
    b: '1',
  },
  {
    why: 'all nines round up into one digit more',
    a: '99999999999999999999999999999999999999999999',
    b: '1000000010',
  },
  { why: 'longer than anything that was ever rounded', a: `1${'3'.repeat(200)}`, b: '12345678.9' },
])('$why', ({ a, b }) => same(new Decimal(a), new Decimal(b)));

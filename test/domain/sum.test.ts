import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal } from '../../src/domain/decimal.ts';
import { difference, sum, total } from '../../src/domain/sum.ts';

const fields = ({ d, e, s }: Decimal) => [d, e, s];

const same = (a: Decimal, b: Decimal) => {
  expect(fields(sum(a, b))).toEqual(fields(a.plus(b)));
  expect(fields(difference(a, b))).toEqual(fields(a.minus(b)));
};

/** Runs of zeros and nines: that is where carries go wrong, and where a difference leaves a few digits. */
const digits = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 45 }),
  fc.array(fc.constantFrom(0, 9), { minLength: 1, maxLength: 45 }),
  fc.array(fc.constantFrom(0, 0, 0, 0, 1, 5), { minLength: 1, maxLength: 60 }),
);
const number = fc
  .record({ digits, exponent: fc.integer({ min: -60, max: 30 }), sign: fc.constantFrom('', '-') })
  .map((of) => new Decimal(`${of.sign}${of.digits.join('')}e${of.exponent}`));

test('digit by digit what decimal.js adds and takes away, over 5,000 pairs', () => {
  fc.assert(fc.property(number, number, same), { seed: 65, numRuns: 5000 });
});

test('the same of neighbours, where hardly anything is left, over 2,000 pairs', () => {
  const near = fc.tuple(number, fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(near, ([a, ticks]) => same(a, a.plus(new Decimal(ticks).times(`1e${a.e - 30}`)))),
    { seed: 66, numRuns: 2000 },
  );
});

test.each([
  { why: 'nothing is left', a: '12345678.5', b: '12345678.5' },
  { why: 'a zero', a: '12.5', b: '0' },
  { why: 'zeros of both signs', a: '-0', b: '0' },
  { why: 'not a number', a: 'NaN', b: '2' },
  { why: 'no end less no end', a: 'Infinity', b: 'Infinity' },
  { why: 'nines all the way', a: '9999999999999999999999999999999999999999', b: '1' },
  { why: 'a half, to the even digit', a: '1000000000000000000000000000000000000000', b: '0.5' },
  { why: 'a half and a hair', a: '1000000000000000000000000000000000000000', b: '0.5000001' },
  { why: 'too far apart to be seen', a: '1e30', b: '1e-400' },
  { why: 'a hair less than a power of ten', a: '1e30', b: '-1e-40' },
])('$why', ({ a, b }) => same(new Decimal(a), new Decimal(b)));

test('many at once are their exact sum rounded once, in any order, over 2,000 lists', () => {
  const Wide = Decimal.clone({ precision: 400 });
  const list = fc.array(number, { minLength: 2, maxLength: 12 });
  fc.assert(
    fc.property(list, (values) => {
      const exact = values.reduce((all, each) => new Wide(all).plus(each), new Wide(0));
      const rounded = new Decimal(exact).times(1);
      const ours = fields(total(values));
      expect(ours).toEqual(fields(rounded.isZero() ? new Decimal(0) : rounded));
      expect(fields(total(values.toReversed()))).toEqual(fields(total(values)));
    }),
    { seed: 67, numRuns: 2000 },
  );
});

test('the sum of nothing is zero, and of one that one', () => {
  expect(total([]).toString()).toBe('0');
  expect(total([new Decimal('-1.5')]).toString()).toBe('-1.5');
  expect(total([new Decimal('1'), new Decimal('NaN')]).isNaN()).toBe(true);
  expect(total([new Decimal('1e300'), new Decimal('1e-300')]).toString()).toBe(
    new Decimal('1e300').toString(),
  );
});

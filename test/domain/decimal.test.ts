import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Decimal, dec, parseDecimal, ratioOf, sumKnown } from '../../src/domain/decimal.ts';

test.each<{ why: string; raw: unknown; text: string | null }>([
  {
    why: 'every digit is kept',
    raw: '12345678901234567890.123456789012345678',
    text: '12345678901234567890.123456789012345678',
  },
  { why: 'tiny figures stay plain', raw: '0.00000001', text: '0.00000001' },
  { why: 'exponents are read', raw: '1.5E-7', text: '0.00000015' },
  { why: 'a sign is read', raw: '-3', text: '-3' },
  { why: 'numbers are read, some venues send them', raw: 0.004, text: '0.004' },
  { why: 'empty is absent, not zero', raw: '', text: null },
  { why: 'blank is absent', raw: '  ', text: null },
  { why: 'null is absent', raw: null, text: null },
  { why: 'NaN does not pass', raw: 'NaN', text: null },
  { why: 'infinity does not pass', raw: 'Infinity', text: null },
  { why: 'a number that is not finite does not pass', raw: Number.POSITIVE_INFINITY, text: null },
  { why: 'hexadecimal is not a price', raw: '0x10', text: null },
  { why: 'words are not prices', raw: '12abc', text: null },
  { why: 'objects are not prices', raw: { value: 1 }, text: null },
])('$why', ({ raw, text }) => {
  expect(parseDecimal(raw)?.toFixed() ?? null).toBe(text);
});

test('text of any size survives the way in and out, in JSON too', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
      fc.nat(12),
      (digits, places) => {
        const value = dec(digits.toString()).div(new Decimal(10).pow(places));
        expect(parseDecimal(value.toFixed())?.eq(value)).toBe(true);
        expect(JSON.parse(JSON.stringify({ value })).value).toBe(value.toFixed());
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

test.each([
  { why: 'known terms add up exactly', terms: ['0.1', '0.2'], sum: '0.3' },
  { why: 'nothing sums to zero', terms: [], sum: '0' },
  { why: 'one unknown term makes the sum unknown', terms: ['1', null], sum: null },
])('$why', ({ terms, sum }) => {
  const total = sumKnown(terms.map((term) => (term === null ? null : dec(term))));
  expect(total?.toFixed() ?? null).toBe(sum);
});

test('a ratio over zero or over nothing is not known', () => {
  expect(ratioOf(dec(1), dec(0))).toBeNull();
  expect(ratioOf(null, dec(1))).toBeNull();
  expect(ratioOf(dec(1), dec(4))?.toFixed()).toBe('0.25');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { legible, legibleText } from '../../../../src/adapters/charts/canvas/legible.ts';

const hasGlyph = (character: string) => /^[ -~保证金é]$/u.test(character);

test.each([
  { why: 'plain text stays', text: 'bybit 保证金', is: 'bybit 保证金' },
  { why: 'a rare hanzi is named by its code', text: '㐂证', is: 'U+3402证' },
  { why: 'also beyond the first plane', text: '𠮷', is: 'U+20BB7' },
  { why: 'two unknown labels stay two labels', text: '🚀', is: 'U+1F680' },
  { why: 'one line', text: ' a\r\n\tb\u2028c ', is: 'a b c' },
  { why: 'nobody turns the text around', text: 'a\u202Eb\u2066c', is: 'abc' },
  { why: 'letters and accents are one', text: 'e\u0301', is: 'é' },
  { why: 'half a pair is nothing', text: 'a\uD83D', is: 'a' },
])('$why', ({ text, is }) => {
  expect(legibleText(text, hasGlyph)).toBe(is);
});

test('a pile of accents does not grow over its neighbours', () => {
  expect(legibleText(`e${'\u0337'.repeat(50)}`, () => true)).toBe('e\u0337');
});

test('only strings change, whatever the data', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (data) => {
      const shape = (value: unknown) =>
        JSON.stringify(value, (_key, each) => (typeof each === 'string' ? '' : each));
      expect(shape(legible(data, hasGlyph))).toBe(shape(data));
    }),
  );
});

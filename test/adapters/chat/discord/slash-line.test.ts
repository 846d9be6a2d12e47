import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slashLine } from '../../../../src/adapters/chat/discord/slash-line.ts';
import { splitWords } from '../../../../src/app/split-words.ts';

test.each([
  { why: 'nothing', options: [], line: '/liq' },
  { why: 'a word', options: [{ name: 'asset', value: 'BTC' }], line: '/liq asset=BTC' },
  { why: 'blanks', options: [{ name: 'account', value: '量化 A' }], line: '/liq account="量化 A"' },
  { why: 'a quote', options: [{ name: 'account', value: 'a "b"' }], line: `/liq account='a "b"'` },
])('$why', ({ options, line }) => {
  expect(slashLine('liq', options)).toBe(line);
});

test('every value comes out of the argument grammar as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
      // One value cannot hold all four closing quotes: the grammar has no escape sign.
      fc.pre(!['"', "'", '”', '’'].every((quote) => value.includes(quote)));
      const words = splitWords(slashLine('liq', [{ name: 'asset', value }]));
      expect(words?.[1]?.text).toBe(`asset=${value}`);
    }),
    { seed: 1 },
  );
});

import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { wrapText } from '../../src/replies/wrap-text.ts';

test.each([
  { text: 'one two three', width: 8, lines: ['one two', 'three'], why: 'between words' },
  {
    text: 'Net $1,234,567 now',
    width: 12,
    lines: ['Net', '$1,234,567', 'now'],
    why: 'whole numbers',
  },
  {
    text: '强平价未知，可能更近',
    width: 12,
    lines: ['强平价未知，', '可能更近'],
    why: 'comma stays',
  },
  { text: '强平价未知，可能', width: 10, lines: ['强平价未', '知，可能'], why: 'comma not first' },
  { text: '查（详情）吧', width: 4, lines: ['查', '（详', '情）', '吧'], why: 'bracket not last' },
  { text: '显示的是41秒前', width: 9, lines: ['显示的是', '41秒前'], why: 'numbers in Chinese' },
  {
    text: 'x-account-1234567890-y',
    width: 12,
    lines: ['x-account-', '1234567890-y'],
    why: 'a long id breaks around its number',
  },
  { text: 'a\nb', width: 9, lines: ['a', 'b'], why: 'line feeds are kept' },
  { text: '', width: 9, lines: [''], why: 'nothing is a line' },
])('$text at $width: $why', ({ text, width, lines }) => {
  expect(wrapText(text, width)).toEqual(lines);
});

test('later lines are indented within the width', () => {
  expect(wrapText('! one two three', 9, '  ')).toEqual(['! one two', '  three']);
});

test('no line is too wide and no sign but blanks is lost', () => {
  const word = fc.oneof(
    fc.stringMatching(/^[a-zA-Z-]{1,12}$/),
    fc.stringMatching(/^-?\$?[1-9]\d{0,2}(,\d{3}){0,4}(\.\d{2})?%?$/),
    fc.stringMatching(/^[敞口强平价未知，。（）持仓]{1,12}$/u),
  );
  fc.assert(
    fc.property(fc.array(word), fc.integer({ min: 26, max: 90 }), (words, width) => {
      const text = words.join(' ');
      const lines = wrapText(text, width, '  ');
      expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(width);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
      const numbers = text.match(/\d[\d,.]*\d|\d/g) ?? [];
      expect(lines.flatMap((line) => line.match(/\d[\d,.]*\d|\d/g) ?? [])).toEqual(numbers);
    }),
    { seed: 11, numRuns: 300 },
  );
});

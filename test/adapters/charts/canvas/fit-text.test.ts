import { expect, test } from 'vitest';
import { fitText } from '../../../../src/adapters/charts/canvas/layout/fit-text.ts';

const measure = (text: string) => [...text].length;

test.each([
  { why: 'what fits stays', text: 'bybit-quant-a', width: 13, is: 'bybit-quant-a' },
  { why: 'one too wide is cut', text: 'bybit-quant-a', width: 12, is: 'bybit-quant…' },
  { why: 'not inside a number', text: 'Add 1,234.5 USDT', width: 9, is: 'Add…' },
  { why: 'behind a number it may', text: 'Add 12 USDT more', width: 9, is: 'Add 12 U…' },
  { why: 'no space before the ellipsis', text: 'one two', width: 5, is: 'one…' },
  { why: 'hanzi', text: '保证金使用率', width: 4, is: '保证金…' },
  { why: 'a family stays together', text: '👨‍👩‍👧👨‍👩‍👧', width: 6, is: '👨‍👩‍👧…' },
  { why: 'only the ellipsis', text: 'abc', width: 1, is: '…' },
  { why: 'no room at all', text: 'abc', width: 0, is: '' },
])('$why', ({ text, width, is }) => {
  expect(fitText(text, { width, size: 1, measure })).toBe(is);
});

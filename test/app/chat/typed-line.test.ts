import { expect, test } from 'vitest';
import { typedLine } from '../../../src/app/chat/typed-line.ts';
import { splitWords } from '../../../src/app/split-words.ts';

test.each([
  { why: 'an amount', typed: '500', word: 'amount=500' },
  { why: 'blanks cannot begin a second argument', typed: '5 hf=2', word: 'amount=5 hf=2' },
  { why: 'nor can quotes end the word', typed: '5" hf="2', word: 'amount=5 hf= 2' },
  { why: 'nor a new line', typed: '5\n/cancel x', word: 'amount=5 /cancel x' },
])('$why', ({ typed, word }) => {
  expect(splitWords(typedLine('/addmargin amount=', typed))?.map(({ text }) => text)).toEqual([
    '/addmargin',
    word,
  ]);
});

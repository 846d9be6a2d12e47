import { expect, test } from 'vitest';
import { presentPrinted, presentText } from '../../src/app/present.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { createTranslate } from '../../src/replies/translate.ts';

const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };

test('in a chat a refusal is broken between words', () => {
  const problem = 'There is no command /lqi. Did you mean /liq?';
  const outcome = { exit: 2 as const, command: null, answer: null, problem, takenAt: 0 };
  expect(presentText(outcome, { ...voice, width: 30 })).toBe(
    'There is no command /lqi. Did\nyou mean /liq?',
  );
});

test('a refusal is one line on standard error, whatever was typed', () => {
  const problem = 'A quote is opened but not closed: /liq "a\nb';
  const outcome = { exit: 2 as const, command: null, answer: null, problem, takenAt: 0 };
  expect(presentPrinted(outcome, { ...voice, locale: 'en', width: 80, json: true })).toEqual({
    exit: 2,
    stdout: '',
    stderr: 'A quote is opened but not closed: /liq "a b\n',
  });
});

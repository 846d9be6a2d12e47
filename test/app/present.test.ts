import { expect, test } from 'vitest';
import { presentPrinted } from '../../src/app/present.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { createTranslate } from '../../src/replies/translate.ts';

test('a refusal is one line on standard error, whatever was typed', () => {
  const problem = 'A quote is opened but not closed: /liq "a\nb';
  const outcome = { exit: 2 as const, command: null, answer: null, problem, takenAt: 0 };
  const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };
  expect(presentPrinted(outcome, { ...voice, locale: 'en', width: 80, json: true })).toEqual({
    exit: 2,
    stdout: '',
    stderr: 'A quote is opened but not closed: /liq "a b\n',
  });
});

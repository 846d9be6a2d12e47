import { expect, test } from 'vitest';
import { deskLine } from '../../src/app/desk-line.ts';
import { createFormatter } from '../../src/replies/format.ts';
import { createTranslate } from '../../src/replies/translate.ts';
import { desk, snapshotOf } from '../commands/small-desk.ts';

const voice = { say: createTranslate('en'), format: createFormatter('en', 'UTC') };

test.each([
  { why: 'nothing read yet: nothing to say', accounts: [], expected: null },
  { why: 'all read', accounts: desk.slice(0, 1), expected: /UTC$/ },
  {
    why: 'an account whose first read is still under way is not in the sums, and the line says so',
    accounts: [...desk.slice(0, 1), { id: 'late', venue: 'okx', status: 'missing' as const }],
    expected: /UTC \| ! 1 gap$/,
  },
])('$why', ({ accounts, expected }) => {
  const line = deskLine(snapshotOf(...accounts), voice);
  if (expected === null) expect(line).toBeNull();
  else expect(line).toMatch(expected);
});

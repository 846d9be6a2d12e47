import { expect, test } from 'vitest';
import { ask, holedDesk, snapshotOf } from './small-desk.ts';

const stale = holedDesk.filter(({ status }) => status === 'stale');
const missing = holedDesk.filter(({ status }) => status === 'missing');
const fresh = holedDesk.filter(({ status }) => status === undefined);

test.each([
  { why: 'all fresh', accounts: fresh, says: null },
  { why: 'old figures', accounts: [...fresh, ...stale], says: '1 of 5 accounts stale)' },
  { why: 'none at all', accounts: [...fresh, ...missing], says: '1 of 5 accounts missing)' },
  { why: 'both', accounts: holedDesk, says: '1 of 6 accounts missing, 1 stale)' },
])('the line of the first total says what it lacks: $why', async ({ accounts, says }) => {
  for (const name of ['exposure', 'positions', 'margin', 'liq']) {
    const { text } = await ask(snapshotOf(...accounts), { name });
    const [line] = text(120)
      .split('\n')
      .filter((row) => row.includes('('));
    if (says === null) expect(text(120)).not.toContain('partial');
    else expect(line).toContain(`(partial: ${says}`);
  }
});

test('nobody is told that there are no positions while an account was not read', async () => {
  for (const name of ['exposure', 'positions', 'liq']) {
    const unread = (await ask(snapshotOf(...missing), { name })).text(80);
    expect(unread).toContain('None in the accounts that were read.');
    expect(unread).not.toContain('No open positions');
    expect((await ask(snapshotOf(), { name })).text(80)).toContain('No open positions');
  }
});

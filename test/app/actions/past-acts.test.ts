import { expect, test } from 'vitest';
import type { ActionRequest } from '../../../src/app/actions/action-record.ts';
import { dec } from '../../../src/domain/decimal.ts';
import { asAccountId } from '../../../src/domain/units.ts';
import { ladderWorld, OTHER, TRADER } from './ladder-world.ts';

/** A transfer from b to a, and margin added on a; a third preview that nobody agreed to. */
async function afterTwoActs() {
  const world = ladderWorld();
  const actions = world.start();
  const ann = actions.of(TRADER);
  const transfer: ActionRequest = {
    ...({ kind: 'transfer' } as const),
    ...{ from: asAccountId('b'), to: asAccountId('a') },
    ...{ amount: dec('50'), currency: 'USDT' },
  };
  const margin: ActionRequest = {
    kind: 'position',
    handle: world.handle(),
    ask: { kind: 'add-margin', ask: { kind: 'amount', amount: dec('100') } },
  };
  for (const request of [transfer, margin]) {
    const made = await ann.propose(request);
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    await ann.confirm({ token: made.value.token, typed: null });
    await world.clock.advance(60_000);
  }
  await ann.propose(margin);
  return { world, actions };
}

test.each([
  { accounts: null, sees: ['transfer b', 'add-margin a'], why: 'the whole desk' },
  { accounts: ['a'], sees: ['add-margin a'], why: 'the transfer came from an account not theirs' },
  { accounts: ['b'], sees: [], why: 'the transfer went to an account not theirs' },
])('of the acts of a day somebody with $accounts sees $sees: $why', async ({ accounts, sees }) => {
  const { actions } = await afterTwoActs();
  const acts = await actions.of({ ...OTHER, accounts }).since(0);
  const seen = acts.ok ? acts.value.map(({ record }) => record.preview) : [];
  expect(seen.map(({ act, account }) => `${act.kind} ${account}`)).toEqual(sees);
  expect(acts.ok && acts.value.every(({ state }) => state === 'done')).toBe(true);
});

test('an act from before is not of the day', async () => {
  const { world, actions } = await afterTwoActs();
  const acts = await actions.of(TRADER).since(world.clock.now() - 65_000);
  const kinds = acts.ok ? acts.value.map(({ record }) => record.preview.act.kind) : null;
  expect(kinds).toEqual(['add-margin']);
});

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { STEPS } from '../../src/actions/action-state.ts';
import { auditFaults } from '../../src/actions/audit-chain.ts';
import type { Store } from '../../src/ports/store.ts';
import { ACTION, told } from './a-stored-action.ts';
import type { StoreHarness } from './store-contract.ts';

const note = (what: string) => ({ at: 1, what, actor: '量化 desk\u0000"\\', amount: '0.00000001' });
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

async function wholeChain({ actions }: Store) {
  return {
    lines: await told(actions.auditAfter(0, 100_000)),
    head: await told(actions.auditHead()),
  };
}

async function expectWhole(store: Store, count: number): Promise<void> {
  const { lines, head } = await wholeChain(store);
  expect(lines).toHaveLength(count);
  expect(auditFaults(lines, { head, hash })).toEqual([]);
}

/** What every store of actions keeps, whatever it writes to. */
export function actionStoreContract(name: string, harness: () => StoreHarness): void {
  describe(`action store contract: ${name}`, () => {
    let place: StoreHarness;
    let store: Store;
    beforeEach(async () => {
      place = harness();
      store = await place.open();
    });
    afterEach(() => place.close());

    test('a new store knows no action and has no line', async () => {
      expect(await told(store.actions.byId('a1'))).toBeNull();
      expect(await told(store.actions.byTokenHash('h'))).toBeNull();
      expect(await told(store.actions.inStates(['pending']))).toEqual([]);
      expect(await told(store.actions.audit(10))).toEqual([]);
      expect(await told(store.actions.auditAfter(0, 10))).toEqual([]);
      expect(await told(store.actions.auditHead())).toBeNull();
      expect(await told(store.actions.note([]))).toBeNull();
    });

    test('an action comes back to the last character, by id and by token', async () => {
      const countless = { ...ACTION, id: 'a2', tokenHash: 'h2', countedUsd: null };
      expect(await told(store.actions.create(ACTION, [note('preview')]))).toBe(true);
      expect(await told(store.actions.create(countless, []))).toBe(true);
      expect(await told(store.actions.byId(ACTION.id))).toEqual(ACTION);
      expect(await told(store.actions.byTokenHash('h2'))).toEqual(countless);
      await expectWhole(store, 1);
    });

    test.each([
      { why: 'the same id', action: { ...ACTION, tokenHash: 'other' } },
      { why: 'the same token', action: { ...ACTION, id: 'other' } },
    ])('$why is not made twice, and leaves no line', async ({ action }) => {
      await told(store.actions.create(ACTION, [note('first')]));
      expect(await told(store.actions.create(action, [note('second')]))).toBe(false);
      expect(await told(store.actions.inStates(['pending']))).toEqual([ACTION]);
      await expectWhole(store, 1);
    });

    test('a step needs the revision that was read; the loser leaves no line', async () => {
      await told(store.actions.create(ACTION, []));
      const next = { ...ACTION, state: 'approved', revision: 1, updatedAt: 9, body: '{}' } as const;
      expect(await told(store.actions.step(next, 1, [note('wrong')]))).toBe(false);
      expect(await told(store.actions.step(next, 0, [note('right')]))).toBe(true);
      expect(await told(store.actions.step(next, 0, [note('late')]))).toBe(false);
      const absent = { ...next, id: 'nobody', tokenHash: 'nothing' };
      expect(await told(store.actions.step(absent, 0, [note('absent')]))).toBe(false);
      expect(await told(store.actions.byId(ACTION.id))).toEqual(next);
      const lines = await told(store.actions.audit(9));
      expect(lines.map(({ entry }) => entry)).toEqual([note('right')]);
    });

    test('of many that click at once one wins, over two connections, and the chain is one', async () => {
      const second = await place.open();
      await told(store.actions.create(ACTION, [note('preview')]));
      const clicks = Array.from({ length: 40 }, (_, i) => {
        const { actions } = i % 2 === 0 ? store : second;
        return actions.step({ ...ACTION, revision: 1, body: `${i}` }, 0, [note(`click ${i}`)]);
      });
      const others = Array.from({ length: 40 }, (_, i) => {
        const { actions } = i % 2 === 0 ? second : store;
        return actions.note([note(`one ${i}`), note(`two ${i}`)]);
      });
      const won = await Promise.all(clicks.map(told));
      await Promise.all(others.map(told));
      expect(won.filter(Boolean)).toHaveLength(1);
      const { lines } = await wholeChain(store);
      const clicked = lines.filter(({ entry }) => String(entry['what']).startsWith('click'));
      expect(clicked.map(({ entry }) => entry)).toEqual([note(`click ${won.indexOf(true)}`)]);
      await expectWhole(store, 1 + 1 + 80);
    });

    test('actions are found by state and by day, oldest first', async () => {
      const make = (id: string, state: 'pending' | 'done', createdAt: number) => {
        const action = { ...ACTION, id, tokenHash: id, state, createdAt };
        return told(store.actions.create(action, []));
      };
      await make('c', 'pending', 30);
      await make('b', 'pending', 10);
      await make('a', 'done', 20);
      const ids = async (answer: ReturnType<Store['actions']['inStates']>) =>
        (await told(answer)).map(({ id }) => id);
      expect(await ids(store.actions.inStates(['pending']))).toEqual(['b', 'c']);
      expect(await ids(store.actions.inStates(['pending', 'done']))).toEqual(['b', 'a', 'c']);
      expect(await ids(store.actions.inStates([]))).toEqual([]);
      expect(await ids(store.actions.since(20, ['pending', 'done']))).toEqual(['a', 'c']);
      expect(await ids(store.actions.since(21, ['done']))).toEqual([]);
    });

    test('what ended before a moment is forgotten; what has not, and every line, stays', async () => {
      const states = Object.keys(STEPS) as (keyof typeof STEPS)[];
      for (const [index, state] of states.entries()) {
        const action = { ...ACTION, id: state, tokenHash: state, state };
        await told(store.actions.create({ ...action, updatedAt: 10 + index }, [note(state)]));
      }
      const late = {
        ...ACTION,
        id: 'late',
        tokenHash: 'late',
        state: 'done',
        updatedAt: 99,
      } as const;
      await told(store.actions.create(late, []));
      expect(await told(store.actions.forget(99))).toBe(4);
      const left = (await told(store.actions.inStates(states))).map(({ id }) => id);
      expect(left).toEqual(['approved', 'executing', 'late', 'pending', 'unknown']);
      await expectWhole(store, 8);
    });

    test('lines come in pages, and the newest first', async () => {
      await told(store.actions.note(Array.from({ length: 1201 }, (_, i) => note(`${i + 1}`))));
      const sequences = (lines: readonly { readonly sequence: number }[]) =>
        lines.map(({ sequence }) => sequence);
      expect(sequences(await told(store.actions.audit(2)))).toEqual([1201, 1200]);
      expect(sequences(await told(store.actions.auditAfter(1199, 10)))).toEqual([1200, 1201]);
      expect(sequences(await told(store.actions.auditAfter(2, 2)))).toEqual([3, 4]);
      await expectWhole(store, 1201);
    });

    test('actions and the chain go on after a restart', async () => {
      await told(store.actions.create(ACTION, [note('before')]));
      await store.close();
      const again = await place.open();
      expect(await told(again.actions.byId(ACTION.id))).toEqual(ACTION);
      await told(again.actions.note([note('after')]));
      await expectWhole(again, 2);
    });
  });
}

import type { Acting } from '../../../src/app/actions/action-desk.ts';
import { createOneAtATime } from '../../../src/app/actions/one-at-a-time.ts';
import { createFlattenDesk } from '../../../src/app/protection/flatten-desk.ts';
import { ok } from '../../../src/domain/result.ts';
import type { AccountWriter } from '../../../src/ports/venue-writer.ts';
import { sha256 } from '../../actions/a-preview.ts';
import { emptyActionShelf, fakeActionStore } from '../../fakes/fake-store-actions.ts';
import { type LadderOptions, ladderWorld } from '../actions/ladder-world.ts';

export const ADMIN: Acting = {
  ...{ person: 'dora', roles: ['admin'], accounts: null, network: 'terminal' },
};
export const APPROVER: Acting = {
  ...{ person: 'cat', roles: ['approver'], accounts: null, network: 'telegram' },
};

/** The ladder's two accounts, and a flatten desk over them. */
export function flattenWorld(
  options: LadderOptions & { readonly people?: readonly Acting[] } = {},
) {
  const world = ladderWorld();
  const actions = world.start(options);
  const facts = new Map<string, string>();
  const people = options.people ?? [ADMIN, APPROVER];
  const flattenShelf = emptyActionShelf();
  let count = 0;
  const clock = {
    ...world.clock,
    after: async (ms: number, signal?: AbortSignal) => {
      if (ms > 2000) return world.clock.after(ms, signal);
      await world.clock.advance(ms);
    },
  };
  const open = () =>
    createFlattenDesk({
      desk: {
        snapshot: async () => world.snapshot(),
        refresh: async () => {},
        lastKnown: world.snapshot,
      },
      accounts: world.snapshot().accounts.map(({ account }) => account),
      tradeAccess: new Set(options.tradeAccess ?? ['a', 'b']),
      writers: new Map<string, AccountWriter>([
        ['a', world.a],
        ['b', world.b],
      ]),
      personNow: (person) => people.find((each) => each.person === person) ?? null,
      ...{ clock, log: { error: () => {}, warn: () => {} }, hash: sha256 },
      newId: () => {
        count += 1;
        return `flat${String(count).padStart(20, '0')}`;
      },
      newToken: () => {
        count += 1;
        return `token${String(count).padStart(19, '0')}`;
      },
      closing: actions.closing,
      store: fakeActionStore(flattenShelf),
      facts: {
        get: async (name) => ok(facts.get(name) ?? null),
        put: async (name, value) => {
          facts.set(name, value);
          return ok(null);
        },
        settle: async (name, value) => {
          const standing = facts.get(name) ?? value;
          facts.set(name, standing);
          return ok(standing);
        },
      },
      inTurn: createOneAtATime(),
    });
  return {
    ...{ ...world, actions, open, desk: open(), flattenShelf },
    /** Time goes on for whoever waits for a deadline. */
    finish: async <T>(work: Promise<T>): Promise<T> => {
      let isOver = false;
      const over = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        await new Promise((resolve) => setImmediate(resolve));
        if (!isOver) await world.clock.advance(1000);
      }
      return over;
    },
  };
}

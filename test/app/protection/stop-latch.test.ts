import { expect, test } from 'vitest';
import { createStopLatch } from '../../../src/app/protection/stop-latch.ts';
import { err, ok } from '../../../src/domain/result.ts';
import type { AuditNote } from '../../../src/ports/action-store.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const ADMIN = { person: 'dora', network: 'terminal' };

/** Facts in memory, shared by every process of the test; `fails`: the store takes nothing more. */
function shelf() {
  const facts = new Map<string, string>();
  const notes: AuditNote[] = [];
  let fails: 'nothing' | 'writes' | 'all' = 'nothing';
  const broken = err({ kind: 'closed' } as const);
  return {
    notes,
    fail: (what: typeof fails) => {
      fails = what;
    },
    open: () =>
      createStopLatch({
        clock: fakeClock(1000),
        facts: {
          get: async (name) => (fails === 'all' ? broken : ok(facts.get(name) ?? null)),
          put: async (name, value) => {
            if (fails !== 'nothing') return broken;
            facts.set(name, value);
            return ok(null);
          },
        },
        note: async (lines) => {
          if (fails !== 'nothing') return broken;
          notes.push(...lines);
          return ok(null);
        },
      }),
  };
}

test('a desk that was never stopped acts; stopped it does not, also after a restart', async () => {
  const { open, notes } = shelf();
  const latch = open();
  expect(await latch.state()).toEqual({ isStopped: false, by: null, at: null });
  await latch.stop(ADMIN);
  expect(await open().state()).toEqual({ isStopped: true, by: 'dora', at: 1000 });
  await open().resume(ADMIN);
  expect(await latch.state()).toMatchObject({ isStopped: false });
  expect(notes.map(({ what, actor }) => [what, actor])).toEqual([
    ['stop', 'dora'],
    ['resume', 'dora'],
  ]);
});

test('a stop that the store does not keep holds in this process all the same', async () => {
  const { open, fail } = shelf();
  const latch = open();
  fail('writes');
  expect(await latch.stop(ADMIN)).toMatchObject({ ok: false });
  expect(await latch.state()).toMatchObject({ isStopped: true });
});

test('a lift that the store does not keep lifts nothing', async () => {
  const { open, fail } = shelf();
  const latch = open();
  await latch.stop(ADMIN);
  fail('writes');
  expect(await latch.resume(ADMIN)).toMatchObject({ ok: false });
  expect(await latch.state()).toMatchObject({ isStopped: true });
});

test('a store that cannot be read is no leave to act', async () => {
  const { open, fail } = shelf();
  fail('all');
  expect(await open().state()).toMatchObject({ isStopped: true, by: null });
});

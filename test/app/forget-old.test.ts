import { expect, test } from 'vitest';
import { startForgetting } from '../../src/app/forget-old.ts';
import { ok } from '../../src/domain/result.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeStore } from '../fakes/fake-store.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

test('once a day what is older than the desk keeps is deleted, and a store that fails is asked again', async () => {
  const clock = fakeClock();
  const store = fakeStore();
  const asked: [string, number][] = [];
  const answered = (name: string) => async (before: number) => {
    asked.push([name, before]);
    return ok(0);
  };
  const stop = new AbortController();
  const errors: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (what: string) => errors.push(what) };
  const { done, lastAt } = startForgetting({
    store: {
      actions: { ...store.actions, forget: answered('actions') },
      alerts: { ...store.alerts, forget: async () => ({ ok: false, error: { kind: 'busy' } }) },
      history: { ...store.history, forget: answered('history') },
    },
    keepMs: 400 * DAY,
    clock,
    log,
    signal: stop.signal,
  });
  await clock.advance(HOUR - 1);
  expect([asked, lastAt()]).toEqual([[], null]);
  await clock.advance(1);
  const first = clock.now() - 400 * DAY;
  expect(asked).toEqual([
    ['actions', first],
    ['history', first],
  ]);
  expect(errors).toEqual(['old rows not deleted']);
  await clock.advance(DAY - 1);
  expect(asked).toHaveLength(2);
  await clock.advance(1);
  expect(asked.slice(2)).toEqual([
    ['actions', first + DAY],
    ['history', first + DAY],
  ]);
  expect(lastAt()).toBe(clock.now());
  stop.abort();
  await done;
});

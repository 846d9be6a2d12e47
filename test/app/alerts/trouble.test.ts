import { expect, test } from 'vitest';
import { runAlertDesk } from '../../../src/app/alerts/run-alert-desk.ts';
import { err } from '../../../src/domain/result.ts';
import type { AlertStore } from '../../../src/ports/alert-store.ts';
import { emptyAlertShelf, fakeAlertStore } from '../../fakes/fake-store-alerts.ts';
import { alertWorld, intentOf } from './alert-world.ts';

const SECOND = 1000;

/** A store that takes nothing while `isDown`. */
function lockable() {
  const store = fakeAlertStore(emptyAlertShelf());
  const lock = { isDown: false };
  const locked: AlertStore = {
    ...store,
    commit: (fence, changes) =>
      lock.isDown ? Promise.resolve(err({ kind: 'busy' })) : store.commit(fence, changes),
  };
  return { lock, store: locked };
}

test('45: a store that is locked for ten seconds after a message arrived: it is not sent again, and the next ones go', async () => {
  const { lock, store } = lockable();
  const world = await alertWorld({ store });
  world.script('room', () => {
    lock.isDown = world.calls.length === 1;
    return null;
  });
  await world.take(intentOf({ level: 'CRIT', account: 'first' }));
  await world.pass(10 * SECOND);
  expect(world.drain().map(({ title }) => title)).toEqual(['Critical: first · margin usage 72.0%']);
  lock.isDown = false;
  await world.pass(2 * SECOND);
  await world.take(intentOf({ level: 'EMERG', account: 'second' }));
  await world.pass(2 * SECOND);
  expect(world.drain().map(({ title }) => title)).toEqual([
    'EMERGENCY: second · margin usage 72.0%',
  ]);
  expect(world.desk.balance()).toMatchObject({ lost: [], difference: 0, pending: 0 });
});

test('45: what the store does not take is not told, and the evaluator hears so', async () => {
  const { lock, store } = lockable();
  const world = await alertWorld({ store });
  lock.isDown = true;
  const intent = intentOf({ level: 'CRIT' });
  const taken = await world.desk.take({ intents: [intent], inhibited: new Map() }, []);
  expect(taken).toEqual({ ok: false, error: { kind: 'busy' } });
  await world.pass(10 * SECOND);
  expect(world.drain()).toEqual([]);
  lock.isDown = false;
  await world.take(intent);
  expect(world.drain()).toHaveLength(1);
});

test('52: an alert that cannot be drawn goes out in its plainest form, and the next ones behind it', async () => {
  const world = await alertWorld();
  const poison = intentOf({ level: 'CRIT', account: 'poisoned' });
  // No clock shows that moment.
  await world.take({ ...poison, at: Number.NaN });
  await world.take(intentOf({ level: 'EMERG', account: 'sound' }));
  await world.pass(5 * SECOND);
  const titles = world.drain().map(({ title }) => title);
  expect(titles).toContain('EMERGENCY: sound · margin usage 72.0%');
  expect(titles.filter((title) => /^Critical account poisoned \w{4}$/.test(title))).toHaveLength(1);
  expect(world.desk.balance()).toMatchObject({ lost: [], difference: 0, pending: 0 });
});

test.each([
  { answersAfterMs: 2 * SECOND, endsAfterMs: 2 * SECOND, kept: 'delivered' },
  { answersAfterMs: 60 * SECOND, endsAfterMs: 5 * SECOND, kept: 'pending' },
] as const)(
  '28: asked to end while a message is on its way for $answersAfterMs ms: ends after $endsAfterMs, $kept',
  async ({ answersAfterMs, endsAfterMs, kept }) => {
    const world = await alertWorld();
    world.script('room', async () => {
      await world.clock.after(answersAfterMs);
      return null;
    });
    const stop = new AbortController();
    let endedAt: number | null = null;
    const running = runAlertDesk(world.desk, {
      clock: world.clock,
      signal: stop.signal,
      onRound: () => {},
    });
    await world.take(intentOf({ level: 'CRIT', account: 'on-its-way' }));
    await world.take(intentOf({ level: 'EMERG', account: 'waits' }));
    const asked = world.clock.now();
    void running.then(() => {
      endedAt = world.clock.now();
    });
    stop.abort();
    for (let ms = 0; ms < 8 * SECOND; ms += 250) {
      await world.clock.advance(250);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((endedAt ?? Infinity) - asked).toBeLessThanOrEqual(endsAfterMs + 250);
    // Nothing new is begun; the next process says the rest, and marks what may be a repeat.
    expect(world.calls).toHaveLength(1);
    expect(world.desk.balance()[kept]).toBeGreaterThanOrEqual(1);
    world.kill();
    const after = await alertWorld({ shelf: world.shelf, startsAt: world.clock.now() });
    await after.pass(5 * SECOND);
    const texts = after.drain().map(({ text }) => text);
    expect(texts.filter((text) => text.includes('waits'))).toHaveLength(1);
    const repeats = texts.filter((text) => text.includes('on-its-way'));
    expect(repeats.map((text) => text.includes('Possible repeat'))).toEqual(
      kept === 'pending' ? [true] : [],
    );
  },
);

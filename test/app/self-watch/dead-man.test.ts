import { expect, test } from 'vitest';
import { runDeadMan } from '../../../src/app/self-watch/dead-man.ts';
import type { Ailment } from '../../../src/app/self-watch/vital-signs.ts';
import { watchStall } from '../../../src/app/self-watch/watch-stall.ts';
import { watchStore } from '../../../src/app/self-watch/watch-store.ts';
import { err, ok } from '../../../src/domain/result.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';

const silent = { error: () => {}, warn: () => {} };

function deadMan() {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const heard: string[] = [];
  let ailments: Ailment[] = [];
  const done = runDeadMan({
    to: {
      well: async () => heard.push(`${clock.now() / 1000} well`) > 0,
      unwell: async (reason) => heard.push(`${clock.now() / 1000} ${reason}`) > 0,
    },
    ailments: () => ailments,
    ...{ everyMs: 60_000, clock, log: silent, signal: stop.signal },
  });
  return {
    ...{ clock, heard, done, stop: () => stop.abort() },
    ail: (...next: Ailment[]) => {
      ailments = next;
    },
  };
}

test('scenario 50: every minute it says that all is well, or which one thing is not', async () => {
  const { clock, heard, ail, stop, done } = deadMan();
  await clock.advance(0);
  await clock.advance(60_000);
  ail({ kind: 'stream', of: 'okx' });
  await clock.advance(60_000);
  ail({ kind: 'outbox', of: null }, { kind: 'loop', of: 'alerts' });
  await clock.advance(60_000);
  ail();
  await clock.advance(60_000);
  stop();
  await done;
  expect(heard).toEqual([
    '0 well',
    '60 well',
    '120 stream okx',
    '180 outbox, loop alerts',
    '240 well',
  ]);
});

test('scenario 45: a program that stands still does not say that it is well', async () => {
  const { clock, heard, stop } = deadMan();
  await clock.advance(0);
  // Nothing runs for ten minutes: no timer fires in between, and none catches up afterwards.
  await clock.advance(600_000);
  expect(heard).toEqual(['0 well', '600 well']);
  stop();
});

test.each([
  { late: 3999, told: [], why: 'a pause of the collector' },
  { late: 4000, told: [4000], why: 'seconds' },
  { late: 59_999, told: [59_999], why: 'nearly a minute' },
  { late: 60_000, told: [], why: 'the machine slept' },
])('scenario 45: a look that comes $late ms late: $why', async ({ late, told }) => {
  const clock = fakeClock(0);
  const stop = new AbortController();
  const stalls: number[] = [];
  const watch = watchStall({ clock, signal: stop.signal, onStall: (ms) => stalls.push(ms) });
  await clock.advance(1000);
  await clock.advance(1000 + late);
  expect(stalls).toEqual(told);
  expect(watch.lastAt()).toBe(told.length > 0 ? 2000 + late : null);
  stop.abort();
});

test('scenario 45: a store that is full or locked is seen within 16 s, and that it takes writes again', async () => {
  const clock = fakeClock(0);
  const stop = new AbortController();
  let mood: 'fine' | 'full' | 'locked' = 'fine';
  const watch = watchStore(
    {
      put: () => {
        if (mood === 'locked') return new Promise(() => {});
        return Promise.resolve(mood === 'full' ? err({ kind: 'full' }) : ok(null));
      },
    },
    { clock, signal: stop.signal },
  );
  await clock.advance(0);
  expect(watch()).toEqual({ okAt: 0, isFailing: false });
  mood = 'full';
  await clock.advance(10_000);
  expect(watch()).toEqual({ okAt: 0, isFailing: true });
  mood = 'fine';
  await clock.advance(10_000);
  expect(watch()).toEqual({ okAt: 20_000, isFailing: false });
  mood = 'locked';
  await clock.advance(10_000);
  await clock.advance(5000);
  expect(watch()).toEqual({ okAt: 20_000, isFailing: true });
  stop.abort();
});

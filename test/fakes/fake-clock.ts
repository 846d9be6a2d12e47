import type { Clock } from '../../src/ports/clock.ts';

export interface FakeClock extends Clock {
  /** Moves time and wakes everybody whose time has come; returns after their first steps. */
  advance(ms: number): Promise<void>;
}

export function fakeClock(start = 1_700_000_000_000): FakeClock {
  let now = start;
  const waiting = new Set<{ at: number; wake: () => void }>();
  return {
    now: () => now,
    after: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const entry = { at: now + ms, wake: () => done() };
        const done = () => {
          waiting.delete(entry);
          resolve();
        };
        waiting.add(entry);
        signal?.addEventListener('abort', done, { once: true });
      }),
    advance: async (ms) => {
      now += ms;
      for (const entry of [...waiting]) if (entry.at <= now) entry.wake();
      for (let i = 0; i < 20; i += 1) await Promise.resolve();
    },
  };
}

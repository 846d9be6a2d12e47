import type { Clock } from '../../ports/clock.ts';

/** The drill's own time: it stands still until the drill moves it on. */
export interface DrillClock extends Clock {
  moveTo(at: number): void;
}

export function createDrillClock(start: number): DrillClock {
  let now = start;
  const waiting = new Set<{ readonly at: number; readonly wake: () => void }>();
  return {
    now: () => now,
    after: (ms, signal) =>
      new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) return resolve();
        const entry = {
          at: now + ms,
          wake: () => {
            waiting.delete(entry);
            resolve();
          },
        };
        waiting.add(entry);
        signal?.addEventListener('abort', entry.wake, { once: true });
      }),
    moveTo(at) {
      now = Math.max(now, at);
      for (const entry of [...waiting]) if (entry.at <= now) entry.wake();
    },
  };
}

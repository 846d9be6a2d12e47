import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';

/** The real clock, for tests that talk to a stand-in over real sockets. */
export function systemTime(): Clock {
  return {
    now: () => Date.now(),
    after: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
  };
}

import type { Clock } from '../../src/ports/clock.ts';
import { systemTime } from './system-time.ts';

/** The real time, which a test can set ahead; who waits still waits its own milliseconds. */
export interface AheadClock extends Clock {
  skip(ms: number): void;
}

export function aheadClock(): AheadClock {
  const time = systemTime();
  let ahead = 0;
  return {
    now: () => time.now() + ahead,
    after: time.after,
    skip: (ms) => {
      ahead += ms;
    },
  };
}

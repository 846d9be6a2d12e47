import type { Clock } from '../ports/clock.ts';
import type { Desk } from './desk.ts';

export interface RefreshLoop {
  /** When the last round ended; null before the first. */
  lastAt(): number | null;
  /** Ends after the round that is running. */
  readonly done: Promise<void>;
}

/** Keeps the desk's figures young, one round after the other, until `signal` aborts. */
export function startRefreshLoop(
  desk: Desk,
  timing: { readonly clock: Clock; readonly everyMs: number; readonly signal: AbortSignal },
): RefreshLoop {
  const { clock, everyMs, signal } = timing;
  let lastAt: number | null = null;
  const run = async () => {
    while (!signal.aborted) {
      const startedAt = clock.now();
      await desk.refresh();
      lastAt = clock.now();
      // From start to start, so that a slow venue does not stretch everybody's interval, but never
      // without a pause: a round longer than the interval must not become a busy loop.
      const pause = Math.max(everyMs - (lastAt - startedAt), everyMs / 5);
      await clock.after(pause, signal);
    }
  };
  return { lastAt: () => lastAt, done: run() };
}

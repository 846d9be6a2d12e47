import type { Clock } from '../ports/clock.ts';
import type { Desk } from './desk.ts';

export interface RefreshLoop {
  /** When any account was last read; null before the first. */
  lastAt(): number | null;
  /** Ends after the reads that are running. */
  readonly done: Promise<void>;
}

/**
 * Keeps the desk's figures young until `signal` aborts: every account on a clock of its own, so that a
 * venue that hangs makes nobody else's figures old.
 */
export function startRefreshLoop(
  desk: Desk,
  timing: { readonly clock: Clock; readonly everyMs: number; readonly signal: AbortSignal },
): RefreshLoop {
  const { clock, everyMs, signal } = timing;
  let lastAt: number | null = null;
  const keepFresh = async (account: string) => {
    while (!signal.aborted) {
      const startedAt = clock.now();
      await desk.refresh(account);
      lastAt = clock.now();
      // From start to start, but never without a pause: a read longer than the interval must not
      // become a busy loop.
      const pause = Math.max(everyMs - (lastAt - startedAt), everyMs / 5);
      await clock.after(pause, signal);
    }
  };
  const done = Promise.all(desk.accountIds.map(keepFresh)).then(() => {});
  return { lastAt: () => lastAt, done };
}

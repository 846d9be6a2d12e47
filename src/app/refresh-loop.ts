import type { Clock } from '../ports/clock.ts';
import type { Desk } from './desk.ts';

export interface RefreshLoop {
  /** When any account was last read; null before the first. */
  lastAt(): number | null;
  /** Something happened to this account: it is read within a second, once for all that comes together. */
  hurry(account: string): void;
  /** Ends after the reads that are running. */
  readonly done: Promise<void>;
}

interface RefreshTiming {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long after the start of one read the next begins. */
  readonly paceOf: (account: string) => number;
  /** The account was read, or could not be. */
  readonly onRead?: (account: string) => void;
}

/** Events come in bursts, one for each order that a move has filled. */
const TOGETHER_MS = 300;

/**
 * Keeps the desk's figures young until `signal` aborts: every account on a clock of its own, so that a
 * venue that hangs makes nobody else's figures old.
 */
export function startRefreshLoop(desk: Desk, timing: RefreshTiming): RefreshLoop {
  const { clock, paceOf, signal } = timing;
  let lastAt: number | null = null;
  const waits = new Map<string, AbortController>();
  /** What happened during a read may not be in it. */
  const hurried = new Set<string>();

  const pause = async (account: string, startedAt: number) => {
    // From start to start, but never without a pause: a read longer than the interval must not
    // become a busy loop.
    const everyMs = paceOf(account);
    const wait = new AbortController();
    waits.set(account, wait);
    if (!hurried.has(account)) {
      const ms = Math.max(everyMs - (clock.now() - startedAt), everyMs / 5);
      await clock.after(ms, AbortSignal.any([signal, wait.signal]));
    }
    waits.delete(account);
    if (hurried.has(account)) await clock.after(TOGETHER_MS, signal);
    hurried.delete(account);
  };

  const keepFresh = async (account: string) => {
    while (!signal.aborted) {
      const startedAt = clock.now();
      await desk.refresh(account);
      lastAt = clock.now();
      timing.onRead?.(account);
      await pause(account, startedAt);
    }
  };
  const done = Promise.all(desk.accountIds.map(keepFresh)).then(() => {});
  return {
    lastAt: () => lastAt,
    hurry(account) {
      hurried.add(account);
      waits.get(account)?.abort();
    },
    done,
  };
}

import { type ClockReading, type SteadyTime, steadyTime } from '../../alerts/steady-time.ts';
import type { StepContext } from '../../alerts/step-instance.ts';

/** After a start or a sleep: since when nobody looked, and whether it is too early for all-clears. */
export interface WatchStart {
  /** Looks at the clocks; a machine that slept begins anew. */
  tick(clocks: ClockReading): void;
  /** The account was asked, whatever came back. */
  asked(account: string): void;
  /** A look at everything has ended. */
  swept(): void;
  readonly startedAt: number;
  resumed(): StepContext['resumed'];
}

/** Then everybody has had a chance to answer. */
const LONGEST_MS = 60_000;

export function createWatchStart(of: {
  readonly accounts: readonly string[];
  readonly clocks: ClockReading;
  /** When the last process last looked; null: there was none. */
  readonly lastAlive: number | null;
}): WatchStart {
  const waiting = new Set(of.accounts);
  let time: SteadyTime = steadyTime(null, of.clocks);
  const startedAt = time.now;
  const offlineSince = Math.min(of.lastAlive ?? startedAt, startedAt);
  let resumed: StepContext['resumed'] = { offlineSince, at: startedAt };
  return {
    tick(clocks) {
      const next = steadyTime(time, clocks);
      time = next;
      if (next.resumed !== null) {
        resumed = next.resumed;
        for (const account of of.accounts) waiting.add(account);
      }
      if (resumed !== null && next.now - resumed.at >= LONGEST_MS) resumed = null;
    },
    asked: (account) => waiting.delete(account),
    swept() {
      if (waiting.size === 0) resumed = null;
    },
    startedAt,
    resumed: () => resumed,
  };
}

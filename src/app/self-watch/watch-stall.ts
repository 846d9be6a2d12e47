import type { Clock } from '../../ports/clock.ts';

const EVERY_MS = 1000;
const STALL_MS = 4000;
/** A machine that slept is another story: figures are old then, nothing stood still. */
const SLEPT_MS = 60_000;

export interface StallWatch {
  /** When the program last came back from standing still; null: never. */
  lastAt(): number | null;
  /** How late the last look came: the main loop's own lag. */
  lagMs(): number;
}

/** Notices, afterwards, that nothing could run for seconds. */
export function watchStall(deps: {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onStall: (ms: number) => void;
}): StallWatch {
  const { clock, signal } = deps;
  let lastAt: number | null = null;
  let lag = 0;
  const run = async () => {
    for (let before = clock.now(); !signal.aborted; before = clock.now()) {
      await clock.after(EVERY_MS, signal);
      lag = Math.max(0, clock.now() - before - EVERY_MS);
      if (signal.aborted || lag < STALL_MS || lag >= SLEPT_MS) continue;
      lastAt = clock.now();
      deps.onStall(lag);
    }
  };
  void run();
  return { lastAt: () => lastAt, lagMs: () => lag };
}

import type { Clock } from '../../ports/clock.ts';
import type { AlertDesk } from './alert-desk.ts';

/** A quarter of a second: windows, steps and pauses end on time for a person. */
const LOOK_EVERY_MS = 250;
const SWEEP_EVERY_MS = 15_000;
/** A platform that does not answer holds up the end of the program for no longer. */
const DRAIN_MS = 5000;

/**
 * Keeps the desk going until `signal` aborts or another process leads, then until what is on its way has
 * arrived, five seconds at most. Never rejects.
 */
export async function runAlertDesk(
  desk: AlertDesk,
  {
    clock,
    signal,
    onRound,
  }: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onRound: (at: number) => void;
  },
): Promise<void> {
  let sweptAt = clock.now();
  while (!signal.aborted && !desk.isFenced()) {
    await desk.runDue();
    if (clock.now() - sweptAt >= SWEEP_EVERY_MS) {
      sweptAt = clock.now();
      await desk.sweep();
    }
    onRound(clock.now());
    await clock.after(LOOK_EVERY_MS, signal);
  }
  const isDrained = new AbortController();
  await Promise.race([desk.close(), clock.after(DRAIN_MS, isDrained.signal)]);
  isDrained.abort();
}

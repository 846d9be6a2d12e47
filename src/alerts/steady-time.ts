/** The wall clock jumped ahead by more than this: the machine slept. */
const SLEEP_MS = 60_000;

export interface SteadyTime {
  /** Epoch ms as all durations count it. Never goes back while the program runs. */
  readonly now: number;
  readonly monotonic: number;
}

/** A look at both clocks: the wall's epoch ms, and milliseconds that only ever grow. */
export interface ClockReading {
  readonly wall: number;
  readonly monotonic: number;
}

/**
 * Time that a stepped clock does not move: it starts at the wall clock and then goes by the other one. A
 * wall clock that was put back, or ahead by a minute or less, changes nothing until the next start; one
 * that is further ahead than that means the machine slept, and everything is caught up with as after a
 * restart.
 */
export function steadyTime(
  before: SteadyTime | null,
  { wall, monotonic }: ClockReading,
): SteadyTime & {
  readonly resumed: { readonly offlineSince: number; readonly at: number } | null;
} {
  if (before === null) return { now: wall, monotonic, resumed: null };
  const passed = Math.max(0, monotonic - before.monotonic);
  const now = before.now + passed;
  if (wall - now <= SLEEP_MS) return { now, monotonic, resumed: null };
  return { now: wall, monotonic, resumed: { offlineSince: before.now, at: wall } };
}

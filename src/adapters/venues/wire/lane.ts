import PQueue from 'p-queue';
import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';

/** How much may start through a lane: the venue's documented limit times our safety margin. */
export interface LaneBudget {
  readonly requests: number;
  readonly perMs: number;
}

/** One queue of requests that share a limit: an egress IP at a venue, or one user there. */
export interface Lane {
  /**
   * Runs the task when its turn comes. In a lane told to stay away for longer than a moment the answer
   * is `rate-limited` at once: waiting would only spend the caller's deadline.
   */
  run<T>(
    signal: AbortSignal,
    task: () => Promise<Result<T, VenueError>>,
  ): Promise<Result<T, VenueError>>;
  /** Nothing starts for this long. Never shortens an earlier pause. */
  pause(ms: number): void;
  /**
   * The venue refused for speed. Away for as long as it told (`retryAfterMs`), else for 2 s, doubling
   * with each refusal in a row, at most 10 min; never shorter than `leastMs`. What is refused while the
   * lane is already away was sent before and counts as the same refusal.
   */
  refused(retryAfterMs: number | null, leastMs?: number): void;
  /** The venue answered: refusals are no longer in a row, unless the answer is older than the last. */
  answered(): void;
}

/** A pause this short is waited out. */
const PATIENCE_MS = 1_000;
const FIRST_BACK_OFF_MS = 2_000;
const LONGEST_BACK_OFF_MS = 600_000;
/** Binance bans for three days at most; a longer time told is a mistake that would need a restart. */
const LONGEST_TOLD_MS = 259_200_000;

export function createLane(clock: Clock, budget: LaneBudget): Lane {
  const queue = new PQueue({
    intervalCap: budget.requests,
    interval: budget.perMs,
    strict: true,
  });
  let pausedUntil = 0;
  let refusedUntil = 0;
  let backOffMs = FIRST_BACK_OFF_MS;
  const pause = (ms: number) => {
    pausedUntil = Math.max(pausedUntil, clock.now() + ms);
  };
  return {
    async run(signal, task) {
      const startedAt = clock.now();
      const away = () => {
        const wait = pausedUntil - clock.now();
        return wait > PATIENCE_MS
          ? err(venueError('rate-limited', { code: 'http', status: 429 }, wait))
          : null;
      };
      const turn = async () => {
        const refusal = away();
        if (refusal) return refusal;
        const wait = pausedUntil - clock.now();
        if (wait > 0) await clock.after(wait, signal);
        // Somebody may have been refused while we waited.
        return away() ?? task();
      };
      try {
        return away() ?? (await queue.add(turn, { signal }));
      } catch (thrown) {
        if (!signal.aborted) throw thrown;
        return err(venueError('unavailable', { code: 'timeout', ms: clock.now() - startedAt }));
      }
    },
    pause,
    refused(retryAfterMs, leastMs = 0) {
      const now = clock.now();
      const isNew = now >= refusedUntil;
      // "Retry at once" from a venue that has just refused is no advice.
      const isTold = retryAfterMs !== null && retryAfterMs > 0;
      const told = isTold ? Math.min(retryAfterMs, LONGEST_TOLD_MS) : isNew ? backOffMs : 0;
      if (!isTold && isNew) backOffMs = Math.min(backOffMs * 2, LONGEST_BACK_OFF_MS);
      const wait = Math.max(told, leastMs);
      refusedUntil = Math.max(refusedUntil, now + wait);
      pause(wait);
    },
    answered() {
      if (clock.now() >= refusedUntil) backOffMs = FIRST_BACK_OFF_MS;
    },
  };
}

/** Lanes by key, made on first use: the same key shares one limit. */
export function createLanes(clock: Clock): (key: string, budget: LaneBudget) => Lane {
  const lanes = new Map<string, Lane>();
  return (key, budget) => {
    let lane = lanes.get(key);
    if (lane === undefined) {
      lane = createLane(clock, budget);
      lanes.set(key, lane);
    }
    return lane;
  };
}

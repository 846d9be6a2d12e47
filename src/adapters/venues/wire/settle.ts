import { err, ok, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { Clock } from '../../../ports/clock.ts';

export interface SettleBounds {
  readonly signal: AbortSignal;
  readonly limitMs: number;
  readonly clock: Clock;
  /** The meaning of whatever `run` throws. */
  classify(thrown: unknown): VenueError;
}

/**
 * Turns throwing code into a Result that comes in time: at the limit, or when the caller aborts, the
 * answer is `unavailable` with `timeout` even if `run` never notices. Never rejects.
 */
export async function settle<T>(
  bounds: SettleBounds,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<Result<T, VenueError>> {
  const startedAt = bounds.clock.now();
  const signal = AbortSignal.any([bounds.signal, AbortSignal.timeout(bounds.limitMs)]);
  const late = () =>
    err(venueError('unavailable', { code: 'timeout', ms: bounds.clock.now() - startedAt }));
  if (signal.aborted) return late();
  const aborted = new Promise<Result<T, VenueError>>((resolve) => {
    signal.addEventListener('abort', () => resolve(late()), { once: true });
  });
  const answered = run(signal).then(
    (value) => (signal.aborted ? late() : ok(value)),
    (thrown: unknown) => (signal.aborted ? late() : err(bounds.classify(thrown))),
  );
  return Promise.race([answered, aborted]);
}

import { err, type Result } from '../domain/result.ts';
import { type VenueError, venueError } from '../domain/venue-error.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { AccountInspection, AccountReader, AccountReading } from '../ports/venue.ts';

/** Time an adapter gets, after its signal aborted, to hand over the half that it already has. */
const GRACE_MS = 250;

export interface Guard {
  readonly clock: Clock;
  readonly log: Log;
  readonly timeoutMs: number;
}

/**
 * The same read, but it always answers in time and never rejects, whatever the adapter does.
 * A stray rejection is a bug of the adapter: it is logged by name and shown as `unavailable`.
 */
export function guardedRead(reader: AccountReader, guard: Guard): Promise<AccountReading> {
  const failed = (error: VenueError): AccountReading => ({
    positions: err(error),
    margin: err(error),
    stopsError: null,
  });
  return guarded(guard, { reader, ask: (signal) => reader.read(signal), failed });
}

/** The same for an inspection. */
export function guardedInspect(
  reader: AccountReader,
  guard: Guard,
): Promise<Result<AccountInspection, VenueError>> {
  return guarded(guard, { reader, ask: (signal) => reader.inspect(signal), failed: err });
}

interface Question<T> {
  readonly reader: AccountReader;
  ask(signal: AbortSignal): Promise<T>;
  failed(error: VenueError): T;
}

async function guarded<T>(guard: Guard, { reader, ask, failed }: Question<T>): Promise<T> {
  const work = new AbortController();
  const settled = new AbortController();
  const deadline = guard.clock.after(guard.timeoutMs, settled.signal).then(async () => {
    work.abort();
    await guard.clock.after(GRACE_MS, settled.signal);
    return failed(venueError('unavailable', { code: 'timeout', ms: guard.timeoutMs }));
  });
  const answer = ask(work.signal).catch((cause: unknown) => {
    guard.log.error('reader rejected', {
      account: reader.account,
      error: cause instanceof Error ? cause.name : 'unknown',
    });
    return failed(venueError('unavailable', { code: 'unexpected' }));
  });
  try {
    return await Promise.race([answer, deadline]);
  } finally {
    settled.abort();
  }
}

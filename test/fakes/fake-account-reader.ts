import { err, ok } from '../../src/domain/result.ts';
import type { AccountId } from '../../src/domain/units.ts';
import { venueError } from '../../src/domain/venue-error.ts';
import type { AccountInspection, AccountReader, AccountReading } from '../../src/ports/venue.ts';

export interface FakeAccountReader extends AccountReader {
  /** What the next reads answer; 'silence' never answers by itself. */
  next: AccountReading | 'silence';
  reads: number;
}

const INSPECTION: AccountInspection = {
  clockOffsetMs: 0,
  mayTrade: false,
  mayWithdraw: false,
  hasIpList: true,
  modes: [],
  categories: [],
};

/** An account that answers what a test tells it to, by the rules of the port. */
export function fakeAccountReader(
  account: AccountId,
  next: FakeAccountReader['next'],
): FakeAccountReader {
  const timedOut = err(venueError('unavailable', { code: 'timeout', ms: 0 }));
  const late = { positions: timedOut, margin: timedOut, stopsError: null };
  const untilAbort = <T>(signal: AbortSignal, answer: T) =>
    new Promise<T>((resolve) => {
      signal.addEventListener('abort', () => resolve(answer), { once: true });
    });
  return {
    account,
    venue: 'fake',
    next,
    reads: 0,
    read(signal) {
      this.reads += 1;
      if (signal.aborted) return Promise.resolve(late);
      return this.next === 'silence' ? untilAbort(signal, late) : Promise.resolve(this.next);
    },
    inspect(signal) {
      if (signal.aborted) return Promise.resolve(timedOut);
      return this.next === 'silence'
        ? untilAbort(signal, timedOut)
        : Promise.resolve(ok(INSPECTION));
    },
  };
}

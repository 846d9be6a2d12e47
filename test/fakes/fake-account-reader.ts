import { err } from '../../src/domain/result.ts';
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
  return {
    account,
    venue: 'fake',
    next,
    reads: 0,
    read(signal) {
      this.reads += 1;
      const answer = this.next;
      if (signal.aborted) return Promise.resolve(late);
      if (answer !== 'silence') return Promise.resolve(answer);
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(late), { once: true });
      });
    },
    inspect: async (signal) => (signal.aborted ? timedOut : { ok: true, value: INSPECTION }),
  };
}

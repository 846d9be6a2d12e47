import type { Position } from '../../domain/position.ts';
import { err } from '../../domain/result.ts';
import type { StopsState } from '../../domain/stops.ts';
import { venueError } from '../../domain/venue-error.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AccountWriter, WriteOutcome } from '../../ports/venue-writer.ts';
import { CALL_MS, LOOK_MS } from '../actions/action-deps.ts';
import { withDeadline } from '../actions/with-deadline.ts';
import type { LegReport } from './flatten-record.ts';

export interface OrphanDeps {
  readonly writers: ReadonlyMap<string, AccountWriter>;
  readonly newId: () => string;
  readonly clock: Clock;
  /** On record before the venue hears of it; false: it is not, and then nothing is sent. */
  readonly noteOrphans: (position: Position, clientRef: string) => Promise<boolean>;
}

const NONE: StopsState = { takeProfit: [], stopLoss: [], trailing: null };

/**
 * Stops that a venue keeps although their position is gone would close the next one: they are cancelled,
 * once. Where a venue drops them by itself there is nothing to see, and nothing is sent.
 */
export async function clearOrphans(
  position: Position,
  { writers, newId, noteOrphans, clock }: OrphanDeps,
): Promise<LegReport['orphans']> {
  const writer = writers.get(position.account);
  if (!writer) return 'not-known';
  const ground = await withDeadline((signal) => writer.leg(position, signal), {
    ...{ clock, ms: LOOK_MS },
    late: () => err(venueError('unavailable', { code: 'timeout', ms: LOOK_MS })),
  });
  // Somebody has opened it again: those stops are the new position's.
  if (!ground.ok || ground.value.stops === null || !ground.value.contracts.isZero()) {
    return 'not-known';
  }
  const current = ground.value.stops;
  if (isNone(current)) return 'none';
  const { stops } = writer;
  const clientRef = newId();
  if (!stops || !(await noteOrphans(position, clientRef))) return 'kept';
  const order = { position, clientRef, stops: NONE, current };
  const outcome = await withDeadline<WriteOutcome>((signal) => stops.set(order, signal), {
    ...{ clock, ms: CALL_MS },
    late: () => ({
      kind: 'unknown',
      error: venueError('unavailable', { code: 'timeout', ms: CALL_MS }),
    }),
  });
  if (outcome.kind === 'accepted') return 'cancelled';
  return outcome.kind === 'refused' ? 'kept' : 'not-known';
}

function isNone({ takeProfit, stopLoss, trailing }: StopsState): boolean {
  return takeProfit.length === 0 && stopLoss.length === 0 && trailing === null;
}

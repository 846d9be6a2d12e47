import { dec } from '../../domain/decimal.ts';
import type { Position } from '../../domain/position.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import { positionsOf } from '../../portfolio/snapshot.ts';

const TOO_OLD_MS = 30_000;
const TOO_FAR = dec('0.005');

/**
 * Whether a report is no longer what the desk is like: taken long ago, or one of its marks has moved by more
 * than half a percent in what was read since.
 */
export function hasMoved(report: Snapshot, newest: Snapshot, now: number): boolean {
  if (now - report.takenAt > TOO_OLD_MS) return true;
  const marks = new Map(positionsOf(newest).map((each) => [legOf(each), each.markPrice]));
  return positionsOf(report).some((position) => {
    const [was, is] = [position.markPrice, marks.get(legOf(position)) ?? null];
    if (was === null || is === null || !was.gt(0)) return false;
    return is.minus(was).abs().div(was).gt(TOO_FAR);
  });
}

function legOf({ account, instrument, side }: Position): string {
  return `${account} ${instrument.id} ${side}`;
}

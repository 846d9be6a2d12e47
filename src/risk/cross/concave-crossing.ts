import type { CollateralBracket } from '../../domain/account.ts';
import { Decimal, dec } from '../../domain/decimal.ts';
import { isConvexTable } from '../convex-table.ts';
import { isOne } from '../roughly.ts';
import type { Line } from './line.ts';
import { at, zeroOf } from './line.ts';
import type { MarginPool, Move } from './margin-pool.ts';
import type { Direction } from './pool-death.ts';
import type { PoolSlack } from './pool-slack.ts';

/**
 * With rising, continuous maintenance rates and falling collateral rates the slack is concave: every
 * stretch's line lies above it, and it is positive on one interval. Steps from line to line then close in
 * on the nearest crossing from outside and cannot miss it, at a fraction of the work of walking every bend.
 */
export function isConcave({ legs, coins }: MarginPool, move: Move): boolean {
  // A price held at zero is a kink the wrong way.
  if (![...move.values()].every((beta) => isOne(beta) || (beta.gte(0) && beta.lte(1))))
    return false;
  return (
    legs.every(({ tiers, closingFee }) => !closingFee.isNegative() && isConvexTable(tiers)) &&
    coins.every(({ brackets }) => isFalling(brackets))
  );
}

const FALLING = new WeakMap<readonly CollateralBracket[], boolean>();

function isFalling(brackets: readonly CollateralBracket[]): boolean {
  const known = FALLING.get(brackets);
  if (known !== undefined) return known;
  const answer = brackets.every(
    ({ rate }, index) => rate.gte(0) && rate.lte(brackets[index - 1]?.rate ?? 1),
  );
  FALLING.set(brackets, answer);
  return answer;
}

/** Beyond these factors of the marks nothing is looked for. */
const ENDS: Readonly<Record<Direction, Decimal>> = { down: dec('1e-12'), up: dec('1e12') };
/** Each step leaves a stretch behind, so this is more than any pool has. */
const MOST_STEPS = 1000;

/** The nearest crossing of a pool that is alive now, in one direction; null when there is none. */
export function concaveCrossing(
  { slack, now }: { readonly slack: PoolSlack; readonly now: Line },
  direction: Direction,
): Decimal | null {
  let line = now;
  let zero = aheadOf(line, direction);
  if (zero === null) {
    // Nothing ahead by today's stretch: the last one tells whether it turns.
    line = slack.lineAt(ENDS[direction]);
    if (!endsBelowZero(line, direction)) return null;
    zero = aheadOf(line, direction);
  }
  for (let step = 0; zero !== null && step < MOST_STEPS; step += 1) {
    const next = slack.lineAt(zero);
    if (next.slope.eq(line.slope) && next.base.eq(line.base)) return zero;
    line = next;
    zero = aheadOf(line, direction);
  }
  return zero;
}

function aheadOf(line: Line, direction: Direction): Decimal | null {
  const zero = zeroOf(line);
  if (zero === null) return null;
  const isAhead = direction === 'down' ? zero.gt(0) && zero.lt(1) : zero.gt(1);
  return isAhead ? zero : null;
}

function endsBelowZero(line: Line, direction: Direction): boolean {
  return direction === 'down' ? at(line, new Decimal(0)).lt(0) : line.slope.lt(0);
}

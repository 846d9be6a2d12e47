import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { isOne } from '../roughly.ts';
import { concaveCrossing, isConcave } from './concave-crossing.ts';
import type { Line } from './line.ts';
import { at, zeroOf } from './line.ts';
import type { MarginPool, Move } from './margin-pool.ts';
import type { Stretch } from './pool-slack.ts';
import { factorsAt, poolSlack, zeroPrices } from './pool-slack.ts';
import { roughCrossings } from './rough-crossing.ts';

/**
 * Where a pool meets its liquidation when prices move, as factors t of the move (1 is now). A pool that
 * is already past it has the points that would save it instead. Null: none on that side.
 */
export interface PoolDeath {
  readonly isPast: boolean;
  /** Nearest below 1, above 0. */
  readonly below: Decimal | null;
  /** Nearest above 1. */
  readonly above: Decimal | null;
}

/**
 * Exact: each stretch between two bends of the piecewise affine slack is one linear equation. Both
 * directions, since a hedged book may die of a rise although it is net long.
 */
export function poolDeath(pool: MarginPool, move: Move): PoolDeath {
  return sureDeath(pool, move) ?? steppedDeath(pool, move);
}

/** One asset alone, which is most of what is asked: doubles say where, one equation a side says exactly. */
function sureDeath(pool: MarginPool, move: Move): PoolDeath | null {
  const [alone, another] = move;
  if (alone === undefined || another !== undefined) return null;
  if (!isOne(alone[1]) || !isConcave(pool, move)) return null;
  // Doubles take every leg to move; one that stands still belongs to a pool that was laid open for more.
  if (pool.legs.some(({ asset }) => asset !== alone[0])) return null;
  const crossings = roughCrossings(pool, alone[0]);
  if (crossings === 'unsure') return null;
  const { below, above } = crossings;
  if (below === null && above === null) return { isPast: false, below, above };
  const slack = poolSlack(pool, factorsAt(move, ONE));
  const zeroOn = (stretch: Stretch | null) => stretch && zeroOf(slack.lineOn(stretch));
  return { isPast: false, below: zeroOn(below), above: zeroOn(above) };
}

/** The same in decimals all the way: what sureDeath has to agree with, digit by digit. */
export function steppedDeath(pool: MarginPool, move: Move): PoolDeath {
  const slack = poolSlack(pool, factorsAt(move, ONE));
  const now = slack.lineAt(ONE);
  const isPast = at(now, ONE).lte(0);
  if (!isPast && isConcave(pool, move)) {
    const from = { slack, now };
    return { isPast, below: concaveCrossing(from, 'down'), above: concaveCrossing(from, 'up') };
  }
  return walkedDeath(pool, move, isPast);
}

/** The same for pools of any shape: jumping requirements, prices that reach zero. */
export function walkedDeath(pool: MarginPool, move: Move, isPast: boolean): PoolDeath {
  const walk = { pool, move, isPast };
  return { isPast, below: firstCrossing(walk, 'down'), above: firstCrossing(walk, 'up') };
}

interface Walk {
  readonly pool: MarginPool;
  readonly move: Move;
  readonly isPast: boolean;
}

export type Direction = 'down' | 'up';

function firstCrossing({ pool, move, isPast }: Walk, direction: Direction): Decimal | null {
  const stops = inOrder(zeroPrices(move), { direction, from: ONE, to: null });
  let from = ONE;
  for (const stop of [...stops, endOf(direction)]) {
    // Between two stops every price is one line, so the bends can be told beforehand.
    const slack = poolSlack(pool, factorsAt(move, between(from, stop)));
    const bends = inOrder(slack.bends(), { direction, from, to: stop });
    for (const to of [...bends, stop]) {
      const found = crossingIn(slack.lineAt(between(from, to)), { from, to, isPast });
      if (found !== null) return found;
      from = to ?? from;
    }
  }
  return null;
}

/** Prices end at zero below and nowhere above. */
function endOf(direction: Direction): Decimal | null {
  return direction === 'down' ? ZERO : null;
}

function between(from: Decimal, to: Decimal | null): Decimal {
  return to === null ? from.times(2) : from.plus(to).div(2);
}

function inOrder(
  points: readonly Decimal[],
  on: { readonly direction: Direction; readonly from: Decimal; readonly to: Decimal | null },
): Decimal[] {
  const { direction, from, to } = on;
  const sign = direction === 'up' ? 1 : -1;
  const isAhead = (point: Decimal) => point.comparedTo(from) * sign > 0 && point.gt(0);
  const isWithin = (point: Decimal) => to === null || point.comparedTo(to) * sign < 0;
  return points
    .filter((point) => isAhead(point) && isWithin(point))
    .sort((a, b) => a.comparedTo(b) * sign);
}

/**
 * The slack comes in on the good side (on the bad one when past). A stretch that begins on the other side
 * jumped there, or its root was lost to the fortieth digit: the crossing is where it begins.
 */
function crossingIn(
  line: Line,
  {
    from,
    to,
    isPast,
  }: Omit<Walk, 'pool' | 'move'> & {
    readonly from: Decimal;
    readonly to: Decimal | null;
  },
): Decimal | null {
  const here = at(line, from);
  if (isPast ? here.gt(0) : here.lt(0)) return from;
  const zero = zeroOf(line);
  return zero?.gt(0) && isBetween(zero, from, to) ? zero : null;
}

function isBetween(point: Decimal, from: Decimal, to: Decimal | null): boolean {
  if (to === null) return point.gte(from);
  return from.lt(to) ? point.gte(from) && point.lte(to) : point.lte(from) && point.gte(to);
}

import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import type { Result } from '../../domain/result.ts';
import { ok } from '../../domain/result.ts';
import { assetsIn } from '../cross/account-death.ts';
import type { Line } from '../cross/line.ts';
import { at } from '../cross/line.ts';
import type { LivePool } from '../cross/live-pool.ts';
import type { MarginPool } from '../cross/margin-pool.ts';
import type { LegMissing } from '../cross/moved-pools.ts';
import { movedPools } from '../cross/moved-pools.ts';
import { factorsAt, poolSlack } from '../cross/pool-slack.ts';
import type { AssetCurve } from './simulation.ts';

/** A live cross pool as the simulation wants it. */
export interface PoolCurves {
  /** Equity − requirement now, USD: what no curve has yet moved. */
  readonly spare: number;
  /**
   * One per asset that moves it, zero now, over the factor of today's price: marks of several venues
   * differ, their moves do not.
   */
  readonly curves: readonly AssetCurve[];
}

/**
 * What each asset does to the pool by itself. Adding the curves is exact as long as no coin with a haircut
 * settles legs of another asset.
 */
export function poolCurves(live: LivePool): Result<PoolCurves, LegMissing> {
  const curves: AssetCurve[] = [];
  for (const asset of assetsIn(live)) {
    const pools = movedPools(live, new Map([[asset, ONE]]));
    if (!pools.ok) return pools;
    const curve = worseCurve(
      asset,
      pools.value.map((pool) => piecesOf(pool, asset)),
    );
    if (curve.slopes.some((slope) => slope !== 0)) curves.push(curve);
  }
  const required = live.requiredUsd.times(live.rules.liquidatesAt);
  return ok({ spare: live.equityUsd.minus(required).toNumber(), curves });
}

/** A stretch of the slack without bends; `to` is null for the last. */
interface Piece {
  readonly to: Decimal | null;
  readonly line: Line;
}

function piecesOf(pool: MarginPool, asset: string): Piece[] {
  const move = new Map([[asset, ONE]]);
  // One price alone is above zero at every factor, so one set of lines serves them all.
  const slack = poolSlack(pool, factorsAt(move, ONE));
  const bends = slack
    .bends()
    .filter((bend) => bend.gt(0))
    .concat(ONE)
    .sort((a, b) => a.comparedTo(b))
    .filter((bend, i, all) => i === 0 || !bend.eq(all[i - 1] ?? bend));
  return [...bends, null].map((to, i): Piece => {
    const from = bends[i - 1] ?? null;
    const inside =
      to === null ? (from ?? ONE).times(2) : from === null ? to.div(2) : from.plus(to).div(2);
    return { to, line: slack.lineAt(inside) };
  });
}

/**
 * Where the haircut of a coin is known only between two rates there are two pools: below today's price the
 * one that fares worse there, above it likewise. All pass through the same point today.
 */
function worseCurve(asset: string, pools: readonly (readonly Piece[])[]): AssetCurve {
  const isBelow = ({ to }: Piece) => to?.lte(1) === true;
  const below = worst(
    pools.map((pieces) => pieces.filter(isBelow)),
    'down',
  );
  const above = worst(
    pools.map((pieces) => pieces.filter((piece) => !isBelow(piece))),
    'up',
  );
  const pieces = [...below, ...above];
  const now = above[0] === undefined ? ONE.minus(ONE) : at(above[0].line, ONE);
  return {
    asset,
    breaks: pieces.flatMap(({ to }) => (to === null ? [] : [to.toNumber()])),
    slopes: pieces.map(({ line }) => line.slope.toNumber()),
    intercepts: pieces.map(({ line }) => line.base.minus(now).toNumber()),
  };
}

function worst(sides: readonly (readonly Piece[])[], way: 'down' | 'up'): readonly Piece[] {
  const near = (pieces: readonly Piece[]) => (way === 'down' ? pieces.at(-1) : pieces[0]);
  const gain = (pieces: readonly Piece[]) => {
    const slope = near(pieces)?.line.slope ?? ONE;
    return way === 'down' ? slope.neg() : slope;
  };
  return sides.reduce((a, b) => (gain(b).lt(gain(a)) ? b : a));
}

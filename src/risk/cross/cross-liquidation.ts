import type { Decimal } from '../../domain/decimal.ts';
import { dec } from '../../domain/decimal.ts';
import type { Position } from '../../domain/position.ts';
import { product } from '../../domain/product.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import type { Price } from '../../domain/units.ts';
import { asPrice } from '../../domain/units.ts';
import { isAbove } from '../roughly.ts';
import type { AssetDeath } from './account-death.ts';
import type { AccountPools } from './account-pools.ts';
import { deathFor } from './account-pools.ts';
import type { PoolMissing } from './live-pool.ts';
import type { LegMissing } from './moved-pools.ts';

/** Nobody trades at prices farther than this many marks; venues print none there either. */
const FARTHEST = dec('100');

/**
 * Where this cross position goes down with its pool when its own asset moves and nothing else: on the side
 * that hurts it, below for a long and above for a short. The other side is a gain for it and another
 * leg's price, unless no other leg is there to show it (a debt in the coin outweighs a long). A pool that
 * is past already answers the price that would save it.
 */
export function crossLiquidation(
  position: Position,
  pools: AccountPools,
): Result<Price, PoolMissing | LegMissing | 'never' | 'past'> {
  if (pools.missing !== null) return err(pools.missing);
  const death = deathFor(position, pools);
  if (death === null) return err('no-equity');
  if (death.missing !== null) return err(death.missing);
  if (position.markPrice === null) return err('no-mark');
  const factor = factorFor(position, death, pools);
  if (factor === null) return err(death.isPast ? 'past' : 'never');
  return ok(asPrice(product(position.markPrice, factor)));
}

function factorFor(
  { side, instrument }: Position,
  { factors, isPast, pool, asset }: AssetDeath,
  { pools }: AccountPools,
): Decimal | null {
  const isBelow = (side === 'long') !== isPast;
  const below = inReach(factors.below);
  const above = inReach(factors.above);
  const own = isBelow ? below : above;
  if (own !== null) return own;
  const isOpposed = pools.some(
    ({ coin, positions }) =>
      (coin === pool || coin === instrument.settle) &&
      positions.some((leg) => leg.instrument.asset === asset && leg.side !== side),
  );
  if (!isPast && isOpposed) return null;
  return isBelow ? above : below;
}

/** The factor, when the price it makes is one that could be traded. */
export function inReach(factor: Decimal | null): Decimal | null {
  return factor === null || isAbove(factor, FARTHEST) ? null : factor;
}

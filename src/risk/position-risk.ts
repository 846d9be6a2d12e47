import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { isDollar, toUsd } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { Handle, Price, Ratio, Usd } from '../domain/units.ts';
import { asRatio, asUsd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { assetPrice } from './asset-price.ts';
import type { Band } from './band.ts';
import { bandOfDistance } from './band.ts';
import type { AssetDeath } from './cross/account-death.ts';
import type { AccountPools } from './cross/account-pools.ts';
import { deathFor } from './cross/account-pools.ts';
import type { PoolBasis } from './cross/live-pool.ts';
import type { EstimateMissing } from './estimate-liquidation.ts';
import { estimateLiquidation } from './estimate-liquidation.ts';
import { liquidationDistance } from './liquidation-distance.ts';
import { marginProfile } from './margin-profile.ts';
import { notionalUsd } from './notional.ts';
import { markValueOf, ownHealth, pnlOf } from './position-figures.ts';
import { printedLiquidation } from './printed-liquidation.ts';
import { CLOSE, roughly } from './roughly.ts';

/** One position, judged. Every USD figure is null when the mark or the coin price is not known. */
export interface PositionRisk {
  readonly handle: Handle;
  readonly position: Position;
  /** Of the account it belongs to. */
  readonly status: AccountSnapshot['status'];
  readonly notionalUsd: Usd | null;
  /** Margin assigned to an isolated position, without PnL; null for cross. */
  readonly collateralUsd: Usd | null;
  /** The venue's own, else ours from entry and mark. */
  readonly unrealizedPnlUsd: Usd | null;
  /** Ours, exact: not rounded the way the venue prints. */
  readonly estimatedLiquidationPrice: Price | null;
  /** How sure it is: of cross and portfolio positions, by their pool; null without an estimate. */
  readonly estimateBasis: 'isolated' | PoolBasis | null;
  /** Null exactly when there is an estimate. */
  readonly estimateMissing: EstimateMissing | null;
  /** `price`: the venue's or ours is known; `none`: there is none; `unknown`: nobody said. */
  readonly liquidationState: 'price' | 'none' | 'unknown';
  /** From the venue's price, else ours; share of the mark, negative when already past. */
  readonly liquidationDistance: Ratio | null;
  /** The venue's price and ours are more than two ticks or more than 0.5 % apart. */
  readonly disagrees: boolean;
  /** Isolated: its own (collateral + PnL) ÷ maintenance; cross and portfolio: the account's. */
  readonly healthFactor: Ratio | null;
  /** By distance; `ok` where there is no liquidation price, null where nothing is known. */
  readonly band: Band | null;
}

/** What a position cannot know by itself. */
export interface PositionSurroundings {
  readonly handle: Handle;
  readonly status: AccountSnapshot['status'];
  readonly accountHealth: Ratio | null;
  /** The cross pools of its account. */
  readonly pools: AccountPools;
}

export function assessPosition(position: Position, around: PositionSurroundings): PositionRisk {
  const pool = deathFor(position, around.pools);
  const estimate = estimateLiquidation(position, around.pools);
  const ours = estimate.ok ? estimate.value : null;
  const estimateMissing = estimate.ok ? null : estimate.error;
  const venues = position.liquidation.kind === 'price' ? position.liquidation.price : null;
  const basis = position.marginMode === 'isolated' ? 'isolated' : (pool?.basis ?? null);
  const price = venues ?? ours;
  const distance = price === null ? null : distanceOf(position, price, pool);
  const saidNone = position.liquidation.kind === 'none' || estimateMissing === 'never';
  const liquidationState = price !== null ? 'price' : saidNone ? 'none' : 'unknown';
  return {
    handle: around.handle,
    position,
    status: around.status,
    notionalUsd: worthUsd(position),
    collateralUsd: inUsd(position, position.collateral),
    unrealizedPnlUsd: unrealizedPnlUsd(position),
    estimatedLiquidationPrice: ours,
    estimateBasis: ours === null ? null : basis,
    estimateMissing,
    liquidationState,
    liquidationDistance: distance,
    disagrees:
      venues !== null &&
      ours !== null &&
      disagree(position, venues, { ours, isAlone: basis === 'isolated' }),
    healthFactor:
      position.marginMode === 'isolated' ? ownHealth(position) : healthOfMode(position, around),
    band: estimateMissing === 'past' ? 'emerg' : bandOf(liquidationState, distance),
  };
}

/** The value at the mark is known already, of a linear contract in dollars it is this. */
function worthUsd(position: Position): Usd | null {
  const { kind, quote } = position.instrument;
  const value = kind === 'linear' && isDollar(quote) ? markValueOf(position) : null;
  return value === null ? notionalUsd(position) : asUsd(value);
}

/**
 * Pools that are alive may print their price on the other side of the mark (both legs of a hedged pair on
 * Binance): the way there is what counts, it is not past.
 */
function distanceOf(position: Position, price: Price, pool: AssetDeath | null): Ratio | null {
  const { side, markPrice } = position;
  if (markPrice === null) return null;
  const distance = liquidationDistance(side, markPrice, price);
  const isAlive = pool !== null && pool.missing === null && !pool.isPast;
  return distance?.isNegative() && isAlive ? asRatio(distance.abs()) : distance;
}

function bandOf(state: PositionRisk['liquidationState'], distance: Ratio | null): Band | null {
  if (state === 'none') return 'ok';
  return distance === null ? null : bandOfDistance(distance);
}

/** A position without a margin mode may be either kind, so it has no health of its own or another's. */
function healthOfMode(position: Position, around: PositionSurroundings): Ratio | null {
  return position.marginMode === null ? null : around.accountHealth;
}

const MAX_APART = dec('0.005');
const MAX_TICKS = 2;

/**
 * Compared as the venue would print ours: its rounding is no disagreement. Ticks count only for a
 * position alone: of a pool, balances and marks come from two calls, and the market moves in between.
 */
function disagree(
  position: Position,
  venues: Price,
  { ours, isAlone }: { readonly ours: Price; readonly isAlone: boolean },
): boolean {
  const tick = position.instrument.tickSize;
  const sure = surelyApart({ ours, venues, tick, isAlone });
  if (sure !== null) return sure;
  const { prints } = marginProfile(position.venue);
  const apart = printedLiquidation(ours, position.side, { prints, tick }).minus(venues).abs();
  if (apart.gt(venues.abs().times(MAX_APART))) return true;
  return isAlone && tick?.gt(0) === true && apart.gt(tick.times(MAX_TICKS));
}

/** The same by doubles: printing moves a price by a tick at most. Null where that is too close to tell. */
function surelyApart(of: {
  readonly ours: Price;
  readonly venues: Price;
  readonly tick: Decimal | null;
  readonly isAlone: boolean;
}): boolean | null {
  const [ours, venues] = [roughly(of.ours), roughly(of.venues)];
  const tick = of.tick === null ? 0 : Math.abs(roughly(of.tick));
  const apart = Math.abs(ours - venues);
  const reach = tick + (Math.abs(ours) + Math.abs(venues)) * CLOSE;
  const share = Math.abs(venues) * roughly(MAX_APART);
  const limit = of.isAlone && tick > 0 ? Math.min(share, tick * MAX_TICKS) : share;
  if (apart > limit + reach) return true;
  return apart < limit - reach ? false : null;
}

/** The venue's own, else ours from entry and mark; in US dollars at the position's own mark. */
export function unrealizedPnlUsd(position: Position): Usd | null {
  return inUsd(position, pnlOf(position));
}

function inUsd(position: Position, value: Money | null): Usd | null {
  const usd = toUsd(value, value === null ? null : coinPrice(position, value.currency));
  return usd === null ? null : asUsd(usd);
}

/** A position's mark prices its own asset and nothing else. */
function coinPrice(position: Position, currency: string): Decimal | null {
  const { instrument, markPrice } = position;
  if (markPrice === null || currency !== instrument.asset || !isDollar(instrument.quote))
    return null;
  return assetPrice(markPrice, instrument.multiplier);
}

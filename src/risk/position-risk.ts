import type { Decimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { isDollar, toUsd } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import type { Handle, Price, Ratio, Usd } from '../domain/units.ts';
import { asRatio, asUsd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { assetPrice } from './asset-price.ts';
import type { Band } from './band.ts';
import { bandOfDistance } from './band.ts';
import type { AccountPools } from './cross/account-pools.ts';
import { deathFor } from './cross/account-pools.ts';
import type { PoolBasis } from './cross/live-pool.ts';
import { disagree } from './disagree.ts';
import type { EstimateMissing } from './estimate-liquidation.ts';
import { estimateLiquidation } from './estimate-liquidation.ts';
import { liquidationDistance } from './liquidation-distance.ts';
import { notionalUsd } from './notional.ts';
import { markValueOf, ownHealth, pnlOf } from './position-figures.ts';

/** One position, judged; see assessPosition and, before you spread one, toldOf. Every USD figure is null when the mark or the coin price is not known. */
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

/**
 * A position, judged when asked: each figure is worked out at its first reading, exactly, and most of
 * thousands are never read. What is cheap is worked out again at every reading rather than kept.
 */
export function assessPosition(position: Position, around: PositionSurroundings): PositionRisk {
  return new AssessedPosition(position, around);
}

/** All figures now, in an object of its own: an assessed position cannot be spread. */
export function toldOf(risk: PositionRisk): PositionRisk {
  return {
    handle: risk.handle,
    position: risk.position,
    status: risk.status,
    notionalUsd: risk.notionalUsd,
    collateralUsd: risk.collateralUsd,
    unrealizedPnlUsd: risk.unrealizedPnlUsd,
    estimatedLiquidationPrice: risk.estimatedLiquidationPrice,
    estimateBasis: risk.estimateBasis,
    estimateMissing: risk.estimateMissing,
    liquidationState: risk.liquidationState,
    liquidationDistance: risk.liquidationDistance,
    disagrees: risk.disagrees,
    healthFactor: risk.healthFactor,
    band: risk.band,
  };
}

class AssessedPosition implements PositionRisk {
  readonly position: Position;
  readonly #around: PositionSurroundings;
  #estimate: Result<Price, EstimateMissing> | null = null;
  #distance: Ratio | null | undefined = undefined;

  constructor(position: Position, around: PositionSurroundings) {
    this.position = position;
    this.#around = around;
  }

  get handle() {
    return this.#around.handle;
  }

  get status() {
    return this.#around.status;
  }

  get notionalUsd() {
    return worthUsd(this.position);
  }

  get collateralUsd() {
    return inUsd(this.position, this.position.collateral);
  }

  get unrealizedPnlUsd() {
    return unrealizedPnlUsd(this.position);
  }

  get estimatedLiquidationPrice(): Price | null {
    const estimate = this.#ours();
    return estimate.ok ? estimate.value : null;
  }

  get estimateMissing(): EstimateMissing | null {
    const estimate = this.#ours();
    return estimate.ok ? null : estimate.error;
  }

  get estimateBasis(): PositionRisk['estimateBasis'] {
    return this.#ours().ok ? this.#basis() : null;
  }

  get liquidationState(): PositionRisk['liquidationState'] {
    if (this.#price() !== null) return 'price';
    const isNone = this.position.liquidation.kind === 'none' || this.estimateMissing === 'never';
    return isNone ? 'none' : 'unknown';
  }

  get liquidationDistance(): Ratio | null {
    if (this.#distance === undefined) {
      const price = this.#price();
      const pools = this.#around.pools;
      this.#distance = price === null ? null : distanceOf(this.position, price, pools);
    }
    return this.#distance;
  }

  get disagrees() {
    const { liquidation } = this.position;
    const ours = this.estimatedLiquidationPrice;
    if (liquidation.kind !== 'price' || ours === null) return false;
    const isAlone = this.#basis() === 'isolated';
    return disagree(this.position, liquidation.price, { ours, isAlone });
  }

  get healthFactor() {
    const { marginMode } = this.position;
    if (marginMode === 'isolated') return ownHealth(this.position);
    // Without a margin mode it may be either kind, so it has no health of its own or another's.
    return marginMode === null ? null : this.#around.accountHealth;
  }

  get band(): Band | null {
    if (this.estimateMissing === 'past') return 'emerg';
    if (this.liquidationState === 'none') return 'ok';
    const distance = this.liquidationDistance;
    return distance === null ? null : bandOfDistance(distance);
  }

  #ours(): Result<Price, EstimateMissing> {
    this.#estimate ??= estimateLiquidation(this.position, this.#around.pools);
    return this.#estimate;
  }

  #basis(): 'isolated' | PoolBasis | null {
    if (this.position.marginMode === 'isolated') return 'isolated';
    return deathFor(this.position, this.#around.pools)?.basis ?? null;
  }

  #price(): Price | null {
    const { liquidation } = this.position;
    return liquidation.kind === 'price' ? liquidation.price : this.estimatedLiquidationPrice;
  }
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
function distanceOf(position: Position, price: Price, pools: AccountPools): Ratio | null {
  const { side, markPrice } = position;
  if (markPrice === null) return null;
  const distance = liquidationDistance(side, markPrice, price);
  if (distance === null || !distance.isNegative()) return distance;
  const pool = deathFor(position, pools);
  const isAlive = pool !== null && pool.missing === null && !pool.isPast;
  return isAlive ? asRatio(distance.abs()) : distance;
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

import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { isDollar, toUsd } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import type { Handle, Price, Ratio, Usd } from '../domain/units.ts';
import { asUsd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Band } from './band.ts';
import { bandOfDistance } from './band.ts';
import type { EstimateMissing } from './estimate-liquidation.ts';
import { estimateLiquidation } from './estimate-liquidation.ts';
import { liquidationDistance } from './liquidation-distance.ts';
import { maintenanceOf, valueTiers } from './maintenance.ts';
import { marginProfile } from './margin-profile.ts';
import { healthFactor } from './margin-ratio.ts';
import { notionalUsd, settleValue, sizeOf } from './notional.ts';
import { unrealizedPnl } from './pnl.ts';
import { printedLiquidation } from './printed-liquidation.ts';

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
}

export function assessPosition(position: Position, around: PositionSurroundings): PositionRisk {
  const estimate = estimateLiquidation(position);
  const ours = estimate.ok ? estimate.value : null;
  const estimateMissing = estimate.ok ? null : estimate.error;
  const venues = position.liquidation.kind === 'price' ? position.liquidation.price : null;
  const price = venues ?? ours;
  const distance =
    price === null || position.markPrice === null
      ? null
      : liquidationDistance(position.side, position.markPrice, price);
  const saidNone = position.liquidation.kind === 'none' || estimateMissing === 'never';
  const liquidationState = price !== null ? 'price' : saidNone ? 'none' : 'unknown';
  return {
    handle: around.handle,
    position,
    status: around.status,
    notionalUsd: notionalUsd(position),
    collateralUsd: inUsd(position, position.collateral),
    unrealizedPnlUsd: unrealizedPnlUsd(position),
    estimatedLiquidationPrice: ours,
    estimateMissing,
    liquidationState,
    liquidationDistance: distance,
    disagrees: venues !== null && ours !== null && disagree(position, venues, ours),
    healthFactor:
      position.marginMode === 'isolated' ? ownHealth(position) : healthOfMode(position, around),
    band: bandOf(liquidationState, distance),
  };
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

/** Compared as the venue would print ours: its rounding is no disagreement. */
function disagree(position: Position, venues: Price, ours: Price): boolean {
  const tick = position.instrument.tickSize;
  const { prints } = marginProfile(position.venue);
  const apart = printedLiquidation(ours, position.side, { prints, tick }).minus(venues).abs();
  if (apart.gt(venues.abs().times(MAX_APART))) return true;
  return tick?.gt(0) === true && apart.gt(tick.times(MAX_TICKS));
}

function ownHealth(position: Position): Ratio | null {
  const pnl = position.unrealizedPnl ?? ourPnl(position);
  const { collateral } = position;
  const maintenance = position.maintenanceMargin ?? ourMaintenance(position);
  if (collateral === null || pnl === null || maintenance === null) return null;
  const { currency } = collateral;
  if (pnl.currency !== currency || maintenance.currency !== currency) return null;
  return healthFactor(collateral.amount.plus(pnl.amount), maintenance.amount);
}

/** Maintenance by the instrument's brackets, at the mark or at entry as the venue does it. */
function ourMaintenance(position: Position): Money | null {
  const { instrument, contracts, entryPrice, markPrice } = position;
  const tiers = valueTiers(instrument, contracts);
  const onEntry = marginProfile(position.venue).maintenanceOn === 'entry';
  const price = onEntry ? entryPrice : markPrice;
  if (tiers === null || price === null || price.isZero()) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  const amount = maintenanceOf(tiers, settleValue(instrument.kind, size, price));
  return amount === null ? null : { amount, currency: instrument.settle };
}

function ourPnl(position: Position): Money | null {
  const { instrument, side, contracts, entryPrice, markPrice } = position;
  if (entryPrice === null || markPrice === null) return null;
  if (entryPrice.isZero() || markPrice.isZero()) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  const amount = unrealizedPnl({
    kind: instrument.kind,
    side,
    size,
    entry: entryPrice,
    mark: markPrice,
  });
  return { amount, currency: instrument.settle };
}

/** The venue's own, else ours from entry and mark; in US dollars at the position's own mark. */
export function unrealizedPnlUsd(position: Position): Usd | null {
  return inUsd(position, position.unrealizedPnl ?? ourPnl(position));
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
  return markPrice.div(instrument.multiplier);
}

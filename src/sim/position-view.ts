import { type Decimal, dec, ONE, ZERO } from '../domain/decimal.ts';
import { liquidationPriceOf, type MarginPool, slackUsd, usdPriceOf } from './margin-pool.ts';
import type { Marks, SimAccount, SimInstrument, SimPosition, SimTier } from './model.ts';
import { bankruptcyPriceOf, lossableMargin, marginOf, signOf } from './position-margin.ts';
import { coinNames, collateralRate, lockedMargin, walletOf } from './wallet.ts';

/** One position as its venue computes it. Money is in the instrument's settle currency. */
export interface PositionView {
  readonly position: SimPosition;
  readonly markPrice: Decimal;
  /** Base units at mark. */
  readonly quantity: Decimal;
  /** Value at mark: quote for linear, coin for inverse. */
  readonly notional: Decimal;
  readonly notionalUsd: Decimal;
  readonly unrealizedPnl: Decimal;
  readonly initialMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  /** OKX only: the fee its liquidation rule adds to maintenance; zero elsewhere. */
  readonly liquidationFee: Decimal;
  /** Exact, not yet on the tick; null: none. */
  readonly liquidationPrice: Decimal | null;
  /** Its pool, or its own margin, no longer covers what is required. */
  readonly isLiquidated: boolean;
  /** Where equity is gone (isolated only); null: none. */
  readonly bankruptcyPrice: Decimal | null;
  /** The bracket at mark. */
  readonly tier: SimTier;
}

/** A position of the account at these marks, its pool's other prices fixed. */
export function viewPosition(
  account: SimAccount,
  position: SimPosition,
  marks: Marks,
): PositionView {
  const { asset, settle } = position.instrument;
  const markPrice = marks(asset);
  const margin = marginOf(position, markPrice);
  const pool = poolOf(account, position);
  const price = liquidationPriceOf(pool, { asset, direction: directionOf(position) }, marks);
  return {
    ...margin,
    // ZTDX has one margin figure per position: what is assigned to it.
    initialMargin:
      account.venue === 'ztdx' ? (position.isolatedMargin ?? ZERO) : margin.initialMargin,
    position,
    markPrice,
    notionalUsd: margin.notional.times(usdPriceOf(settle, marks)),
    liquidationPrice: price !== null && isShown(position, price, markPrice) ? price : null,
    isLiquidated: slackUsd(pool, marks).lte(0),
    bankruptcyPrice: bankruptcyPriceOf(position),
  };
}

/** Binance's formula is of the whole pool; the others ask what hurts this leg. */
function directionOf({ instrument, side }: SimPosition): 'up' | 'down' | 'hurting' {
  if (instrument.venue === 'binance') return 'hurting';
  return side === 'long' ? 'down' : 'up';
}

/**
 * On the way to the price some positions of the pool gain. Binance prints it on them too (both legs of
 * a hedged pair); the others leave it empty, and a price beyond what the instrument can trade at.
 */
function isShown({ instrument, side }: SimPosition, price: Decimal, mark: Decimal): boolean {
  if (instrument.venue === 'binance') return true;
  const isHurt = price.minus(mark).times(signOf(side)).lte(0);
  return isHurt && price.lte(maxPriceOf(instrument));
}

/** As Bybit lists it: 1,999,998 for BTC. */
export function maxPriceOf({ tickSize }: SimInstrument): Decimal {
  return tickSize.times(19_999_980);
}

/** Liquidation of a portfolio margin account begins at 105 % of maintenance. */
const UNI_MMR_FLOOR = dec('1.05');

/** What would be liquidated together with this position. */
function poolOf(account: SimAccount, position: SimPosition): MarginPool {
  const { settle } = position.instrument;
  if (position.marginMode === 'isolated') {
    const margin = new Map([[settle, lossableMargin(position)]]);
    return { margin, collateralRate: () => ONE, positions: [position], liquidatesAt: ONE };
  }
  const isInPool = (coin: string) => account.pool === 'usd' || coin === settle;
  const free = coinNames(account)
    .filter(isInPool)
    .map((coin) => [coin, walletOf(account, coin).minus(lockedMargin(account, coin))] as const);
  return {
    margin: new Map(free),
    liquidatesAt: account.venue === 'binancepm' ? UNI_MMR_FLOOR : ONE,
    collateralRate: (coin) => collateralRate(account, coin),
    positions: account.positions.filter(
      (each) => each.marginMode === 'cross' && isInPool(each.instrument.settle),
    ),
  };
}

import type { Decimal } from '../domain/decimal.ts';
import type { SimAccount, SimAsset, SimOrder, SimPosition, SimTier } from './model.ts';

/** Mark price of an asset now. */
export type Marks = (asset: SimAsset) => Decimal;

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
  /** Where equity is gone (isolated only); null: none. */
  readonly bankruptcyPrice: Decimal | null;
  /** The bracket at mark. */
  readonly tier: SimTier;
}

export interface OrderView {
  readonly order: SimOrder;
  /** At the order's price, in settle; zero for reduce-only. */
  readonly initialMargin: Decimal;
}

/** One coin of the wallet. Money is in the coin. Coins with neither balance nor positions are left out. */
export interface CoinView {
  readonly coin: string;
  readonly usdPrice: Decimal;
  readonly wallet: Decimal;
  readonly unrealizedPnl: Decimal;
  /** wallet + unrealizedPnl */
  readonly equity: Decimal;
  readonly positionInitialMargin: Decimal;
  readonly orderInitialMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  readonly liquidationFee: Decimal;
  /** Margin locked in isolated positions, without PnL. */
  readonly isolatedMargin: Decimal;
  readonly isolatedPnl: Decimal;
  /** Share of a positive equity that counts as margin in a USD pool. */
  readonly collateralRate: Decimal;
  /** Free in this coin, not below zero. */
  readonly available: Decimal;
}

/** The account in US dollars, dollar coins at par. */
export interface AccountView {
  readonly account: SimAccount;
  readonly positions: readonly PositionView[];
  readonly orders: readonly OrderView[];
  readonly coins: readonly CoinView[];
  readonly walletUsd: Decimal;
  readonly unrealizedPnlUsd: Decimal;
  /** Net asset value at mark, before haircuts. */
  readonly equityUsd: Decimal;
  /** Equity after haircuts: what the venue's own ratio divides by. */
  readonly marginBalanceUsd: Decimal;
  readonly positionInitialMarginUsd: Decimal;
  readonly orderInitialMarginUsd: Decimal;
  /** Positions and orders. */
  readonly initialMarginUsd: Decimal;
  readonly maintenanceMarginUsd: Decimal;
  readonly liquidationFeeUsd: Decimal;
  /** Free to open or withdraw, not below zero. */
  readonly availableUsd: Decimal;
}

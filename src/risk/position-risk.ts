import type { Position } from '../domain/position.ts';
import type { Handle, Price, Ratio, Usd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import type { Band } from './band.ts';

/**
 * Why there is no liquidation price of our own. `never` is an answer, not a hole: no price of this
 * instrument liquidates the position (a short fully covered in coin).
 */
export type EstimateMissing =
  | 'cross'
  | 'portfolio'
  | 'no-margin-mode'
  | 'no-tiers'
  | 'no-collateral'
  | 'no-entry'
  | 'no-mark'
  | 'no-fee'
  | 'never';

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
  readonly band: Band | null;
}

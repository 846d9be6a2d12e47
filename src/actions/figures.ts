import { ONE } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import type { PriceState } from '../domain/position.ts';
import type { Rung } from '../domain/stops.ts';
import type { Price, Quantity, Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';

/**
 * Where a position, or the account of a transfer, stands: one side of a preview. Null: not known, or
 * not a thing an account has.
 */
export interface Figures {
  /** Base units; zero: closed. */
  readonly quantity: Quantity | null;
  /** Of an isolated position; null for cross. */
  readonly collateral: Money | null;
  /** Isolated: its own; cross: its account's. Liquidation at 1. */
  readonly healthFactor: Ratio | null;
  /** 1 ÷ health factor; null when there is no equity to divide by. */
  readonly riskUse: Ratio | null;
  /** The venue's own: after a change of margin or size, unknown until it says so. */
  readonly liquidationPrice: PriceState;
  /** Ours. */
  readonly estimatedLiquidationPrice: Price | null;
  /** By the venue's price, else ours; share of the mark, negative when already past. */
  readonly liquidationDistance: Ratio | null;
  readonly probability24h: Ratio | null;
  /** Triggers of the full-size orders. */
  readonly takeProfit: PriceState;
  readonly stopLoss: PriceState;
  /** What the account that pays may still use. */
  readonly freeCollateral: Money | null;
}

export function riskUseOf(healthFactor: Ratio | null): Ratio | null {
  return healthFactor?.gt(0) ? asRatio(ONE.div(healthFactor)) : null;
}

/** The trigger of the one full-size stop; a ladder has none. */
export function fullSize(rungs: readonly Rung[] | null): PriceState {
  if (rungs === null) return { kind: 'unknown' };
  const [only] = rungs;
  return only?.share.eq(ONE) ? { kind: 'price', price: only.price } : { kind: 'none' };
}

import type { Decimal } from '../domain/decimal.ts';
import { ratioOf } from '../domain/decimal.ts';
import type { VenueRatio } from '../domain/position.ts';
import { product } from '../domain/product.ts';
import { quotient } from '../domain/quotient.ts';
import { sum } from '../domain/sum.ts';
import type { Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';
import { isPositive } from './roughly.ts';

/** Maintenance ÷ equity: liquidation at 1. Null when there is no equity to divide by: see healthFactor. */
export function riskUse(maintenance: Decimal | null, equity: Decimal | null): Ratio | null {
  return equity !== null && isPositive(equity) ? over(maintenance, equity) : null;
}

/** Equity ÷ maintenance: liquidation at 1, negative when more than everything is lost. Null without a requirement. */
export function healthFactor(equity: Decimal | null, maintenance: Decimal | null): Ratio | null {
  return maintenance !== null && isPositive(maintenance) ? over(equity, maintenance) : null;
}

/** Initial margin (orders included) ÷ equity. Null when there is no equity to divide by. */
export function marginUsage(initialMargin: Decimal | null, equity: Decimal | null): Ratio | null {
  return equity !== null && isPositive(equity) ? over(initialMargin, equity) : null;
}

/** Collateral ÷ value at entry, ZTDX's `margin_rate`. */
export function marginRate(collateral: Decimal, entryValue: Decimal): Ratio | null {
  return asRatioOrNull(ratioOf(collateral, entryValue));
}

/**
 * What OKX, Gate, Bitget and Phemex demand: maintenance and the fee of a forced close.
 * OKX's `mgnRatio` is the health factor over this.
 */
export function requirementWithFee(
  maintenance: Decimal,
  value: Decimal,
  closingFee: Decimal,
): Decimal {
  return closingFee.isZero() ? maintenance : sum(maintenance, product(value, closingFee));
}

export interface BybitEquity {
  readonly marginBalance: Decimal;
  readonly haircutLoss: Decimal;
  /** Zero or negative. */
  readonly orderLoss: Decimal;
}

/** What Bybit's accountIMRate and accountMMRate divide by (UTA glossary, 2026-03). */
export function bybitEquity({ marginBalance, haircutLoss, orderLoss }: BybitEquity): Decimal {
  return marginBalance.minus(haircutLoss).plus(orderLoss);
}

/** A coin as margin: value × rate, while a debt counts in full. */
export function collateralValue(quantity: Decimal, price: Decimal, rate: Decimal): Decimal {
  const value = quantity.times(price);
  return value.isNegative() ? value : value.times(rate);
}

/**
 * The venue's own figure turned into riskUse: 1 where the venue liquidates, above 1 past it.
 * Null when it says nothing (a ratio of zero or less that falls toward liquidation has no inverse).
 */
export function venueRiskUse(ratio: VenueRatio): Ratio | null {
  const { value, direction, liquidatesAt } = ratio;
  if (direction === 'up') return asRatioOrNull(ratioOf(value, liquidatesAt));
  return value.gt(0) && liquidatesAt.gt(0) ? asRatio(liquidatesAt.div(value)) : null;
}

/** `below` is not zero. */
function over(above: Decimal | null, below: Decimal): Ratio | null {
  return above === null ? null : asRatio(quotient(above, below));
}

function asRatioOrNull(value: Decimal | null): Ratio | null {
  return value === null ? null : asRatio(value);
}

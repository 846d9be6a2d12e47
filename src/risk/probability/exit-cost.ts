import type { Decimal } from '../../domain/decimal.ts';

/** One side of an order book, in doubles: depth estimates slippage, it is never money. */
export interface BookSide {
  /** Best first: bids to close a long, asks to close a short. Quantities in base units. */
  readonly levels: readonly { readonly price: number; readonly quantity: number }[];
  readonly mid: number;
}

/** What closing through a book costs, as far as the book goes. */
export interface ExitCost {
  readonly filled: number;
  /** What the book cannot take: nothing is known about its price, and none is made up. */
  readonly unfilled: number;
  /** Quote lost against the mid on the filled part. */
  readonly cost: number;
  /** Cost ÷ (filled × mid); null when nothing is filled. */
  readonly slippage: number | null;
}

export function exitCost({ levels, mid }: BookSide, size: number): ExitCost {
  let unfilled = size;
  let cost = 0;
  for (const { price, quantity } of levels) {
    const taken = Math.max(0, Math.min(unfilled, quantity));
    cost += Math.abs(price - mid) * taken;
    unfilled -= taken;
  }
  const filled = size - unfilled;
  const slippage = cost / (filled * mid);
  return { filled, unfilled, cost, slippage: Number.isFinite(slippage) ? slippage : null };
}

/**
 * Health after getting out: (equity − exit cost) ÷ maintenance, all in one currency. A statistic, since
 * the cost is an estimate. Null without a maintenance requirement.
 */
export function netHealthFactor(
  equity: Decimal,
  maintenance: Decimal,
  estimatedCost: number,
): number | null {
  if (!maintenance.gt(0) || !Number.isFinite(estimatedCost)) return null;
  return (equity.toNumber() - estimatedCost) / maintenance.toNumber();
}

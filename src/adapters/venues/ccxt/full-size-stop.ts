import type { Decimal } from '../../../domain/decimal.ts';
import type { PriceState, Side } from '../../../domain/position.ts';
import type { Price } from '../../../domain/units.ts';

/** A resting conditional order that closes one side of a position, whatever the venue calls it. */
export interface StopOrder {
  /** The venue's own symbol. */
  readonly market: string;
  readonly kind: 'takeProfit' | 'stopLoss';
  /** The side it closes: a sell order closes a long. */
  readonly closes: Side;
  readonly triggerPrice: Price;
  /** In the venue's contracts; null: the whole position, whatever its size then. */
  readonly contracts: Decimal | null;
  /** Where the venue binds an order to one margin mode (OKX), else null. */
  readonly marginMode: 'cross' | 'isolated' | null;
}

/** The leg a stop must cover. */
export interface StoppedLeg {
  readonly market: string;
  readonly side: Side;
  readonly contracts: Decimal;
  readonly marginMode: string | null;
}

/**
 * Trigger price of the order that closes all of this leg. Of several, the one price meets first.
 * Partial orders do not count: a stop on half the size is not a stop.
 * `orders` is null when the venue could not be asked.
 */
export function fullSizeStop(
  orders: readonly StopOrder[] | null,
  leg: StoppedLeg,
  kind: StopOrder['kind'],
): PriceState {
  if (orders === null) return { kind: 'unknown' };
  const isHigherNearer = (leg.side === 'long') === (kind === 'stopLoss');
  let nearest: Price | null = null;
  for (const order of orders) {
    if (order.kind !== kind || !isWhole(order, leg)) continue;
    const price = order.triggerPrice;
    if (nearest === null || (isHigherNearer ? price.gt(nearest) : price.lt(nearest))) {
      nearest = price;
    }
  }
  return nearest === null ? { kind: 'none' } : { kind: 'price', price: nearest };
}

function isWhole(order: StopOrder, leg: StoppedLeg): boolean {
  if (order.market !== leg.market || order.closes !== leg.side) return false;
  if (order.marginMode !== null && order.marginMode !== leg.marginMode) return false;
  return order.contracts === null || order.contracts.gte(leg.contracts);
}

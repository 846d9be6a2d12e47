import type { Decimal } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import { quotient } from '../domain/quotient.ts';
import { difference } from '../domain/sum.ts';
import type { Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';

/** The way to the liquidation price in quote currency: long mark − liq, short liq − mark; below zero is past it. */
export function liquidationGap(side: Side, mark: Decimal, liquidation: Decimal): Decimal {
  return side === 'long' ? difference(mark, liquidation) : difference(liquidation, mark);
}

/** The same as a share of the mark. Null at a mark of zero. */
export function liquidationDistance(side: Side, mark: Decimal, liquidation: Decimal): Ratio | null {
  const share = mark.isZero() ? null : quotient(liquidationGap(side, mark, liquidation), mark);
  return share === null ? null : asRatio(share);
}

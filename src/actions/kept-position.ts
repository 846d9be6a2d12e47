import type { Decimal } from '../domain/decimal.ts';
import { ONE } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { addMoney, money } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import { asQuantity } from '../domain/units.ts';
import { settleValue, sizeOf } from '../risk/notional.ts';
import { pnlOf, requiredOf } from '../risk/position-figures.ts';

/**
 * The part that is left after a share is closed at the mark. Maintenance falls as by the brackets; where
 * there are none in proportion, which is the safe side.
 */
export function keptPosition(
  position: Position,
  by: {
    readonly closed: Decimal;
    readonly closingFee: Decimal;
    readonly marginOnReduce: 'released' | 'kept';
  },
): Position {
  const share = ONE.minus(by.closed);
  const { quantity, contracts, collateral, maintenanceMargin, unrealizedPnl } = position;
  const scaled = (value: Money | null) => value && money(value.amount.times(share), value.currency);
  const settled = by.marginOnReduce === 'released' ? scaled(collateral) : keptMargin(position, by);
  return {
    ...position,
    contracts: contracts.times(share),
    quantity: quantity && asQuantity(quantity.times(share)),
    collateral: settled,
    initialMargin: null,
    maintenanceMargin: maintenanceMargin && maintenanceLeft(position, { share, maintenanceMargin }),
    unrealizedPnl: scaled(unrealizedPnl),
  };
}

/** The venue's own, moved as ours moves. */
function maintenanceLeft(
  position: Position,
  { share, maintenanceMargin }: { readonly share: Decimal; readonly maintenanceMargin: Money },
): Money {
  const ours = requiredOf({ ...position, maintenanceMargin: null });
  const contracts = position.contracts.times(share);
  const left = requiredOf({ ...position, maintenanceMargin: null, contracts });
  const { amount, currency } = maintenanceMargin;
  const moved = ours && left && ours.amount.gt(0) ? left.amount.div(ours.amount) : share;
  return money(amount.times(moved), currency);
}

/** All of the margin, with what the closed part earned and the close cost. */
function keptMargin(
  position: Position,
  { closed, closingFee }: { readonly closed: Decimal; readonly closingFee: Decimal },
): Money | null {
  const { collateral, instrument, contracts, markPrice } = position;
  const pnl = pnlOf(position);
  if (collateral === null || pnl === null || markPrice === null) return null;
  const size = sizeOf(contracts, instrument.contractSize);
  const cost = settleValue(instrument.kind, size, markPrice).times(closingFee);
  const earned = pnl.amount.minus(cost).times(closed);
  return addMoney(collateral, money(earned, pnl.currency));
}

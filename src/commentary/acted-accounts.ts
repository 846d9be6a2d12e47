import type { AccountMargin, CollateralBalance } from '../domain/account.ts';
import type { Decimal } from '../domain/decimal.ts';
import { ONE } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { addMoney, isDollar, money } from '../domain/money.ts';
import type { Position, VenueRatio } from '../domain/position.ts';
import type { Usd } from '../domain/units.ts';
import { asQuantity, asUsd } from '../domain/units.ts';
import type { AccountSnapshot } from '../portfolio/snapshot.ts';
import { notionalUsd } from '../risk/notional.ts';

/** The account with margin moved from what is free into one isolated position. Dollars only. */
export function withMarginAdded(
  account: AccountSnapshot,
  position: Position,
  amount: Money,
): AccountSnapshot {
  const positions = account.positions.map((each) =>
    each === position && each.collateral !== null
      ? { ...each, collateral: addMoney(each.collateral, amount), liquidation: NOT_SAID }
      : each,
  );
  const margin = account.margin && {
    ...account.margin,
    availableUsd: less(account.margin.availableUsd, amount.amount),
  };
  return { ...account, positions, margin };
}

/** The account with dollars taken out (below zero) or put in. Requirements do not move. */
export function withCollateral(account: AccountSnapshot, change: Money): AccountSnapshot {
  const { margin } = account;
  if (margin === null) return account;
  const out = change.amount.neg();
  return {
    ...account,
    positions: account.positions.map(asOurs),
    margin: {
      ...margin,
      equityUsd: less(margin.equityUsd, out),
      availableUsd: less(margin.availableUsd, out),
      venueRatio: ratioAfter(margin, {
        equity: change.amount,
        required: margin.maintenanceMarginUsd,
      }),
      collateral: moved(margin.collateral, change),
    },
  };
}

/**
 * The account with a share of a cross position closed at the mark. What is required falls at least in
 * proportion, so proportion is the safe side; the close costs its fee. Null: the cost is not known.
 */
export function withShareClosed(
  account: AccountSnapshot,
  position: Position,
  share: Decimal,
): AccountSnapshot | null {
  const fee = position.instrument.takerFee;
  const value = notionalUsd(position);
  if (account.margin === null || fee === null || value === null) return null;
  const cost = value.times(share).times(fee);
  const kept = ONE.minus(share);
  const { settle } = position.instrument;
  const scaled = (figure: Money | null) =>
    figure && money(figure.amount.times(kept), figure.currency);
  const left: Position = {
    ...asOurs(position),
    contracts: position.contracts.times(kept),
    quantity: position.quantity && asQuantity(position.quantity.times(kept)),
    initialMargin: scaled(position.initialMargin),
    maintenanceMargin: scaled(position.maintenanceMargin),
    unrealizedPnl: scaled(position.unrealizedPnl),
  };
  const freed = (figure: Money | null) =>
    figure !== null && isDollar(figure.currency) ? figure.amount.times(share) : null;
  const before = account.margin;
  const required = less(before.maintenanceMarginUsd, freed(position.maintenanceMargin));
  const margin: AccountMargin = {
    ...before,
    equityUsd: less(before.equityUsd, cost),
    initialMarginUsd: less(before.initialMarginUsd, freed(position.initialMargin)),
    maintenanceMarginUsd: required,
    venueRatio: ratioAfter(before, { equity: cost.neg(), required }),
    collateral: moved(before.collateral, money(cost.neg(), settle)),
  };
  const positions = account.positions.map((each) => (each === position ? left : asOurs(each)));
  return { ...account, positions, margin };
}

/**
 * The venue's own ratio as it would be: what it counts as equity follows from it, changes by as much, and
 * stands against what is then required. Null where that cannot be reckoned.
 */
function ratioAfter(
  { venueRatio, maintenanceMarginUsd: was }: AccountMargin,
  { equity, required }: { readonly equity: Decimal; readonly required: Usd | null },
): VenueRatio | null {
  if (venueRatio === null || !was?.gt(0) || !required?.gt(0) || venueRatio.value.isZero())
    return null;
  const isUp = venueRatio.direction === 'up';
  const counted = isUp ? was.div(venueRatio.value) : was.times(venueRatio.value);
  const after = counted.plus(equity);
  if (!after.gt(0)) return null;
  return { ...venueRatio, value: isUp ? required.div(after) : after.div(required) };
}

const NOT_SAID = { kind: 'unknown' } as const;

/** The venue's price was for the account as it was; of isolated positions it still holds. */
function asOurs(position: Position): Position {
  return position.marginMode === 'isolated' ? position : { ...position, liquidation: NOT_SAID };
}

function less(figure: Usd | null, amount: Decimal | null): Usd | null {
  return figure === null || amount === null ? null : asUsd(figure.minus(amount));
}

function moved(
  balances: readonly CollateralBalance[],
  { amount, currency }: Money,
): readonly CollateralBalance[] {
  return balances.map((each) => {
    if (each.asset !== currency) return each;
    const venueUsd = each.venueUsd === null ? null : asUsd(each.venueUsd.plus(amount));
    return { ...each, quantity: each.quantity.plus(amount), venueUsd };
  });
}

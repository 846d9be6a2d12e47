import { type Decimal, ONE } from '../../domain/decimal.ts';
import { freshId, recorded } from '../history.ts';
import type { SimAccount, SimExecution, SimPosition } from '../model.ts';
import { marginOf, notionalAt } from '../position-margin.ts';
import { triggersOf, withTriggers } from '../triggers.ts';
import { walletOf } from '../wallet.ts';
import { replacePosition } from './change-margin.ts';

interface Close {
  readonly position: SimPosition;
  /** At most the position's. */
  readonly contracts: Decimal;
  /** What was asked for, when only a part of it is filled. */
  readonly asked?: Decimal;
  readonly price: Decimal;
  readonly clientId: string;
  readonly cause: SimExecution['cause'];
  readonly now: number;
}

/**
 * A market order that takes a position down, or away. Gain and fee go to the wallet. Of an isolated
 * margin the closed share is released: the position keeps its leverage. ZTDX has no page about it.
 */
export function closePart(
  account: SimAccount,
  close: Close,
): { readonly account: SimAccount; readonly execution: SimExecution } {
  const { position, contracts, price, now } = close;
  const { instrument, isolatedMargin, side } = position;
  const share = contracts.div(position.contracts);
  // In the wallet's eight digits, so that what is booked is what is printed.
  const fee = notionalAt(instrument, contracts, price)
    .times(instrument.takerFee)
    .toDecimalPlaces(8);
  const gain = marginOf(position, price).unrealizedPnl.times(share).toDecimalPlaces(8);
  // What an isolated position loses beyond its margin is the insurance fund's.
  const worst = isolatedMargin?.times(share).toDecimalPlaces(8).neg() ?? null;
  const exact = gain.minus(fee);
  const earned = worst !== null && exact.lt(worst) ? worst : exact;
  const realizedPnl = earned.plus(fee);
  const { settle } = instrument;
  const balances = { ...account.balances, [settle]: walletOf(account, settle).plus(earned) };
  const left = position.contracts.minus(contracts);
  const margin = isolatedMargin?.times(ONE.minus(share)).toDecimalPlaces(8) ?? null;
  const kept = { ...position, contracts: left, isolatedMargin: margin, updatedAt: now };
  const settled = { ...account, balances };
  const after = left.isZero() ? withoutPosition(settled, position, now) : keep(settled, kept);
  const execution: SimExecution = {
    ...{ id: freshId(account, 'order'), clientId: close.clientId, instrument },
    ...{ side: side === 'long' ? 'sell' : 'buy', positionSide: side, price, fee, realizedPnl },
    ...{ marginMode: position.marginMode, leverage: position.leverage, cause: close.cause },
    ...{ asked: close.asked ?? contracts, filled: contracts, at: now },
  };
  return { account: recorded(after, { executions: [execution] }), execution };
}

function keep(account: SimAccount, position: SimPosition): SimAccount {
  return withTriggers(replacePosition(account, position), triggersOf(account));
}

/** Nothing is left that a trigger could close: the venues cancel them with the position. */
function withoutPosition(account: SimAccount, position: SimPosition, now: number): SimAccount {
  const all = triggersOf(account);
  const mine = all.filter(({ positionId }) => positionId === position.id);
  const positions = account.positions.filter(({ id }) => id !== position.id);
  const rest = all.filter(({ positionId }) => positionId !== position.id);
  const cancelled = mine.map((trigger) => ({
    ...{ trigger, end: 'cancelled' as const, executionId: null, at: now },
  }));
  return recorded(withTriggers({ ...account, positions }, rest), { triggers: cancelled });
}

import { Decimal, ONE } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import { money } from '../domain/money.ts';
import type { Result } from '../domain/result.ts';
import { err, ok, unreachable } from '../domain/result.ts';
import type { MarginSubject, TargetMissing } from '../risk/cross/margin-target.ts';
import { marginToReach } from '../risk/cross/margin-to-reach.ts';
import { sizeToReach } from '../risk/cross/size-to-reach.ts';

/** How much margin: an amount in settle, a share of the position's collateral, or what reaches a target. */
export type MarginAsk =
  | { readonly kind: 'amount'; readonly amount: Decimal }
  | { readonly kind: 'share'; readonly share: Decimal }
  | { readonly kind: 'liquidation-price'; readonly price: Decimal }
  | { readonly kind: 'health-factor'; readonly value: Decimal };

/** How much to close: base units, a share of the position, or what reaches a health factor. */
export type SizeAsk =
  | { readonly kind: 'quantity'; readonly quantity: Decimal }
  | { readonly kind: 'share'; readonly share: Decimal }
  | { readonly kind: 'health-factor'; readonly value: Decimal };

/**
 * Why an ask has no amount, besides what a target misses. `cross-margin`: the position has no margin of
 * its own. `too-small`: nothing is left of it in whole steps. `there-already`: the target holds without
 * it. `more-than-free`, `more-than-collateral`, `more-than-position`: it is not there to be taken.
 * `not-by-reducing`: the venue lets margin go with the part that is closed, so health stays as it is.
 */
export type AmountRefusal =
  | TargetMissing
  | 'cross-margin'
  | 'not-positive'
  | 'too-small'
  | 'there-already'
  | 'more-than-free'
  | 'more-than-collateral'
  | 'more-than-position'
  | 'not-by-reducing';

export interface MarginRoom {
  /** Smallest step of an amount in settle; null: exact. */
  readonly step: Decimal | null;
  /** What the account may still give; null: not known, the venue will say. */
  readonly free: Money | null;
}

/** The margin to add to an isolated position, above zero: given amounts down to the step, targets up. */
export function marginToAdd(
  subject: MarginSubject,
  ask: MarginAsk,
  { step, free }: MarginRoom,
): Result<Money, AmountRefusal> {
  const change = marginChange(subject, ask, { step, sign: ONE });
  if (!change.ok) return change;
  const isShort = free?.currency === change.value.currency && change.value.amount.gt(free.amount);
  return isShort ? err('more-than-free') : change;
}

/** The margin to take from an isolated position, above zero and down to the step whatever was asked. */
export function marginToRemove(
  subject: MarginSubject,
  ask: MarginAsk,
  step: Decimal | null,
): Result<Money, AmountRefusal> {
  const change = marginChange(subject, ask, { step, sign: ONE.neg() });
  if (!change.ok) return change;
  const held = subject.position.collateral;
  return held && change.value.amount.gt(held.amount) ? err('more-than-collateral') : change;
}

interface Way {
  readonly step: Decimal | null;
  /** 1 adds, -1 removes. */
  readonly sign: Decimal;
}

function marginChange(
  subject: MarginSubject,
  ask: MarginAsk,
  { step, sign }: Way,
): Result<Money, AmountRefusal> {
  const { marginMode, collateral, instrument } = subject.position;
  if (marginMode === null) return err('no-margin-mode');
  if (marginMode !== 'isolated') return err('cross-margin');
  if (collateral?.currency !== instrument.settle) return err('no-collateral');
  switch (ask.kind) {
    case 'amount':
      return inSteps(money(ask.amount, instrument.settle), step);
    case 'share':
      return inSteps(money(collateral.amount.times(ask.share), instrument.settle), step);
    case 'liquidation-price':
    case 'health-factor': {
      const reached = marginToReach(subject, ask, step);
      if (!reached.ok) return reached;
      const amount = reached.value.change.amount.times(sign);
      return amount.gt(0) ? ok(money(amount, instrument.settle)) : err('there-already');
    }
    default:
      return unreachable(ask);
  }
}

/** A given amount in whole steps, never more than was said. */
export function inSteps(
  { amount, currency }: Money,
  step: Decimal | null,
): Result<Money, 'not-positive' | 'too-small'> {
  if (amount.lte(0)) return err('not-positive');
  const whole = downToStep(amount, step);
  return whole.isZero() ? err('too-small') : ok(money(whole, currency));
}

function downToStep(amount: Decimal, step: Decimal | null): Decimal {
  if (step === null || step.lte(0)) return amount;
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_DOWN).times(step);
}

export interface SizeRoom {
  /** Smallest step of a close, in contracts; null: exact. */
  readonly step: Decimal | null;
  /** Share of the closed value that the close costs. */
  readonly closingFee: Decimal;
  /** What becomes of an isolated position's margin when a part of it is closed. */
  readonly marginOnReduce: 'released' | 'kept';
}

/** Contracts to close: given sizes down to the step, a target up. All of it closes dust as well. */
export function contractsToClose(
  subject: MarginSubject,
  ask: SizeAsk,
  room: SizeRoom,
): Result<Decimal, AmountRefusal> {
  const { contracts, quantity } = subject.position;
  switch (ask.kind) {
    case 'share':
      return closeOf(contracts.times(ask.share), contracts, room.step);
    case 'quantity':
      if (quantity === null || quantity.lte(0)) return err('no-mark');
      // By proportion: right for inverse contracts as well, and all of it is exactly all.
      return closeOf(ask.quantity.times(contracts).div(quantity), contracts, room.step);
    case 'health-factor': {
      const isReleased = room.marginOnReduce === 'released';
      if (isReleased && subject.position.marginMode === 'isolated') return err('not-by-reducing');
      const reached = sizeToReach(subject, { ...room, healthFactor: ask.value });
      if (!reached.ok) return reached;
      const { closeContracts } = reached.value;
      return closeContracts.isZero() ? err('there-already') : ok(closeContracts);
    }
    default:
      return unreachable(ask);
  }
}

function closeOf(
  asked: Decimal,
  held: Decimal,
  step: Decimal | null,
): Result<Decimal, AmountRefusal> {
  if (asked.lte(0)) return err('not-positive');
  if (asked.gt(held)) return err('more-than-position');
  if (asked.eq(held)) return ok(held);
  const whole = downToStep(asked, step);
  return whole.isZero() ? err('too-small') : ok(whole);
}

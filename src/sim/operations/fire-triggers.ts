import type { Decimal } from '../../domain/decimal.ts';
import { historyOf, recorded } from '../history.ts';
import type { Marks, SimAccount, SimTrail, SimTrigger } from '../model.ts';
import { triggersOf, withTriggers } from '../triggers.ts';
import { cancelTriggers } from './change-triggers.ts';
import { closePart } from './close-part.ts';

interface Moment {
  readonly marks: Marks;
  readonly now: number;
  /** Whether it was seen untouched before: a trigger fires when the mark comes to it. */
  isArmed(trigger: SimTrigger): boolean;
}

/** The account after every trigger that these marks touch has closed what it is for, oldest first. */
export function fireTriggers(account: SimAccount, { marks, now, isArmed }: Moment): SimAccount {
  let current = followMarks(account, marks);
  for (;;) {
    const touched = triggersOf(current).find((each) => isArmed(each) && isTouched(each, marks));
    if (touched === undefined) return current;
    current = fire(current, touched, { mark: marks(touched.instrument.asset), now });
  }
}

export function isTouched({ kind, side, price, instrument }: SimTrigger, marks: Marks): boolean {
  if (price === null) return false;
  const mark = marks(instrument.asset);
  const isRise = (kind === 'takeProfit') === (side === 'long');
  return isRise ? mark.gte(price) : mark.lte(price);
}

function fire(
  account: SimAccount,
  trigger: SimTrigger,
  { mark, now }: { readonly mark: Decimal; readonly now: number },
): SimAccount {
  const rest = triggersOf(account).filter(({ id }) => id !== trigger.id);
  const without = withTriggers(account, rest);
  const position = account.positions.find(({ id }) => id === trigger.positionId);
  if (position === undefined) return without;
  const asked = trigger.contracts ?? position.contracts;
  const contracts = asked.lt(position.contracts) ? asked : position.contracts;
  const { kind: cause, group } = trigger;
  const closed = closePart(without, { position, contracts, price: mark, clientId: '', cause, now });
  const past = { trigger, end: 'fired' as const, executionId: closed.execution.id, at: now };
  const alone = cancelTriggers(closed.account, (each) => each.group === group, now);
  return recorded(alone, { triggers: [past] });
}

/** Trailing stops move with the best mark, and start at their activation price. */
function followMarks(account: SimAccount, marks: Marks): SimAccount {
  const all = triggersOf(account);
  if (all.every(({ trail }) => trail === null)) return account;
  const moved = all.map((trigger) => follow(trigger, marks(trigger.instrument.asset)));
  return moved.every((trigger, i) => trigger === all[i]) ? account : withTriggers(account, moved);
}

function follow(trigger: SimTrigger, mark: Decimal): SimTrigger {
  const { trail, side, instrument } = trigger;
  if (trail === null) return trigger;
  const isBetter = (than: Decimal) => (side === 'long' ? mark.gte(than) : mark.lte(than));
  const isIdle = trail.best === null && trail.activationPrice !== null;
  if (isIdle && !isBetter(trail.activationPrice as Decimal)) return trigger;
  if (trail.best !== null && (trail.best.eq(mark) || !isBetter(trail.best))) return trigger;
  const gap = gapOf(trail, mark);
  const exact = side === 'long' ? mark.minus(gap) : mark.plus(gap);
  const ticks = exact.div(instrument.tickSize).toDecimalPlaces(0);
  return { ...trigger, price: ticks.times(instrument.tickSize), trail: { ...trail, best: mark } };
}

function gapOf({ by, amount }: SimTrail, best: Decimal): Decimal {
  return by === 'share' ? best.times(amount) : amount;
}

/** How many triggers have fired: what changed between two looks at an account. */
export function firedCount(account: SimAccount): number {
  return historyOf(account).triggers.filter(({ end }) => end === 'fired').length;
}

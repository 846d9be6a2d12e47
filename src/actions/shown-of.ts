import type { Decimal } from '../domain/decimal.ts';
import { unreachable } from '../domain/result.ts';
import type { StopsState } from '../domain/stops.ts';
import { sameRungs } from '../domain/stops.ts';
import type { Evidence, ReadBack } from './reconcile.ts';

type Part = 'intended' | 'as-before' | 'something-else' | 'not-read';

/** What the figures say of an act, whatever the venue says of its id. */
export function shownOf(evidence: Evidence): Part | 'half-done' {
  return together(partsOf(evidence));
}

function partsOf(evidence: Evidence): Part[] {
  const { act, before, observed, tolerance } = evidence;
  const amount = (key: Exclude<keyof ReadBack, 'stops'>, change: Decimal): Part =>
    amountPart({ before: before[key], observed: observed[key], change, tolerance });
  switch (act.kind) {
    case 'add-margin':
      return [marginPart(evidence, act.amount.amount)];
    case 'remove-margin':
      return [marginPart(evidence, act.amount.amount.neg())];
    case 'reduce':
      return [amount('contracts', act.contracts.neg())];
    case 'transfer':
      return [
        amount('payerWallet', act.amount.amount.neg()),
        amount('receiverWallet', act.amount.amount),
      ];
    case 'set-stops':
      // With the position its stops are gone: nobody can tell any more what had stood.
      return isGone(evidence)
        ? ['something-else']
        : stopsParts(act.stops, before.stops, observed.stops);
    default:
      return unreachable(act);
  }
}

function isGone({ before, observed }: Evidence): boolean {
  return before.contracts?.gt(0) === true && observed.contracts?.isZero() === true;
}

/**
 * A position that was closed in part since has given its share of the margin back, before the act or after
 * it: that must look neither like the act nor like its absence.
 */
function marginPart(evidence: Evidence, change: Decimal): Part {
  const { before, observed, tolerance, marginOnReduce } = evidence;
  const sizes =
    before.contracts?.gt(0) && observed.contracts ? [before.contracts, observed.contracts] : null;
  const [then, now] = sizes ?? [null, null];
  const figures = { before: before.collateral, observed: observed.collateral, tolerance };
  if (!then || !now || then.eq(now)) return amountPart({ ...figures, change });
  if (now.isZero() || now.gt(then) || marginOnReduce === 'kept') return 'something-else';
  const left = now.div(then);
  const scaled = { ...figures, before: before.collateral?.times(left) ?? null };
  const parts = [change, change.times(left)].map((each) => amountPart({ ...scaled, change: each }));
  return parts.find((part) => part === 'intended') ?? parts[0] ?? 'something-else';
}

interface AmountShown {
  readonly before: Decimal | null;
  readonly observed: Decimal | null;
  readonly change: Decimal;
  readonly tolerance: Decimal;
}

function amountPart({ before, observed, change, tolerance }: AmountShown): Part {
  if (before === null || observed === null) return 'not-read';
  const isIntended = observed.minus(before.plus(change)).abs().lte(tolerance);
  const isBefore = observed.minus(before).abs().lte(tolerance);
  // An act smaller than what funding may take: the figure cannot tell the two apart.
  if (isIntended === isBefore) return 'something-else';
  return isIntended ? 'intended' : 'as-before';
}

/** Only those that were to change say anything. */
function stopsParts(
  intended: StopsState,
  before: StopsState | null,
  observed: StopsState | null,
): Part[] {
  if (before === null || observed === null) return ['not-read'];
  const kinds = [
    (stops: StopsState) => (other: StopsState) => sameRungs(stops.takeProfit, other.takeProfit),
    (stops: StopsState) => (other: StopsState) => sameRungs(stops.stopLoss, other.stopLoss),
    (stops: StopsState) => (other: StopsState) =>
      stops.trailing?.toString() === other.trailing?.toString(),
  ];
  return kinds
    .filter((same) => !same(intended)(before))
    .map((same) => {
      if (same(observed)(intended)) return 'intended';
      return same(observed)(before) ? 'as-before' : 'something-else';
    });
}

function together(parts: readonly Part[]): Part | 'half-done' {
  const [first = 'intended', ...others] = parts;
  if (others.every((part) => part === first)) return first;
  if (parts.includes('not-read')) return 'not-read';
  return parts.includes('something-else') ? 'something-else' : 'half-done';
}

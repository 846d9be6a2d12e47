import type { Decimal } from '../domain/decimal.ts';
import { unreachable } from '../domain/result.ts';
import type { StopsState } from '../domain/stops.ts';
import { sameRungs } from '../domain/stops.ts';
import type { Act } from './act.ts';

/** What a venue shows of the things an act changes. Null: not read, or not a thing this act changes. */
export interface ReadBack {
  /** Contracts of the position; zero when it is gone. */
  readonly contracts: Decimal | null;
  /** Of the isolated position, in settle, PnL apart. */
  readonly collateral: Decimal | null;
  readonly stops: StopsState | null;
  /** Wallets of a transfer in its currency, PnL apart. */
  readonly payerWallet: Decimal | null;
  readonly receiverWallet: Decimal | null;
}

export interface Evidence {
  readonly act: Act;
  readonly before: ReadBack;
  readonly observed: ReadBack;
  /**
   * What the venue says when asked by our client id. `absent`: it has none of that id now, which soon
   * after the call proves nothing. `not-offered`: this act has no id there.
   */
  readonly byClientRef: 'done' | 'refused' | 'absent' | 'not-offered' | 'not-read';
  /** The reading is so much later than the call that what was accepted would be visible. */
  readonly isSettled: boolean;
  /** How far a figure may be off by funding, fees and rounding of the venue. */
  readonly tolerance: Decimal;
}

/**
 * `done` and `refused` are what the venue shows. Everything else stays unknown, with why: `too-early`
 * nothing shows it yet; `half-done` one part is there and another is not; `something-else` it is neither
 * as before nor as intended; `not-read`; `contradicts` the id says one thing and the figures another.
 */
export type Reconciled =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'still-unknown';
      readonly because: 'too-early' | 'half-done' | 'something-else' | 'not-read' | 'contradicts';
    };

/** What became of an act whose outcome is unknown. Never a reason to send it again. */
export function reconcile(evidence: Evidence): Reconciled {
  const { byClientRef, isSettled } = evidence;
  if (byClientRef === 'done') return { kind: 'done' };
  if (byClientRef === 'refused') return { kind: 'refused' };
  const shown = together(partsOf(evidence));
  switch (shown) {
    case 'intended':
      // Somebody else's close of the same size looks the same: where there is an id, it decides.
      if (byClientRef === 'absent') return unknown('contradicts');
      return byClientRef === 'not-read' ? unknown('not-read') : { kind: 'done' };
    case 'as-before':
      if (byClientRef === 'not-read') return unknown('not-read');
      return isSettled ? { kind: 'refused' } : unknown('too-early');
    case 'half-done':
    case 'something-else':
    case 'not-read':
      return unknown(shown);
    default:
      return unreachable(shown);
  }
}

function unknown(because: (Reconciled & { kind: 'still-unknown' })['because']): Reconciled {
  return { kind: 'still-unknown', because };
}

type Part = 'intended' | 'as-before' | 'something-else' | 'not-read';

function partsOf({ act, before, observed, tolerance }: Evidence): Part[] {
  const amount = (key: Exclude<keyof ReadBack, 'stops'>, change: Decimal): Part =>
    amountPart({ before: before[key], observed: observed[key], change, tolerance });
  switch (act.kind) {
    case 'add-margin':
      return [amount('collateral', act.amount.amount)];
    case 'remove-margin':
      return [amount('collateral', act.amount.amount.neg())];
    case 'reduce':
      return [amount('contracts', act.contracts.neg())];
    case 'transfer':
      return [
        amount('payerWallet', act.amount.amount.neg()),
        amount('receiverWallet', act.amount.amount),
      ];
    case 'set-stops':
      return stopsParts(act.stops, before.stops, observed.stops);
    default:
      return unreachable(act);
  }
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

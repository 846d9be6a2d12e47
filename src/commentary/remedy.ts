import type { Decimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import type { AccountId, Handle } from '../domain/units.ts';

/** What the desk could do, with its amount solved and its effect simulated. Nothing here does it. */
export type RemedyAct =
  /** Margin for an isolated position, out of what its account has free. */
  | { readonly kind: 'add'; readonly handle: Handle; readonly amount: Money }
  /** Close a share of a position at the market. */
  | { readonly kind: 'reduce'; readonly handle: Handle; readonly share: Decimal }
  /** Collateral from another account of the venue. */
  | {
      readonly kind: 'move';
      readonly from: AccountId;
      readonly to: AccountId;
      readonly amount: Money;
    };

/** One thing that helps one fact, and no fact gets a worse band by it. */
export interface Remedy {
  /** `X1` to `X9`. */
  readonly id: string;
  /** The fact it helps. */
  readonly fact: string;
  readonly act: RemedyAct;
  /** The fact's figure, before and after: the desk judged again with the act done. */
  readonly before: Decimal;
  readonly after: Decimal;
  /** The line it is then back within, or still beyond. */
  readonly line: Decimal;
  readonly result: 'clears' | 'not_enough';
}

/** A word of a command line; its amount is a figure and has to be proven like every other. */
export interface CommandWord {
  readonly text: string;
  readonly isFigure: boolean;
}

/** What a person types to do it. */
export function commandOf({ act }: Remedy): CommandWord[] {
  const plain = (...texts: string[]) => texts.map((text) => ({ text, isFigure: false }));
  const amount = (text: string): CommandWord => ({ text, isFigure: true });
  switch (act.kind) {
    case 'add':
      return [...plain('/addmargin', act.handle), amount(act.amount.amount.toFixed())];
    case 'reduce':
      return [...plain('/reduce', act.handle), amount(`${act.share.times(100).toFixed()}%`)];
    case 'move': {
      const { amount: sum, currency } = act.amount;
      const way = plain('/transfer', act.from, act.to);
      return [...way, amount(sum.toFixed()), ...plain(currency)];
    }
  }
}

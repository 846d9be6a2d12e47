import type { Decimal } from '../domain/decimal.ts';
import type { Money } from '../domain/money.ts';
import type { Side } from '../domain/position.ts';
import type { StopsState } from '../domain/stops.ts';
import type { AccountId, InstrumentId, Usd } from '../domain/units.ts';

/** The leg an act is about; its account is beside it. */
export interface LegRef {
  readonly instrument: InstrumentId;
  readonly side: Side;
}

/** What a venue will be asked, resolved to exact amounts. Amounts are above zero. */
export type Act =
  | {
      readonly kind: 'add-margin' | 'remove-margin';
      readonly leg: LegRef;
      readonly amount: Money;
    }
  /** `stops`: everything that shall stand afterwards, what is kept included. */
  | { readonly kind: 'set-stops'; readonly leg: LegRef; readonly stops: StopsState }
  | { readonly kind: 'reduce'; readonly leg: LegRef; readonly contracts: Decimal }
  | { readonly kind: 'transfer'; readonly to: AccountId; readonly amount: Money };

/**
 * What counts against the limits: collateral for margin and transfer, notional for reduce, in US dollars
 * at mark. `none`: stops move no money. `unpriced`: there is an amount and nobody can say its dollars.
 */
export type CountedAmount =
  | { readonly kind: 'usd'; readonly usd: Usd }
  | { readonly kind: 'none' }
  | { readonly kind: 'unpriced' };

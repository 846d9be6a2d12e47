import type { Decimal } from '../../domain/decimal.ts';
import type { Side } from '../../domain/position.ts';
import type { AccountId, Handle } from '../../domain/units.ts';
import type { LiveCoin, PoolBasis, PoolMissing } from '../cross/live-pool.ts';
import type { MarginPool, PoolLeg } from '../cross/margin-pool.ts';
import type { LegMissing } from '../cross/moved-pools.ts';
import type { LiquidationRule } from './liquidation-rule.ts';
import type { LegState, PoolFigures } from './pool-value.ts';
import type { Steps } from './steps.ts';

/**
 * A desk made ready for thousands of what-ifs: the same pools `/liq` solves, as plain numbers, with the
 * exact figures kept beside them for decisions that are close.
 */
export interface StressBook {
  /** Every account of the desk, in its order. */
  readonly accounts: readonly StressAccount[];
  readonly pools: readonly StressPool[];
  /** Assets whose price moves anything here; a market's `assets` are in this order. */
  readonly assets: readonly string[];
  /** Dollar coins held or quoted in; a market's `dollars` are in this order. */
  readonly dollars: readonly string[];
  /** Every leg whole and nothing realised, by leg number. */
  readonly fresh: LegState;
  /** Every pool today, in their order. */
  readonly today: readonly PoolFigures[];
}

/** Why a stressed figure is not known. `not-finite`: a figure of the venue is no number. */
export type StressUnknown = PoolMissing | LegMissing | 'missing' | 'not-finite';

export interface StressAccount {
  readonly id: AccountId;
  readonly venue: string;
  /** Net asset value now; null: no figure of this account is known, `unknown` says why. */
  readonly equityUsd: number | null;
  readonly pools: readonly StressPool[];
  /** Why it cannot be said whether it is liquidated; null: it can. */
  readonly unknown: StressUnknown | null;
  /** How well the equity its venue counts is known; null: `unknown`, or nothing to liquidate. */
  readonly basis: PoolBasis | null;
  /** A venue may ask for more than the account holds. */
  readonly isPortfolio: boolean;
}

/** What is liquidated together: a cross pool, or one isolated position; `cash` has nothing to liquidate. */
export interface StressPool {
  /** Its place in the book. */
  readonly index: number;
  readonly account: number;
  readonly kind: 'cross' | 'isolated' | 'cash';
  readonly legs: readonly StressLeg[];
  readonly coins: readonly StressCoin[];
  /** Net asset value beyond the coins. */
  readonly restUsd: number;
  /** Requirement beyond the legs. */
  readonly fixedRequiredUsd: number;
  /** Equity ÷ requirement at which the venue liquidates. */
  readonly liquidatesAt: number;
  /** One, or the two ends of what unknown haircuts can be: the worse counts. */
  readonly ends: readonly PoolEnd[];
  readonly rule: LiquidationRule;
  /** Of a cross or isolated pool: the same as exact figures. */
  readonly exact: ExactPool | null;
}

interface PoolEnd {
  /** Equity the venue counts beyond the coins. */
  readonly fixedEquityUsd: number;
  /** What part of a positive equity counts, per coin of the pool. */
  readonly weights: readonly Steps[];
}

export interface StressCoin {
  readonly coin: string;
  /** Among the book's dollars, else among its assets; −1: nothing here moves it. */
  readonly place: number;
  readonly isDollar: boolean;
  /** USD per coin now. */
  readonly price: number;
  readonly quantity: number;
}

export interface StressLeg {
  /** Its number in the book. */
  readonly index: number;
  readonly handle: Handle;
  readonly asset: number;
  /** Which coin of its pool it settles in. */
  readonly coin: number;
  readonly isLinear: boolean;
  readonly sign: 1 | -1;
  readonly side: Side;
  /** Value at the mark, in settle. */
  readonly value: number;
  readonly steps: Steps;
  /** With risk limits halved. */
  readonly halved: Steps;
  /** Values at which maintenance jumps, with limits as they are; half of them with limits halved. */
  readonly jumps: readonly number[];
  /** Required on top of maintenance, as a share of the value. */
  readonly closingFee: number;
  /** Paid on a close at market; null: not known. */
  readonly takerFee: number | null;
  /** Mark ÷ entry, for ranks of auto-deleveraging; null without an entry. */
  readonly markOverEntry: number | null;
}

export interface ExactPool {
  readonly legs: readonly PoolLeg[];
  readonly halved: readonly PoolLeg[];
  readonly coins: readonly LiveCoin[];
  readonly fixedRequiredUsd: Decimal;
  readonly liquidatesAt: Decimal;
  readonly ends: readonly {
    readonly fixedEquityUsd: Decimal;
    readonly brackets: readonly MarginPool['coins'][number]['brackets'][];
  }[];
}

import type { CollateralBracket } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../domain/instrument.ts';
import type { Side } from '../../domain/position.ts';

/**
 * Coins and cross positions that live or die together, at the marks of one moment. In US dollars every
 * part is affine in the price of its asset, so equity − requirement is piecewise affine in it.
 */
export interface MarginPool {
  /** Equity the venue's rule counts beyond the coins below, in USD: no price moves it. */
  readonly fixedEquityUsd: Decimal;
  /** Requirement beyond the legs below (loans, legs that do not move), in USD. May be negative. */
  readonly fixedRequiredUsd: Decimal;
  /** Equity ÷ requirement at which the venue liquidates: 1, Binance portfolio margin 1.05. */
  readonly liquidatesAt: Decimal;
  readonly coins: readonly PoolCoin[];
  readonly legs: readonly PoolLeg[];
}

/** One currency of the pool. */
export interface PoolCoin {
  readonly coin: string;
  /** USD per coin; dollar coins at par. */
  readonly price: Decimal;
  /** Equity at the marks: wallet and the PnL settled in it, signed. */
  readonly quantity: Decimal;
  /** Haircut of a positive equity, ascending from floor zero, at least one; a debt counts in full. */
  readonly brackets: readonly CollateralBracket[];
}

/** One leg. Its settle currency is one of the pool's coins. */
export interface PoolLeg {
  /** Whose price moves it; of an inverse leg the settle coin too. */
  readonly asset: string;
  readonly settle: string;
  readonly kind: Instrument['kind'];
  readonly side: Side;
  /** Value at the mark, in settle. */
  readonly value: Decimal;
  /** Over the settle value (see valueTiers), at least one. */
  readonly tiers: readonly MaintenanceTier[];
  /** Required on top of maintenance, as a share of the value; zero where the rule has no fee. */
  readonly closingFee: Decimal;
}

/**
 * Which prices move together: asset → beta. A factor t moves the price of an asset to
 * mark × (1 + beta × (t − 1)), never below zero; assets not named stay.
 */
export type Move = ReadonlyMap<string, Decimal>;

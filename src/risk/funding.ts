import type { Decimal } from '../domain/decimal.ts';
import { Decimal as D, ONE } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import type { Price, Ratio } from '../domain/units.ts';
import { asPrice, asRatio } from '../domain/units.ts';

/**
 * Funding rate of one interval from the average premium: premium + clamp(interest − premium, ±clamp)
 * (Binance, Bybit, OKX and Hyperliquid; clamp 0.05 %).
 */
export function fundingRate(premium: Decimal, interest: Decimal, clamp: Decimal): Ratio {
  const gap = interest.minus(premium);
  return asRatio(premium.plus(D.max(clamp.neg(), D.min(clamp, gap))));
}

export interface FundedLeg {
  readonly side: Side;
  /** Base units. */
  readonly size: Decimal;
  /** Mark (Binance, Bybit, OKX), oracle (Hyperliquid) or index (dYdX). */
  readonly price: Decimal;
  /** Of the interval that is paid. */
  readonly rate: Decimal;
}

/** What the holder receives at the end of the interval, in quote: negative is paid. */
export function fundingPayment({ side, size, price, rate }: FundedLeg): Decimal {
  const paidByLong = size.times(price).times(rate);
  return side === 'long' ? paidByLong.neg() : paidByLong;
}

export interface BasisMark {
  readonly index: Decimal;
  readonly rate: Decimal;
  readonly hoursToFunding: Decimal;
  readonly intervalHours: Decimal;
}

/** Binance's first price: index × (1 + rate × time to funding ÷ interval). Null for an interval of zero. */
export function basisMarkPrice(of: BasisMark): Price | null {
  if (of.intervalHours.isZero()) return null;
  const share = of.hoursToFunding.div(of.intervalHours);
  return asPrice(of.index.times(of.rate.times(share).plus(ONE)));
}

import type { Decimal } from './decimal.ts';

/** An amount that knows its currency (`USDT`, `BTC`, …). */
export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

export function money(amount: Decimal, currency: string): Money {
  return { amount, currency };
}

/** Adding across currencies is a bug in the caller, so it throws. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw new TypeError(`cannot add ${b.currency} to ${a.currency}`);
  }
  return { amount: a.amount.plus(b.amount), currency: a.currency };
}

/** Dollar coins: one of these is counted as one US dollar and is not an exposure of its own. */
const DOLLARS = new Set([
  'USD',
  'USDT',
  'USDC',
  'BUSD',
  'FDUSD',
  'TUSD',
  'DAI',
  'USDE',
  'USDD',
  'PYUSD',
  'USDH',
  'USD1',
  'BFUSD',
]);

export function isDollar(currency: string): boolean {
  return DOLLARS.has(currency.toUpperCase());
}

/**
 * The amount in US dollars: dollar coins at par, a coin amount × its price.
 * Null when the currency is a coin and its price is not known.
 */
export function toUsd(value: Money | null, coinPrice: Decimal | null): Decimal | null {
  if (value === null) return null;
  if (isDollar(value.currency)) return value.amount;
  return coinPrice === null ? null : value.amount.times(coinPrice);
}

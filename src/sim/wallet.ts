import { type Decimal, dec, ONE, ZERO } from '../domain/decimal.ts';
import { isDollar } from '../domain/money.ts';
import type { SimAccount } from './model.ts';

const COIN_COLLATERAL_RATE = dec('0.95');

/** Coins with a balance, a position or an order. */
export function coinNames(account: SimAccount): string[] {
  const settled = [...account.positions, ...account.orders].map((each) => each.instrument.settle);
  return [...new Set([...Object.keys(account.balances), ...settled])];
}

/** Realised balance, isolated margin included. */
export function walletOf(account: SimAccount, coin: string): Decimal {
  return account.balances[coin] ?? ZERO;
}

/** Margin assigned to isolated positions settled in this coin, without PnL. */
export function lockedMargin(account: SimAccount, coin: string): Decimal {
  const mine = account.positions.filter((position) => position.instrument.settle === coin);
  return mine.reduce((total, position) => total.plus(position.isolatedMargin ?? ZERO), ZERO);
}

/** Share of a positive equity in this coin that counts as margin. */
export function collateralRate(account: SimAccount, coin: string): Decimal {
  return account.pool === 'coin' || isDollar(coin) ? ONE : COIN_COLLATERAL_RATE;
}

import { type Decimal, ZERO } from '../domain/decimal.ts';
import { viewAccount } from './engine.ts';
import { usdPriceOf } from './margin-pool.ts';
import type { Marks, SimAccount } from './model.ts';
import { lockedMargin, walletOf } from './wallet.ts';

/**
 * What of a coin may leave, or become margin of an isolated position: not what the account still needs,
 * never more than is there. A gain that is not realised pays for nothing.
 */
export function freeBalance(account: SimAccount, coin: string, marks: Marks): Decimal {
  const view = viewAccount(account, marks);
  const there = walletOf(account, coin).minus(lockedMargin(account, coin));
  const spare =
    account.pool === 'usd'
      ? view.availableUsd.div(usdPriceOf(coin, marks))
      : (view.coins.find((each) => each.coin === coin)?.available ?? ZERO);
  const free = spare.lt(there) ? spare : there;
  return free.gt(0) ? free.toDecimalPlaces(8, 1) : ZERO;
}

import type { CollateralBalance } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, ONE } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import type { AccountId, Usd } from '../../domain/units.ts';
import { asUsd } from '../../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../../portfolio/snapshot.ts';
import type { CoinPrice } from '../coin-price.ts';
import { coinPriceFrom } from '../coin-price.ts';

/** An amount to move, before anybody knows in which coin. */
export interface DollarTransfer {
  readonly from: AccountId;
  readonly to: AccountId;
  readonly amountUsd: Usd;
  /** What arrives of one sent. */
  readonly rate: Decimal;
  /** The console can do it: both accounts are at one venue. */
  readonly executable: boolean;
}

export interface PlannedTransfer extends DollarTransfer {
  /** The coin to move; null where the balances of the sender do not cover the amount. */
  readonly currency: string | null;
  /** In that coin, not rounded to a venue's step; null with an unknown currency. */
  readonly amount: Decimal | null;
}

/**
 * The coins the transfers move, out of what each sender holds: first the coin the receiver's contracts
 * settle in, then dollar coins, then other coins, the largest balance first. One transfer becomes several
 * where no balance covers it.
 */
export function inCoins(
  snapshot: Snapshot,
  transfers: readonly DollarTransfer[],
): readonly PlannedTransfer[] {
  const priceOf = coinPriceFrom(snapshot);
  const accounts = new Map(snapshot.accounts.map((account) => [account.account.id, account]));
  const purses = new Map<AccountId, Balance[]>();
  return transfers.flatMap((transfer) => {
    const purse = purses.get(transfer.from) ?? balancesOf(accounts.get(transfer.from), priceOf);
    purses.set(transfer.from, purse);
    const settles = settlesOf(accounts.get(transfer.to));
    return split(
      transfer,
      purse.toSorted((a, b) => order(a, b, settles)),
    );
  });
}

interface Balance {
  readonly asset: string;
  readonly price: Decimal;
  leftUsd: Decimal;
}

function balancesOf(account: AccountSnapshot | undefined, priceOf: CoinPrice): Balance[] {
  return (account?.margin?.collateral ?? []).flatMap((coin) => {
    const price = account === undefined ? null : priceOfCoin(coin, priceOf, account);
    if (price === null || !coin.quantity.gt(0)) return [];
    return [{ asset: coin.asset, price, leftUsd: coin.quantity.times(price) }];
  });
}

function priceOfCoin(
  { asset, quantity, venueUsd }: CollateralBalance,
  priceOf: CoinPrice,
  { account }: AccountSnapshot,
): Decimal | null {
  if (isDollar(asset)) return ONE;
  const venues = venueUsd?.gt(0) && quantity.gt(0) ? venueUsd.div(quantity) : null;
  return priceOf(account.id, asset) ?? venues;
}

function settlesOf(account: AccountSnapshot | undefined): ReadonlySet<string> {
  return new Set(account?.positions.map(({ instrument }) => instrument.settle));
}

function order(a: Balance, b: Balance, settles: ReadonlySet<string>): number {
  const rank = ({ asset }: Balance): number => {
    if (isDollar(asset)) return settles.has(asset) ? 0 : 1;
    return settles.has(asset) ? 2 : 3;
  };
  return rank(a) - rank(b) || b.leftUsd.comparedTo(a.leftUsd);
}

function split(transfer: DollarTransfer, balances: readonly Balance[]): PlannedTransfer[] {
  const parts: PlannedTransfer[] = [];
  let open: Decimal = transfer.amountUsd;
  const part = (amountUsd: Decimal, currency: string | null, amount: Decimal | null): void => {
    parts.push({ ...transfer, amountUsd: asUsd(amountUsd), currency, amount });
    open = open.minus(amountUsd);
  };
  for (const balance of balances) {
    const taken = D.min(open, balance.leftUsd);
    if (!taken.gt(0)) continue;
    balance.leftUsd = balance.leftUsd.minus(taken);
    part(taken, balance.asset, taken.div(balance.price));
  }
  if (open.gt(0)) part(open, null, null);
  return parts;
}

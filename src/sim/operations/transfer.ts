import { type Decimal, ZERO } from '../../domain/decimal.ts';
import { err, ok, type Result } from '../../domain/result.ts';
import { freeBalance } from '../free-balance.ts';
import { freshId, recorded } from '../history.ts';
import type { Marks, SimAccount, SimPurse, SimTransfer } from '../model.ts';
import { walletOf } from '../wallet.ts';

interface TransferStep {
  readonly from: SimAccount;
  readonly to: SimAccount;
  readonly wallets: readonly [from: SimPurse['wallet'], to: SimPurse['wallet']];
  readonly coin: string;
  readonly amount: Decimal;
  readonly clientId: string;
  readonly now: number;
}

/** The accounts afterwards: one of them when an account moves its own money between its wallets. */
export function transfer(
  step: TransferStep,
  marks: Marks,
): Result<
  { readonly accounts: readonly SimAccount[]; readonly transfer: SimTransfer },
  'insufficient-balance'
> {
  const { from, to, coin, amount } = step;
  const [source, target] = step.wallets;
  const free = source === 'trading' ? freeBalance(from, coin, marks) : purseOf(from, source, coin);
  if (amount.gt(free)) return err('insufficient-balance');
  const made: SimTransfer = {
    ...{ id: freshId(from, 'transfer'), clientId: step.clientId, coin, amount, at: step.now },
    ...{
      from: { accountId: from.id, wallet: source },
      to: { accountId: to.id, wallet: target },
    },
  };
  const paid = recorded(booked(from, source, { coin, change: amount.neg() }), {
    transfers: [made],
  });
  if (from.id === to.id) {
    return ok({ accounts: [booked(paid, target, { coin, change: amount })], transfer: made });
  }
  const received = booked(to, target, { coin, change: amount });
  return ok({ accounts: [paid, recorded(received, { transfers: [made] })], transfer: made });
}

export function purseOf(account: SimAccount, wallet: SimPurse['wallet'], coin: string): Decimal {
  return wallet === 'trading' ? walletOf(account, coin) : (account.funding?.[coin] ?? ZERO);
}

function booked(
  account: SimAccount,
  wallet: SimPurse['wallet'],
  { coin, change }: { readonly coin: string; readonly change: Decimal },
): SimAccount {
  const balance = purseOf(account, wallet, coin).plus(change);
  return wallet === 'trading'
    ? { ...account, balances: { ...account.balances, [coin]: balance } }
    : { ...account, funding: { ...account.funding, [coin]: balance } };
}

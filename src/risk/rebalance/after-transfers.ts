import type { AccountMargin, CollateralBalance } from '../../domain/account.ts';
import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { AccountId, Usd } from '../../domain/units.ts';
import { asUsd } from '../../domain/units.ts';
import type { Snapshot } from '../../portfolio/snapshot.ts';
import type { PlannedTransfer } from './in-coins.ts';

/**
 * The desk with the transfers made: equity, what is available and the coin balances follow; requirements
 * do not move. A venue's own ratio is dropped where money moved, because it was measured before.
 */
export function afterTransfers(
  snapshot: Snapshot,
  transfers: readonly PlannedTransfer[],
): Snapshot {
  const accounts = snapshot.accounts.map((account) => {
    const { margin } = account;
    const own = changesOf(account.account.id, transfers);
    return margin === null || own.length === 0
      ? account
      : { ...account, margin: changed(margin, own) };
  });
  return { ...snapshot, accounts };
}

interface Change {
  readonly usd: Decimal;
  readonly currency: string | null;
  readonly amount: Decimal | null;
}

function changesOf(account: AccountId, transfers: readonly PlannedTransfer[]): Change[] {
  return transfers.flatMap(({ from, to, amountUsd, amount, currency, rate }) => {
    if (from !== account && to !== account) return [];
    const share = from === account ? ONE.neg() : rate;
    return [{ usd: amountUsd.times(share), currency, amount: amount?.times(share) ?? null }];
  });
}

function changed(margin: AccountMargin, changes: readonly Change[]): AccountMargin {
  const usd = changes.reduce((sum, change) => sum.plus(change.usd), ZERO);
  const moved = (figure: Usd | null): Usd | null =>
    figure === null ? null : asUsd(figure.plus(usd));
  return {
    ...margin,
    equityUsd: moved(margin.equityUsd),
    availableUsd: moved(margin.availableUsd),
    venueRatio: null,
    collateral: changes.reduce(withChange, margin.collateral),
  };
}

function withChange(
  balances: readonly CollateralBalance[],
  { currency, amount, usd }: Change,
): readonly CollateralBalance[] {
  if (currency === null || amount === null) return balances;
  const held = balances.find(({ asset }) => asset === currency);
  if (held === undefined) {
    return [
      ...balances,
      { asset: currency, quantity: amount, venueUsd: asUsd(usd), brackets: null },
    ];
  }
  const venueUsd = held.venueUsd === null ? null : asUsd(held.venueUsd.plus(usd));
  const next = { ...held, quantity: held.quantity.plus(amount), venueUsd };
  return balances.map((balance) => (balance === held ? next : balance));
}

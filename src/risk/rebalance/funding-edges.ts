import type { Account } from '../../domain/account.ts';
import { ONE } from '../../domain/decimal.ts';
import type { TransferEdge } from './solve-transfers.ts';

/**
 * The ways money can take between these accounts, by `fundedBy`: whole amounts, and executable inside
 * one venue; between venues a person has to withdraw and deposit.
 */
export function fundingEdges(accounts: readonly Account[]): readonly TransferEdge[] {
  const places = new Map(accounts.map(({ id }, index) => [id, index]));
  return accounts.flatMap((account, to) =>
    [...new Set(account.fundedBy)].flatMap((funder) => {
      const from = places.get(funder);
      if (from === undefined || from === to) return [];
      return [{ from, to, rate: ONE, executable: accounts[from]?.venue === account.venue }];
    }),
  );
}

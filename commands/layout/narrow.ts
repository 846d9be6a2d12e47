import type { AccountSnapshot, Snapshot } from '../../src/portfolio/snapshot.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import type { Scope } from './scope.ts';

/** The accounts of a scope, whole. What is left out leaves no gap behind. */
export function accountsIn(snapshot: Snapshot, scope: Scope): Snapshot {
  if (scope.account === null) return snapshot;
  const accounts = snapshot.accounts.filter(({ account }) => account.id === scope.account);
  return { ...snapshot, accounts };
}

/** The same with only the scope's asset in them, held as position or as coin. */
export function assetIn(snapshot: Snapshot, asset: string | null): Snapshot {
  if (asset === null) return snapshot;
  const only = (account: AccountSnapshot): AccountSnapshot => ({
    ...account,
    positions: account.positions.filter(({ instrument }) => instrument.asset === asset),
    margin: account.margin && {
      ...account.margin,
      collateral: account.margin.collateral.filter((coin) => coin.asset === asset),
    },
  });
  return { ...snapshot, accounts: snapshot.accounts.map(only) };
}

export function isIn(scope: Scope): (row: PositionRisk) => boolean {
  return ({ position }) =>
    (scope.asset === null || position.instrument.asset === scope.asset) &&
    (scope.account === null || position.account === scope.account);
}

export function isAccountIn(scope: Scope): (row: { readonly account: AccountSnapshot }) => boolean {
  return ({ account }) => scope.account === null || account.account.id === scope.account;
}

import { handlesOf } from '../domain/handle.ts';
import type { Position } from '../domain/position.ts';
import type { Handle } from '../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { AccountRisk } from './account-risk.ts';
import { assessAccount } from './account-risk.ts';
import type { CoinPrice } from './coin-price.ts';
import { coinPriceFrom } from './coin-price.ts';
import type { AccountPools } from './cross/account-pools.ts';
import { accountPools } from './cross/account-pools.ts';
import type { PoolRisk } from './pool-risk.ts';
import { assessPool } from './pool-risk.ts';
import type { PositionRisk } from './position-risk.ts';
import { assessPosition } from './position-risk.ts';

export interface DeskAccount extends AccountRisk {
  /** Its cross pools, and where each is liquidated if only one asset moves. */
  readonly pools: AccountPools;
}

/** Every position, every account and the pool, judged at one moment. */
export interface DeskRisk {
  /** In snapshot order. */
  readonly positions: readonly PositionRisk[];
  /** In desk order, the missing ones too. */
  readonly accounts: readonly DeskAccount[];
  readonly totals: PoolRisk;
  readonly takenAt: number;
}

export function assessDesk(snapshot: Snapshot): DeskRisk {
  const handles = handlesOf(positionsOf(snapshot));
  const priceOf = coinPriceFrom(snapshot);
  const accounts = snapshot.accounts.map((account) => deskAccount(account, priceOf));
  const positions = accounts.flatMap((account) =>
    account.account.positions.map((position) =>
      // handlesOf names every position it was given.
      positionIn(account, position, handles.get(position) as Handle),
    ),
  );
  return { positions, accounts, totals: assessPool(accounts), takenAt: snapshot.takenAt };
}

/** One account of the desk. */
export function deskAccount(account: AccountSnapshot, priceOf: CoinPrice): DeskAccount {
  return { ...assessAccount(account), pools: accountPools(account, priceOf) };
}

/** One position of it. */
export function positionIn(
  { account, healthFactor, pools }: DeskAccount,
  position: Position,
  handle: Handle,
): PositionRisk {
  const { status } = account;
  return assessPosition(position, { handle, status, accountHealth: healthFactor, pools });
}

import { handlesOf } from '../domain/handle.ts';
import type { Handle } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { AccountRisk } from './account-risk.ts';
import { assessAccount } from './account-risk.ts';
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
  const accounts = snapshot.accounts.map((account) => ({
    ...assessAccount(account),
    pools: accountPools(account, priceOf),
  }));
  const positions = accounts.flatMap(({ account, healthFactor, pools }) =>
    account.positions.map((position) =>
      assessPosition(position, {
        // handlesOf names every position it was given.
        handle: handles.get(position) as Handle,
        status: account.status,
        accountHealth: healthFactor,
        pools,
      }),
    ),
  );
  return { positions, accounts, totals: assessPool(accounts), takenAt: snapshot.takenAt };
}

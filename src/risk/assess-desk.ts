import { handlesOf } from '../domain/handle.ts';
import type { Handle } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { AccountRisk } from './account-risk.ts';
import { assessAccount } from './account-risk.ts';
import type { PoolRisk } from './pool-risk.ts';
import { assessPool } from './pool-risk.ts';
import type { PositionRisk } from './position-risk.ts';
import { assessPosition } from './position-risk.ts';

/** Every position, every account and the pool, judged at one moment. */
export interface DeskRisk {
  /** In snapshot order. */
  readonly positions: readonly PositionRisk[];
  /** In desk order, the missing ones too. */
  readonly accounts: readonly AccountRisk[];
  readonly totals: PoolRisk;
  readonly takenAt: number;
}

export function assessDesk(snapshot: Snapshot): DeskRisk {
  const handles = handlesOf(positionsOf(snapshot));
  const accounts = snapshot.accounts.map(assessAccount);
  const positions = accounts.flatMap(({ account, healthFactor }) =>
    account.positions.map((position) =>
      assessPosition(position, {
        // handlesOf names every position it was given.
        handle: handles.get(position) as Handle,
        status: account.status,
        accountHealth: healthFactor,
      }),
    ),
  );
  return { positions, accounts, totals: assessPool(accounts), takenAt: snapshot.takenAt };
}

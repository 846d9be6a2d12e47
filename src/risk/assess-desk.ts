import type { Snapshot } from '../portfolio/snapshot.ts';
import type { AccountRisk } from './account-risk.ts';
import type { PoolRisk } from './pool-risk.ts';
import type { PositionRisk } from './position-risk.ts';

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
  throw new Error(`not yet: ${snapshot.takenAt}`);
}

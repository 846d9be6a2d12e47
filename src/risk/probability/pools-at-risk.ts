import type { AccountId } from '../../domain/units.ts';
import type { DeskRisk } from '../assess-desk.ts';
import type { AssetDeath } from '../cross/account-death.ts';
import type { LivePool } from '../cross/live-pool.ts';
import type { PoolCurves } from './pool-curves.ts';
import { poolCurves } from './pool-curves.ts';

/** One cross pool of the desk. */
export interface PoolAtRisk {
  /** The simulation's name for it. */
  readonly id: string;
  readonly account: AccountId;
  readonly live: LivePool;
  /** Where each asset alone kills it. */
  readonly deaths: readonly AssetDeath[];
  /** Null: some leg of it cannot be followed. */
  readonly model: PoolCurves | null;
}

export function poolsAtRisk(desk: Pick<DeskRisk, 'accounts'>): PoolAtRisk[] {
  return desk.accounts.flatMap(({ account, pools }) =>
    pools.pools.map((live): PoolAtRisk => {
      const model = poolCurves(live);
      return {
        id: live.coin === null ? account.account.id : `${account.account.id}/${live.coin}`,
        account: account.account.id,
        live,
        deaths: pools.diesAt.filter((death) => death.pool === live.coin),
        model: model.ok ? model.value : null,
      };
    }),
  );
}

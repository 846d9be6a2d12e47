import type { Position } from '../../domain/position.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { CoinPrice } from '../coin-price.ts';
import type { AssetDeath } from './account-death.ts';
import { assetDeaths } from './account-death.ts';
import type { LivePool, PoolMissing } from './live-pool.ts';
import { livePools } from './live-pools.ts';

/** The cross pools of an account, and where each is liquidated when one price moves alone. */
export interface AccountPools {
  /** Empty without cross positions, and when `missing`. */
  readonly pools: readonly LivePool[];
  /** One per pool and asset. */
  readonly diesAt: readonly AssetDeath[];
  /** Why nothing is known about them; null when they are known. */
  readonly missing: PoolMissing | null;
}

export function accountPools(account: AccountSnapshot, priceOf: CoinPrice): AccountPools {
  const pools = livePools(account, priceOf);
  if (!pools.ok) return { pools: [], diesAt: [], missing: pools.error };
  return { pools: pools.value, diesAt: pools.value.flatMap(assetDeaths), missing: null };
}

/** Of the pool and asset a cross position belongs to; null for an isolated one, or when not known. */
export function deathFor(position: Position, { diesAt }: AccountPools): AssetDeath | null {
  if (position.marginMode === 'isolated') return null;
  const { asset, settle } = position.instrument;
  const mine = (death: AssetDeath) => death.pool === null || death.pool === settle;
  return diesAt.find((death) => death.asset === asset && mine(death)) ?? null;
}

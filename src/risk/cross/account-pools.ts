import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import type { AccountSnapshot } from '../../portfolio/snapshot.ts';
import type { CoinPrice } from '../coin-price.ts';
import type { AssetDeath } from './account-death.ts';
import { assetDeath, assetDeaths, holds } from './account-death.ts';
import type { LivePool, PoolMissing } from './live-pool.ts';
import { livePools } from './live-pools.ts';

/**
 * The cross pools of an account, and where each is liquidated when one price moves alone; worked out when
 * asked for.
 */
export interface AccountPools {
  /** Empty without cross positions, and when `missing`. */
  readonly pools: readonly LivePool[];
  /** One per pool and asset. */
  readonly diesAt: readonly AssetDeath[];
  /** Why nothing is known about them; null when they are known. */
  readonly missing: PoolMissing | null;
}

export function accountPools(account: AccountSnapshot, priceOf: CoinPrice): AccountPools {
  if (account.positions.every(({ marginMode }) => marginMode === 'isolated')) return NO_POOLS;
  let live: Result<readonly LivePool[], PoolMissing> | null = null;
  const known = () => {
    live ??= livePools(account, priceOf);
    return live;
  };
  return {
    get pools() {
      const pools = known();
      return pools.ok ? pools.value : NONE;
    },
    get diesAt() {
      return this.pools.flatMap(assetDeaths);
    },
    get missing() {
      const pools = known();
      return pools.ok ? null : pools.error;
    },
  };
}

const NONE: readonly LivePool[] = [];
/** Of an account without cross positions. */
const NO_POOLS: AccountPools = { pools: NONE, diesAt: [], missing: null };

/** The same account with these pools in place of its own. */
export function withPools(pools: readonly LivePool[], { missing }: AccountPools): AccountPools {
  return {
    pools,
    get diesAt() {
      return pools.flatMap(assetDeaths);
    },
    missing,
  };
}

/** Of the pool and asset a cross position belongs to; null for an isolated one, or when not known. */
export function deathFor(position: Position, { pools }: AccountPools): AssetDeath | null {
  if (position.marginMode === 'isolated') return null;
  const { asset, settle } = position.instrument;
  const mine = ({ coin }: LivePool) => coin === null || coin === settle;
  const pool = pools.find((live) => mine(live) && holds(live, asset));
  return pool === undefined ? null : assetDeath(pool, asset);
}

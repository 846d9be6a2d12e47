import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { product } from '../../domain/product.ts';
import type { Result } from '../../domain/result.ts';
import { ok } from '../../domain/result.ts';
import type { Price } from '../../domain/units.ts';
import { asPrice } from '../../domain/units.ts';
import { assetPrice } from '../asset-price.ts';
import type { LivePool, PoolBasis, PoolMissing } from './live-pool.ts';
import type { Move } from './margin-pool.ts';
import type { LegMissing } from './moved-pools.ts';
import { movedPools } from './moved-pools.ts';
import type { PoolDeath } from './pool-death.ts';
import { poolDeath } from './pool-death.ts';

/** Where a cross pool is liquidated if only the price of this asset moves. */
export interface AssetDeath {
  /** The settle coin that is a pool of its own; null: the account's one pool. */
  readonly pool: string | null;
  readonly asset: string;
  /** USD per unit of the asset, multipliers stripped: of the first position on it, else the coin's. */
  readonly markPrice: Price | null;
  /** The pool is past its liquidation already: below and above are where it would be saved. */
  readonly isPast: boolean;
  /** Nearest price below the mark; null when there is none, or when `missing`. */
  readonly below: Price | null;
  readonly above: Price | null;
  /** The same as factors of the mark. */
  readonly factors: { readonly below: Decimal | null; readonly above: Decimal | null };
  readonly basis: PoolBasis;
  readonly missing: PoolMissing | LegMissing | null;
}

/** Of each of its assets. */
export function assetDeaths(live: LivePool): AssetDeath[] {
  return assetsIn(live).map((asset) => assetDeath(live, asset));
}

/** Assets it holds positions or coins of, dollars apart. */
export function assetsIn(live: LivePool): string[] {
  return [...deathsOf(live).keys()];
}

/** Whether the asset moves the pool. */
export function holds(live: LivePool, asset: string): boolean {
  return deathsOf(live).has(asset);
}

/** Worked out at the first question and kept with the pool: a tick asks about a few assets of many. */
export function assetDeath(live: LivePool, asset: string): AssetDeath {
  const deaths = deathsOf(live);
  const death = deaths.get(asset) ?? computeDeath(live, asset);
  deaths.set(asset, death);
  return death;
}

/** By asset; null where nobody has asked yet. */
const DEATHS = new WeakMap<LivePool, Map<string, AssetDeath | null>>();

function deathsOf(live: LivePool): Map<string, AssetDeath | null> {
  const known = DEATHS.get(live);
  if (known !== undefined) return known;
  const deaths = new Map<string, AssetDeath | null>();
  for (const { instrument } of live.positions) deaths.set(instrument.asset, null);
  for (const { coin, quantity } of live.coins) {
    if (!isDollar(coin) && !quantity.isZero()) deaths.set(coin, null);
  }
  DEATHS.set(live, deaths);
  return deaths;
}

function computeDeath(live: LivePool, asset: string): AssetDeath {
  const death = deathOf(live, new Map([[asset, ONE]]));
  return new KnownDeath(live, asset, death);
}

/** The prices are made of the factors when somebody reads them: positions are judged by the factors. */
class KnownDeath implements AssetDeath {
  readonly pool: string | null;
  readonly asset: string;
  readonly markPrice: Price | null;
  readonly isPast: boolean;
  readonly factors: AssetDeath['factors'];
  readonly basis: PoolBasis;
  readonly missing: AssetDeath['missing'];

  constructor(live: LivePool, asset: string, death: Result<PoolDeath, LegMissing>) {
    this.pool = live.coin;
    this.asset = asset;
    this.markPrice = markOf(live, asset);
    const { below, above, isPast } = death.ok ? death.value : NOT_KNOWN;
    this.isPast = isPast;
    this.factors = { below, above };
    this.basis = live.basis;
    this.missing = death.ok ? null : death.error;
  }

  get below(): Price | null {
    return this.#priceAt(this.factors.below);
  }

  get above(): Price | null {
    return this.#priceAt(this.factors.above);
  }

  #priceAt(factor: Decimal | null): Price | null {
    const { markPrice } = this;
    return factor === null || markPrice === null ? null : asPrice(product(markPrice, factor));
  }
}

const NOT_KNOWN: PoolDeath = { isPast: false, below: null, above: null };

/**
 * Where the pool is liquidated if several assets move together by their betas, as factors of the move:
 * 0.8 is a move of −20 % of an asset with beta 1.
 */
function deathOf(live: LivePool, move: Move): Result<PoolDeath, LegMissing> {
  const pools = movedPools(live, move);
  if (!pools.ok) return pools;
  return ok(firstOf(pools.value.map((pool) => poolDeath(pool, move))));
}

/** The same for all pools of an account: the first of them to go. */
export function accountDeath(
  pools: readonly LivePool[],
  move: Move,
): Result<PoolDeath, LegMissing> {
  const deaths: PoolDeath[] = [];
  for (const pool of pools) {
    const death = deathOf(pool, move);
    if (!death.ok) return death;
    deaths.push(death.value);
  }
  return ok(firstOf(deaths));
}

/** Of those that are past already when there are any: theirs are the points that matter. */
function firstOf(deaths: readonly PoolDeath[]): PoolDeath {
  if (deaths.length === 1 && deaths[0] !== undefined) return deaths[0];
  const past = deaths.filter(({ isPast }) => isPast);
  const those = past.length > 0 ? past : deaths;
  return {
    isPast: past.length > 0,
    below: nearest(those.map(({ below }) => below)),
    above: nearest(those.map(({ above }) => above)),
  };
}

function nearest(factors: readonly (Decimal | null)[]): Decimal | null {
  const known = factors.filter((factor) => factor !== null);
  const away = (factor: Decimal) => factor.minus(ONE).abs();
  return known.reduce<Decimal | null>(
    (best, factor) => (best === null || away(factor).lt(away(best)) ? factor : best),
    null,
  );
}

function markOf(live: LivePool, asset: string): Price | null {
  const leg = live.positions.find(({ instrument }) => instrument.asset === asset);
  if (leg?.markPrice) return asPrice(assetPrice(leg.markPrice, leg.instrument.multiplier));
  const coin = live.coins.find((each) => each.coin === asset);
  return coin === undefined ? null : asPrice(coin.price);
}

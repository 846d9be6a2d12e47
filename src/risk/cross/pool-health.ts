import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { product } from '../../domain/product.ts';
import { quotient } from '../../domain/quotient.ts';
import type { Ratio } from '../../domain/units.ts';
import { maintenanceOf } from '../maintenance.ts';
import { healthFactor, requirementWithFee } from '../margin-ratio.ts';
import { countedQuantity } from './collateral-weight.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from './margin-pool.ts';

/** A pool by its venue's own rule, after haircuts and with liquidation fees. */
export interface PoolHealth {
  readonly equityUsd: Decimal;
  readonly requiredUsd: Decimal;
  /** Equity ÷ (liquidatesAt × requirement): liquidation at 1. Null without a requirement. */
  readonly healthFactor: Ratio | null;
}

/** The pool when every price of the move stands at factor t; plain arithmetic, no lines. */
export function poolHealth(pool: MarginPool, move: Move, t: Decimal): PoolHealth {
  const equityUsd = pool.coins.reduce((sum, coin) => {
    return sum.plus(countedUsd(coin, coinAt(pool, coin, { move, t })));
  }, pool.fixedEquityUsd);
  const requiredUsd = pool.legs.reduce(
    (sum, leg) => sum.plus(requiredUsdOf(leg, pool, { move, t })),
    pool.fixedRequiredUsd,
  );
  return {
    equityUsd,
    requiredUsd,
    healthFactor: healthFactor(equityUsd, requiredUsd.times(pool.liquidatesAt)),
  };
}

interface Moved {
  readonly move: Move;
  readonly t: Decimal;
}

function factorOf(asset: string, { move, t }: Moved): Decimal {
  const beta = move.get(asset);
  if (beta === undefined) return ONE;
  const moved = beta.times(t.minus(ONE)).plus(ONE);
  return moved.gt(0) ? moved : ZERO;
}

export interface CoinAt {
  readonly price: Decimal;
  /** Equity of the coin in USD, PnL of its legs included, before haircuts. */
  readonly usd: Decimal;
}

/** A coin when every price of the move stands at factor t. */
export function coinAt(
  pool: MarginPool,
  { coin, price, quantity }: PoolCoin,
  moved: Moved,
): CoinAt {
  const there = isDollar(coin) ? price : price.times(factorOf(coin, moved));
  let usd = quantity.times(there);
  for (const leg of pool.legs) {
    if (leg.settle !== coin) continue;
    const gain = leg.value.times(price).times(factorOf(leg.asset, moved).minus(ONE));
    usd = leg.side === 'long' ? usd.plus(gain) : usd.minus(gain);
  }
  return { price: there, usd };
}

function countedUsd({ brackets }: PoolCoin, { price, usd }: CoinAt): Decimal {
  if (usd.lte(0)) return usd;
  if (price.isZero()) return usd.times(brackets.at(-1)?.rate ?? ZERO);
  return product(countedQuantity(quotient(usd, price), brackets), price);
}

/** What a coin counts as it stands, in USD. */
export function countedNow(coin: PoolCoin): Decimal {
  const { price, quantity } = coin;
  return countedUsd(coin, { price, usd: product(quantity, price) });
}

/** What a leg requires as it stands, in USD; `price`: of its settle coin. */
export function requiredNow({ tiers, value, closingFee }: PoolLeg, price: Decimal): Decimal {
  const maintenance = maintenanceOf(tiers, value) ?? ZERO;
  return product(requirementWithFee(maintenance, value, closingFee), price);
}

function requiredUsdOf(leg: PoolLeg, pool: MarginPool, moved: Moved): Decimal {
  const coin = pool.coins.find((each) => each.coin === leg.settle);
  if (coin === undefined) return ZERO;
  const factor = factorOf(leg.asset, moved);
  const price = isDollar(coin.coin) ? coin.price : coin.price.times(factorOf(coin.coin, moved));
  // Toward a price of zero an inverse leg is past every coin bracket and worth its face.
  if (leg.kind === 'inverse' && factor.isZero()) {
    const rate = (leg.tiers.at(-1)?.rate ?? ZERO).plus(leg.closingFee);
    return leg.value.times(coin.price).times(rate);
  }
  const value = leg.kind === 'linear' ? leg.value.times(factor) : quotient(leg.value, factor);
  const maintenance = maintenanceOf(leg.tiers, value) ?? ZERO;
  return requirementWithFee(maintenance, value, leg.closingFee).times(price);
}

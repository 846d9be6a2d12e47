import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
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
  const factor = (asset: string): Decimal => {
    const beta = move.get(asset);
    if (beta === undefined) return ONE;
    const moved = beta.times(t.minus(ONE)).plus(ONE);
    return moved.gt(0) ? moved : ZERO;
  };
  const prices = new Map(
    pool.coins.map(({ coin, price }) => [coin, isDollar(coin) ? price : price.times(factor(coin))]),
  );
  const equityUsd = pool.coins.reduce(
    (sum, coin) => sum.plus(countedUsd(coin, { pool, factor, prices })),
    pool.fixedEquityUsd,
  );
  const requiredUsd = pool.legs.reduce(
    (sum, leg) => sum.plus(requiredUsdOf(leg, factor(leg.asset), prices)),
    pool.fixedRequiredUsd,
  );
  return {
    equityUsd,
    requiredUsd,
    healthFactor: healthFactor(equityUsd, requiredUsd.times(pool.liquidatesAt)),
  };
}

type Prices = ReadonlyMap<string, Decimal>;

function countedUsd(
  coin: PoolCoin,
  at: {
    readonly pool: MarginPool;
    readonly factor: (asset: string) => Decimal;
    readonly prices: Prices;
  },
): Decimal {
  const price = at.prices.get(coin.coin) ?? ZERO;
  let usd = coin.quantity.times(price);
  for (const leg of at.pool.legs) {
    if (leg.settle !== coin.coin) continue;
    const gain = leg.value.times(coin.price).times(at.factor(leg.asset).minus(ONE));
    usd = leg.side === 'long' ? usd.plus(gain) : usd.minus(gain);
  }
  if (usd.lte(0) || price.isZero()) return usd;
  return countedQuantity(usd.div(price), coin.brackets).times(price);
}

function requiredUsdOf(leg: PoolLeg, factor: Decimal, prices: Prices): Decimal {
  const price = prices.get(leg.settle) ?? ZERO;
  if (leg.kind === 'inverse' && (factor.isZero() || price.isZero())) return ZERO;
  const value = leg.kind === 'linear' ? leg.value.times(factor) : leg.value.div(factor);
  const maintenance = maintenanceOf(leg.tiers, value) ?? ZERO;
  return requirementWithFee(maintenance, value, leg.closingFee).times(price);
}

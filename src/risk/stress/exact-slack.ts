import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { countedQuantity } from '../cross/collateral-weight.ts';
import type { PoolLeg } from '../cross/margin-pool.ts';
import { maintenanceOf } from '../maintenance.ts';
import { requirementWithFee } from '../margin-ratio.ts';
import { LEAST } from './market.ts';
import type { MarketPoint } from './scenario.ts';
import type { ExactPool } from './stress-book.ts';

/**
 * Counted equity less what liquidates, exact, of a pool to which nothing has happened yet: the same as
 * poolSlack without its rounding. Decides what is close to liquidation.
 */
export function exactSlack(pool: ExactPool, at: MarketPoint): Decimal {
  const legs = at.areLimitsHalved ? pool.halved : pool.legs;
  const equities = pool.coins.map(({ coin, price, quantity }) => {
    const usd = price.times(coinFactor(coin, at));
    const gains = legs
      .filter(({ settle }) => settle === coin)
      .reduce((sum, leg) => sum.plus(gainOf(leg, at)), ZERO);
    return { coin, usd, equity: quantity.plus(gains).times(usd) };
  });
  const required = legs.reduce((sum, leg) => {
    const coin = equities.find(({ coin }) => coin === leg.settle);
    const value = stressedValue(leg, at);
    const amount = requirementWithFee(
      maintenanceOf(leg.tiers, value) ?? ZERO,
      value,
      leg.closingFee,
    );
    return sum.plus(amount.times(coin?.usd ?? ZERO));
  }, pool.fixedRequiredUsd);
  const counted = pool.ends.map(({ fixedEquityUsd, brackets }) =>
    equities.reduce((sum, { coin, usd, equity }, index) => {
      const weights = brackets[index];
      if (equity.lte(0) || usd.isZero() || weights === undefined) return sum.plus(equity);
      const points = isDollar(coin) ? ZERO : equity.times(plain(at.haircut));
      const full = countedQuantity(equity.div(usd), weights).times(usd);
      return sum.plus(D.max(full.minus(points), ZERO));
    }, fixedEquityUsd),
  );
  return D.min(...counted).minus(required.times(pool.liquidatesAt));
}

/** A scenario's own figure, digit by digit. */
function plain(figure: number): Decimal {
  return new D(String(figure));
}

function coinFactor(coin: string, at: MarketPoint): Decimal {
  if (isDollar(coin)) return plain(at.dollars[coin] ?? 1);
  return assetFactor(coin, at);
}

function assetFactor(asset: string, at: MarketPoint): Decimal {
  return D.max(plain(at.moves[asset] ?? 0).plus(1), plain(LEAST));
}

function markFactor({ asset, side }: PoolLeg, at: MarketPoint): Decimal {
  const half = plain(at.spread).div(2);
  return assetFactor(asset, at)
    .times(plain(at.basis).plus(1))
    .times(side === 'long' ? ONE.minus(half) : ONE.plus(half));
}

function stressedValue(leg: PoolLeg, at: MarketPoint): Decimal {
  const mark = markFactor(leg, at);
  if (leg.kind === 'linear') return leg.value.times(mark).div(coinFactor(leg.settle, at));
  return leg.value.div(mark);
}

function gainOf(leg: PoolLeg, at: MarketPoint): Decimal {
  const value = stressedValue(leg, at);
  const move = leg.kind === 'linear' ? value.minus(leg.value) : leg.value.minus(value);
  const gain = move.minus(value.times(plain(at.funding)));
  return leg.side === 'long' ? gain : gain.neg();
}

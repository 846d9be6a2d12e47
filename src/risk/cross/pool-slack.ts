import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import { tierAt } from '../maintenance.ts';
import { weightTiers } from './collateral-weight.ts';
import type { Line } from './line.ts';
import { at, constant, minus, plus, times, ZERO_LINE, zeroOf } from './line.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from './margin-pool.ts';

/** Prices relative to their marks, as lines over t: valid on one stretch where none reaches zero. */
export type Factors = (asset: string) => Line;

const STILL = constant(ONE);

/** `inside`: any t of the stretch; a price that is below zero there stays at zero. */
export function factorsAt(move: Move, inside: Decimal): Factors {
  const lines = new Map<string, Line>();
  for (const [asset, beta] of move) {
    const line = { base: ONE.minus(beta), slope: beta };
    lines.set(asset, at(line, inside).gt(0) ? line : ZERO_LINE);
  }
  return (asset) => lines.get(asset) ?? STILL;
}

/** Where a price of the move reaches zero. */
export function zeroPrices(move: Move): Decimal[] {
  return [...move.values()].flatMap((beta) => {
    const zero = zeroOf({ base: ONE.minus(beta), slope: beta });
    return zero === null ? [] : [zero];
  });
}

/**
 * Equity − liquidatesAt × requirement in USD as a line over t, on the stretch without bends that
 * `inside` lies in. Liquidation is where it falls to zero.
 */
export function slackLine(pool: MarginPool, factors: Factors, inside: Decimal): Line {
  let slack = constant(pool.fixedEquityUsd);
  let required = constant(pool.fixedRequiredUsd);
  for (const coin of pool.coins) {
    slack = plus(slack, countedLine(coin, { pool, factors, inside }));
  }
  for (const leg of pool.legs) {
    required = plus(required, requiredLine(leg, { pool, factors, inside }));
  }
  return minus(slack, times(required, pool.liquidatesAt));
}

interface Stretch {
  readonly pool: MarginPool;
  readonly factors: Factors;
  readonly inside: Decimal;
}

/** Where the slack may change its slope, or jump: brackets of requirements and of haircuts. */
export function bendsOf(pool: MarginPool, factors: Factors): Decimal[] {
  return [
    ...pool.legs.flatMap((leg) => tierBends(leg, factors)),
    ...pool.coins.flatMap((coin) => haircutBends(coin, pool, factors)),
  ];
}

/** A linear leg's value moves with the price, an inverse leg's coin value against it. */
function tierBends(leg: PoolLeg, factors: Factors): Decimal[] {
  const factor = factors(leg.asset);
  if (factor.slope.isZero()) return [];
  // The last bracket has no end even when a cap is given.
  return leg.tiers.slice(0, -1).flatMap(({ cap }) => {
    if (cap === null || cap.lte(0)) return [];
    const edge = leg.kind === 'linear' ? cap.div(leg.value) : leg.value.div(cap);
    return zeroOf(minus(factor, constant(edge))) ?? [];
  });
}

/** (rate × value − deduction + fee × value) × dollars per coin. */
function requiredLine(leg: PoolLeg, { pool, factors, inside }: Stretch): Line {
  const factor = factors(leg.asset);
  const rateOf = (value: Decimal) => tierAt(leg.tiers, value);
  if (leg.kind === 'linear') {
    const tier = rateOf(leg.value.times(at(factor, inside)));
    const rate = (tier?.rate ?? ZERO).plus(leg.closingFee);
    return minus(times(factor, leg.value.times(rate)), constant(tier?.deduction ?? ZERO));
  }
  const price = priceOf(pool, leg.settle);
  const here = at(factor, inside);
  // At a price of zero the coin value is past every bracket.
  const tier = here.gt(0) ? rateOf(leg.value.div(here)) : (leg.tiers.at(-1) ?? null);
  const rate = (tier?.rate ?? ZERO).plus(leg.closingFee);
  const face = constant(leg.value.times(price).times(rate));
  return minus(face, times(factor, (tier?.deduction ?? ZERO).times(price)));
}

function priceOf(pool: MarginPool, coin: string): Decimal {
  return pool.coins.find((each) => each.coin === coin)?.price ?? ZERO;
}

/**
 * Equity of a coin in USD: what is held moves with the coin's price; PnL of its legs is
 * ± value × (factor − 1) in USD for linear and inverse legs alike.
 */
function equityLine(coin: PoolCoin, pool: MarginPool, factors: Factors): Line {
  let line = times(coinFactor(coin, factors), coin.quantity.times(coin.price));
  for (const leg of pool.legs) {
    if (leg.settle !== coin.coin) continue;
    const move = minus(factors(leg.asset), STILL);
    if (move.slope.isZero() && move.base.isZero()) continue;
    const usd = leg.value.times(coin.price);
    line = plus(line, times(move, leg.side === 'long' ? usd : usd.neg()));
  }
  return line;
}

function coinFactor(coin: PoolCoin, factors: Factors): Line {
  return isDollar(coin.coin) ? STILL : factors(coin.coin);
}

function countedLine(coin: PoolCoin, { pool, factors, inside }: Stretch): Line {
  const equity = equityLine(coin, pool, factors);
  if (isInFull(coin)) return equity;
  const price = times(coinFactor(coin, factors), coin.price);
  const here = { usd: at(equity, inside), price: at(price, inside) };
  if (here.usd.lte(0) || here.price.lte(0)) return equity;
  const tier = tierAt(weightTiers(coin.brackets), here.usd.div(here.price));
  const counted = times(equity, tier?.rate ?? ZERO);
  return minus(counted, times(price, tier?.deduction ?? ZERO));
}

/** Where the coin's equity passes zero or a bracket's floor. */
function haircutBends(coin: PoolCoin, pool: MarginPool, factors: Factors): Decimal[] {
  if (isInFull(coin)) return [];
  const equity = equityLine(coin, pool, factors);
  const price = times(coinFactor(coin, factors), coin.price);
  return coin.brackets.flatMap(({ floor }) => zeroOf(minus(equity, times(price, floor))) ?? []);
}

function isInFull({ brackets }: PoolCoin): boolean {
  return brackets.every(({ rate }) => rate.eq(1));
}

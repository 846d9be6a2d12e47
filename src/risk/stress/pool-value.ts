import type { Market } from './market.ts';
import { stepped } from './steps.ts';
import type { StressCoin, StressLeg, StressPool } from './stress-book.ts';

/** What happened to the legs on the way: fresh is 1 kept and 0 realised of each. */
export interface LegState {
  /** Share still open, by leg number. */
  readonly kept: Float64Array;
  /** Gained by what was closed, in settle. */
  readonly realised: Float64Array;
}

export function freshState(legs: number): LegState {
  return { kept: new Float64Array(legs).fill(1), realised: new Float64Array(legs) };
}

/** The dollar price a leg is marked at, as a factor of today's. */
export function markFactor(leg: StressLeg, market: Market): number {
  const spot = market.assets[leg.asset] ?? 1;
  return spot * (1 + market.basis) * (1 - (leg.sign * market.spread) / 2);
}

export function coinFactor(coin: StressCoin, market: Market): number {
  return (coin.isDollar ? market.dollars : market.assets)[coin.place] ?? 1;
}

/** The value in settle of the whole leg: a linear one is worth more coins when the coin falls. */
export function legValue(leg: StressLeg, coin: StressCoin, market: Market): number {
  const mark = markFactor(leg, market);
  return leg.isLinear ? (leg.value * mark) / coinFactor(coin, market) : leg.value / mark;
}

/** Gain of the whole leg since today in settle, funding paid. */
export function legGain(leg: StressLeg, coin: StressCoin, market: Market): number {
  return gainAt(leg, legValue(leg, coin, market), market);
}

function gainAt(leg: StressLeg, value: number, market: Market): number {
  const move = leg.isLinear ? value - leg.value : leg.value - value;
  return leg.sign * (move - value * market.funding);
}

/** A pool at one moment, in USD. */
export interface PoolFigures {
  /** What it is worth, before haircuts. */
  readonly worthUsd: number;
  /** What the venue counts as equity, at the worse end of unknown haircuts. */
  readonly countedUsd: number;
  readonly maintenanceUsd: number;
  /** Maintenance and the fees the rule requires on top. */
  readonly requiredUsd: number;
  /** Counted equity less what liquidates: at zero and below the venue acts. */
  readonly slackUsd: number;
}

/** One pass over coins and legs: written with plain loops, it is run some hundred thousand times a desk. */
export function poolFigures(pool: StressPool, market: Market, state: LegState): PoolFigures {
  const { coins, legs } = pool;
  const prices: number[] = [];
  const equities: number[] = [];
  let maintenanceUsd = pool.fixedRequiredUsd;
  let feesUsd = 0;
  for (const coin of coins) {
    const price = coin.price * coinFactor(coin, market);
    prices.push(price);
    equities.push(coin.quantity * price);
  }
  for (const leg of legs) {
    const coin = coins[leg.coin];
    const price = prices[leg.coin];
    if (coin === undefined || price === undefined) continue;
    const kept = state.kept[leg.index] ?? 1;
    const whole = legValue(leg, coin, market);
    const gain = (state.realised[leg.index] ?? 0) + kept * gainAt(leg, whole, market);
    equities[leg.coin] = (equities[leg.coin] ?? 0) + gain * price;
    if (kept === 0) continue;
    const value = whole * kept;
    maintenanceUsd += stepped(market.areLimitsHalved ? leg.halved : leg.steps, value) * price;
    feesUsd += value * leg.closingFee * price;
  }
  const worthUsd = equities.reduce((sum, usd) => sum + usd, pool.restUsd);
  const countedUsd = counted(pool, { prices, equities, haircut: market.haircut });
  const requiredUsd = maintenanceUsd + feesUsd;
  const slackUsd = countedUsd - pool.liquidatesAt * requiredUsd;
  return { worthUsd, countedUsd, maintenanceUsd, requiredUsd, slackUsd };
}

function counted(
  { ends, coins }: StressPool,
  at: {
    readonly prices: readonly number[];
    readonly equities: readonly number[];
    readonly haircut: number;
  },
): number {
  let worst = Number.POSITIVE_INFINITY;
  for (const { fixedEquityUsd, weights } of ends) {
    let sum = fixedEquityUsd;
    for (let index = 0; index < coins.length; index += 1) {
      const usd = at.equities[index] ?? 0;
      const price = at.prices[index] ?? 0;
      const steps = weights[index];
      if (usd <= 0 || price === 0 || steps === undefined) {
        sum += usd;
        continue;
      }
      const points = coins[index]?.isDollar === true ? 0 : usd * at.haircut;
      sum += Math.max(0, stepped(steps, usd / price) * price - points);
    }
    if (sum < worst) worst = sum;
  }
  return worst;
}

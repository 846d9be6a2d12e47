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
  const value = legValue(leg, coin, market);
  const move = leg.isLinear ? value - leg.value : leg.value - value;
  return leg.sign * (move - value * market.funding);
}

/** Equity of each coin of the pool in USD, before haircuts. */
function coinEquities(pool: StressPool, market: Market, state: LegState): number[] {
  const equities = pool.coins.map((coin) => coin.quantity * coin.price * coinFactor(coin, market));
  for (const leg of pool.legs) {
    const coin = pool.coins[leg.coin];
    if (coin === undefined) continue;
    const kept = state.kept[leg.index] ?? 1;
    const gain = (state.realised[leg.index] ?? 0) + kept * legGain(leg, coin, market);
    equities[leg.coin] = (equities[leg.coin] ?? 0) + gain * coin.price * coinFactor(coin, market);
  }
  return equities;
}

/** What the pool is worth, before haircuts. */
export function poolWorth(pool: StressPool, market: Market, state: LegState): number {
  return coinEquities(pool, market, state).reduce((sum, usd) => sum + usd, pool.restUsd);
}

/** What the venue counts as equity, at the worse end of unknown haircuts. */
export function poolCounted(pool: StressPool, market: Market, state: LegState): number {
  const equities = coinEquities(pool, market, state);
  let worst = Number.POSITIVE_INFINITY;
  for (const { fixedEquityUsd, weights } of pool.ends) {
    let counted = fixedEquityUsd;
    for (const [index, usd] of equities.entries()) {
      const coin = pool.coins[index];
      const price = coin === undefined ? 0 : coin.price * coinFactor(coin, market);
      const steps = weights[index];
      if (usd <= 0 || price === 0 || coin === undefined || steps === undefined) counted += usd;
      else {
        const points = coin.isDollar ? 0 : usd * market.haircut;
        counted += Math.max(0, stepped(steps, usd / price) * price - points);
      }
    }
    worst = Math.min(worst, counted);
  }
  return worst;
}

/** Maintenance in USD, and with it the fees the rule requires on top. */
export function poolRequired(
  pool: StressPool,
  market: Market,
  state: LegState,
): { readonly maintenanceUsd: number; readonly requiredUsd: number } {
  let maintenanceUsd = pool.fixedRequiredUsd;
  let feesUsd = 0;
  for (const leg of pool.legs) {
    const coin = pool.coins[leg.coin];
    const kept = state.kept[leg.index] ?? 1;
    if (coin === undefined || kept === 0) continue;
    const value = legValue(leg, coin, market) * kept;
    const price = coin.price * coinFactor(coin, market);
    maintenanceUsd += stepped(market.areLimitsHalved ? leg.halved : leg.steps, value) * price;
    feesUsd += value * leg.closingFee * price;
  }
  return { maintenanceUsd, requiredUsd: maintenanceUsd + feesUsd };
}

/** Counted equity less what liquidates: at zero and below the venue acts. */
export function poolSlack(pool: StressPool, market: Market, state: LegState): number {
  const { requiredUsd } = poolRequired(pool, market, state);
  return poolCounted(pool, market, state) - pool.liquidatesAt * requiredUsd;
}

import type { MaintenanceTier } from '../../../src/domain/instrument.ts';
import type { MarginPool, Move } from '../../../src/risk/cross/margin-pool.ts';

/** Equity − liquidatesAt × requirement in doubles, written anew: what the exact one is checked by. */
export function doubleSlack(pool: MarginPool, move: Move): (t: number) => number {
  const legs = pool.legs.map((leg) => ({
    ...leg,
    value: leg.value.toNumber(),
    fee: leg.closingFee.toNumber(),
    sign: leg.side === 'long' ? 1 : -1,
    required: tableOf(leg.tiers),
  }));
  const coins = pool.coins.map(({ coin, price, quantity, brackets }) => ({
    coin,
    price: price.toNumber(),
    quantity: quantity.toNumber(),
    steps: brackets.map(({ floor, rate }) => ({ floor: floor.toNumber(), rate: rate.toNumber() })),
  }));
  const priceNow = new Map(coins.map(({ coin, price }) => [coin, price]));
  const factor = (asset: string, t: number) =>
    Math.max(0, 1 + (move.get(asset)?.toNumber() ?? 0) * (t - 1));
  return (t) => {
    let equity = pool.fixedEquityUsd.toNumber();
    let due = pool.fixedRequiredUsd.toNumber();
    for (const { coin, price, quantity, steps } of coins) {
      const there = coin === 'USDT' ? 1 : price * factor(coin, t);
      let usd = quantity * there;
      for (const leg of legs) {
        if (leg.settle === coin) usd += leg.sign * leg.value * price * (factor(leg.asset, t) - 1);
      }
      equity +=
        there > 0 ? counted(usd / there, steps) * there : usd * (usd > 0 ? lastRate(steps) : 1);
    }
    for (const leg of legs) {
      const m = factor(leg.asset, t);
      if (leg.kind === 'linear') due += leg.required(leg.value * m) + leg.fee * leg.value * m;
      else {
        // Zero stands for its limit.
        const near = Math.max(m, 1e-12);
        const value = leg.value / near;
        due += (leg.required(value) + leg.fee * value) * near * (priceNow.get(leg.settle) ?? 0);
      }
    }
    return equity - pool.liquidatesAt.toNumber() * due;
  };
}

function tableOf(tiers: readonly MaintenanceTier[]): (value: number) => number {
  const rows = tiers.map(({ cap, rate, deduction }) => ({
    cap: cap?.toNumber() ?? Number.POSITIVE_INFINITY,
    rate: rate.toNumber(),
    deduction: deduction.toNumber(),
  }));
  return (value) => {
    const row = rows.find(({ cap }) => value <= cap) ?? rows.at(-1);
    return row === undefined ? 0 : row.rate * value - row.deduction;
  };
}

function lastRate(steps: readonly { readonly rate: number }[]): number {
  return steps.at(-1)?.rate ?? 0;
}

function counted(
  quantity: number,
  steps: readonly { readonly floor: number; readonly rate: number }[],
): number {
  if (quantity <= 0) return quantity;
  return steps.reduce((sum, { floor, rate }, index) => {
    const to = Math.min(quantity, steps[index + 1]?.floor ?? Number.POSITIVE_INFINITY);
    return sum + rate * Math.max(0, to - floor);
  }, 0);
}

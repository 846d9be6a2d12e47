import type { Decimal } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import { isDollar, money } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Ratio } from '../../domain/units.ts';
import { estimateLiquidation } from '../estimate-liquidation.ts';
import { liquidationDistance } from '../liquidation-distance.ts';
import { healthFactor } from '../margin-ratio.ts';
import { ownHealth } from '../position-figures.ts';
import type { AccountPools } from './account-pools.ts';
import { withPools } from './account-pools.ts';
import { countedQuantity } from './collateral-weight.ts';
import type { LiveCoin, LivePool } from './live-pool.ts';
import type { MarginEffect, MarginSubject, Standing } from './margin-target.ts';

/**
 * What adding (or, below zero, removing) this margin does. An isolated position takes it from, or gives it
 * back to, the rest of its account; to a cross one it comes from outside, or leaves.
 */
export function marginEffect(subject: MarginSubject, change: Money): MarginEffect {
  return { change, before: standingOf(subject), after: standingOf(withMargin(subject, change)) };
}

/** The subject after the change; the account's reported totals follow. */
function withMargin(subject: MarginSubject, change: Money): MarginSubject {
  const { position, account, pools } = subject;
  if (position.marginMode === 'isolated') {
    const { collateral } = position;
    if (collateral?.currency !== change.currency) return subject;
    const more = money(collateral.amount.plus(change.amount), change.currency);
    return { ...subject, position: { ...position, collateral: more } };
  }
  const changed = pools.pools.map((pool) => poolWith(pool, position, change));
  const usd = changeUsd(pools, change);
  const equityUsd = account.margin?.equityUsd ?? null;
  const margin = account.margin && {
    ...account.margin,
    equityUsd:
      usd === null || equityUsd === null ? null : (equityUsd.plus(usd) as typeof equityUsd),
  };
  return {
    position,
    account: { ...account, margin },
    pools: withPools(changed, pools),
  };
}

function changeUsd({ pools }: AccountPools, { amount, currency }: Money): Decimal | null {
  if (isDollar(currency)) return amount;
  const coin = pools.flatMap(({ coins }) => coins).find((each) => each.coin === currency);
  return coin === undefined ? null : amount.times(coin.price);
}

/** Only the pool the position is in. What the coin counts is by its brackets, else by the lowest rate. */
function poolWith(pool: LivePool, position: Position, { amount, currency }: Money): LivePool {
  if (pool.coin !== null && pool.coin !== position.instrument.settle) return pool;
  const held = pool.coins.find(({ coin }) => coin === currency);
  if (held === undefined) return pool;
  const after = { ...held, quantity: held.quantity.plus(amount) };
  const more = counted(after).minus(counted(held)).times(held.price);
  return {
    ...pool,
    equityUsd: pool.equityUsd.plus(more),
    coins: pool.coins.map((coin) => (coin === held ? after : coin)),
  };
}

function counted({ quantity, haircut }: LiveCoin): Decimal {
  if (haircut.kind === 'brackets') return countedQuantity(quantity, haircut.brackets);
  return quantity.gt(0) ? quantity.times(haircut.low) : quantity;
}

export function standingOf({ position, account, pools }: MarginSubject): Standing {
  const estimate = estimateLiquidation(position, pools);
  const price = estimate.ok ? estimate.value : null;
  const { markPrice, side } = position;
  return {
    healthFactor: healthOf({ position, account, pools }),
    liquidationPrice: price,
    missing: estimate.ok ? null : estimate.error,
    liquidationDistance:
      price === null || markPrice === null ? null : liquidationDistance(side, markPrice, price),
  };
}

function healthOf({ position, account }: MarginSubject): Ratio | null {
  if (position.marginMode === 'isolated') return ownHealth(position);
  const { equityUsd = null, maintenanceMarginUsd = null } = account.margin ?? {};
  return healthFactor(equityUsd, maintenanceMarginUsd);
}

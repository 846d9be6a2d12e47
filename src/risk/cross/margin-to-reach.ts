import { Decimal, ONE, ratioOf, ZERO } from '../../domain/decimal.ts';
import type { Money } from '../../domain/money.ts';
import { isDollar, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok, unreachable } from '../../domain/result.ts';
import { isolatedLeg } from '../estimate-liquidation.ts';
import { pnlOf, requiredOf } from '../position-figures.ts';
import { countedQuantity, quantityCounting } from './collateral-weight.ts';
import { marginEffect } from './margin-effect.ts';
import { marginForHealth } from './margin-for-health.ts';
import { marginForLiquidation } from './margin-for-liquidation.ts';
import type { MarginPool } from './margin-pool.ts';
import type { MarginEffect, MarginSubject, MarginTarget, TargetMissing } from './margin-target.ts';
import { movedPools } from './moved-pools.ts';
import { coinAt, poolHealth } from './pool-health.ts';

/**
 * How much margin to add (above zero) or what may be removed (below zero) for a target, in the position's
 * settle currency, with what stands before and after. Rounded up to the step, so to the safe side both
 * ways. What a venue lets go is its own matter: see marginToLeave and the account's available margin.
 */
export function marginToReach(
  subject: MarginSubject,
  target: MarginTarget,
  step: Decimal | null,
): Result<MarginEffect, TargetMissing> {
  const exact = changeFor(subject, target);
  if (!exact.ok) return exact;
  const { amount, currency } = exact.value;
  const effect = marginEffect(subject, money(roundUp(amount, step), currency));
  return isReached(subject, target, effect) ? ok(effect) : err('unreachable');
}

function roundUp(amount: Decimal, step: Decimal | null): Decimal {
  if (step === null || step.lte(0)) return amount;
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_CEIL).times(step);
}

function changeFor(subject: MarginSubject, target: MarginTarget): Result<Money, TargetMissing> {
  switch (target.kind) {
    case 'health-factor':
      return healthChange(subject, target.value);
    case 'liquidation-price':
      return priceChange(subject, target.price);
    case 'probability': {
      const price = target.priceFor(target.value);
      return price === null ? err('no-price') : priceChange(subject, price);
    }
    default:
      return unreachable(target);
  }
}

function healthChange(subject: MarginSubject, target: Decimal): Result<Money, TargetMissing> {
  const { position, account, pools } = subject;
  const { settle } = position.instrument;
  if (position.marginMode === 'isolated') {
    const { collateral } = position;
    const maintenance = requiredOf(position);
    const pnl = pnlOf(position);
    if (collateral?.currency !== settle) return err('no-collateral');
    if (maintenance?.currency !== settle || pnl?.currency !== settle) return err('no-health');
    const needed = marginForHealth({ maintenance: maintenance.amount, pnl: pnl.amount, target });
    return ok(money(atLeastNothing(needed).minus(collateral.amount), settle));
  }
  const { equityUsd = null, maintenanceMarginUsd: maintenance = null } = account.margin ?? {};
  if (equityUsd === null || !maintenance?.gt(0)) return err('no-health');
  const usd = marginForHealth({ maintenance, pnl: equityUsd, target });
  const coin = pools.pools.flatMap(({ coins }) => coins).find((each) => each.coin === settle);
  const amount = isDollar(settle) ? usd : ratioOf(usd, coin?.price ?? null);
  return amount === null ? err('no-coin-price') : ok(money(amount, settle));
}

function priceChange(subject: MarginSubject, price: Decimal): Result<Money, TargetMissing> {
  const { position } = subject;
  const { markPrice, side, marginMode, instrument } = position;
  if (markPrice === null || markPrice.lte(0)) return err('no-mark');
  if (price.lte(0) || (side === 'long' ? price.gte(markPrice) : price.lte(markPrice))) {
    return err('wrong-side');
  }
  if (marginMode === null) return err('no-margin-mode');
  if (marginMode !== 'isolated') return crossPriceChange(subject, price.div(markPrice));
  const leg = isolatedLeg(position);
  if (!leg.ok) return leg;
  const needed = marginForLiquidation(leg.value, price);
  if (needed === null) return err('unreachable');
  return ok(money(atLeastNothing(needed).minus(leg.value.margin), instrument.settle));
}

/** What the pool lacks (or has to spare) when the asset stands at this factor, in settle. */
function crossPriceChange(
  { position, pools }: MarginSubject,
  factor: Decimal,
): Result<Money, TargetMissing> {
  if (pools.missing !== null) return err(pools.missing);
  const { asset, settle } = position.instrument;
  const live = pools.pools.find(({ coin }) => coin === null || coin === settle);
  if (live === undefined) return err('no-equity');
  const move = new Map([[asset, ONE]]);
  const moved = movedPools(live, move);
  if (!moved.ok) return moved;
  const needs = moved.value.map((pool) => missingCoins(pool, settle, { move, t: factor }));
  if (!needs.every((need) => need !== null)) return err('unreachable');
  return ok(money(Decimal.max(...needs), settle));
}

function missingCoins(
  pool: MarginPool,
  settle: string,
  moved: { readonly move: ReadonlyMap<string, Decimal>; readonly t: Decimal },
): Decimal | null {
  const coin = pool.coins.find((each) => each.coin === settle);
  if (coin === undefined) return null;
  const { equityUsd, requiredUsd } = poolHealth(pool, moved.move, moved.t);
  const lackUsd = requiredUsd.times(pool.liquidatesAt).minus(equityUsd);
  const { price, usd } = coinAt(pool, coin, moved);
  if (price.isZero()) return null;
  const quantity = usd.div(price);
  const counting = countedQuantity(quantity, coin.brackets).plus(lackUsd.div(price));
  return quantityCounting(counting, coin.brackets)?.minus(quantity) ?? null;
}

/** Margin is never below nothing: all of it may go when even that reaches the target. */
function atLeastNothing(amount: Decimal): Decimal {
  return amount.isNegative() ? ZERO : amount;
}

const HAIR = new Decimal('1e-15');

/** A requirement that jumps, or a pool that dies nearer by: then adding to this price is not enough. */
function isReached(
  { position }: MarginSubject,
  target: MarginTarget,
  { after }: MarginEffect,
): boolean {
  if (target.kind === 'health-factor') {
    return after.healthFactor?.gte(target.value.minus(target.value.abs().times(HAIR))) === true;
  }
  const price = target.kind === 'liquidation-price' ? target.price : target.priceFor(target.value);
  if (after.liquidationPrice === null) return after.missing === 'never';
  if (price === null || after.liquidationDistance === null) return false;
  const past = after.liquidationPrice.minus(price);
  const slack = price.times(HAIR);
  return position.side === 'long' ? past.lte(slack) : past.gte(slack.neg());
}

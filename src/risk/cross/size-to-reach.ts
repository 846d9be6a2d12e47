import { Decimal, ZERO } from '../../domain/decimal.ts';
import { money } from '../../domain/money.ts';
import type { Position } from '../../domain/position.ts';
import type { Result } from '../../domain/result.ts';
import { err, ok } from '../../domain/result.ts';
import { asQuantity, asUsd } from '../../domain/units.ts';
import { maintenanceOf } from '../maintenance.ts';
import { marginProfile } from '../margin-profile.ts';
import { settleValue, sizeOf } from '../notional.ts';
import { pnlOf, requiredOf } from '../position-figures.ts';
import { withPools } from './account-pools.ts';
import { keepValue } from './keep-value.ts';
import { standingOf } from './margin-effect.ts';
import type { MarginSubject, Standing, TargetMissing } from './margin-target.ts';
import { tiersAtMark } from './tiers-at-mark.ts';

export interface SizeTarget {
  readonly healthFactor: Decimal;
  /** Share of the closed value the close costs. */
  readonly closingFee: Decimal;
  /** Smallest step of a close, in contracts; null: exact. */
  readonly step: Decimal | null;
}

export interface SizeEffect {
  /** Zero when the target is met already. */
  readonly closeContracts: Decimal;
  readonly keepContracts: Decimal;
  readonly before: Standing;
  /** Null: all of an isolated position is closed. */
  readonly after: Standing | null;
}

/**
 * How much of a position to close at the mark for a health factor: its own when isolated, the account's
 * when cross. Rounded up to the step. Of an isolated position the margin is taken to stay; a venue that
 * releases a share of it with every close gives back what this adds.
 */
export function sizeToReach(
  subject: MarginSubject,
  target: SizeTarget,
): Result<SizeEffect, TargetMissing> {
  const facts = factsOf(subject);
  if (!facts.ok) return facts;
  const { contracts } = subject.position;
  const kept = keepValue({
    ...facts.value,
    target: target.healthFactor,
    closingFee: target.closingFee,
  });
  if (kept === null) return err('unreachable');
  const exact = contracts.times(facts.value.value.minus(kept)).div(facts.value.value);
  const closeContracts = Decimal.min(roundUp(exact, target.step), contracts);
  return ok(effectOf(subject, { closeContracts, facts: facts.value, fee: target.closingFee }));
}

/** What closing this many contracts at the mark does; reckoned as sizeToReach does it. */
export function sizeEffect(
  subject: MarginSubject,
  closing: { readonly contracts: Decimal; readonly closingFee: Decimal },
): Result<SizeEffect, TargetMissing> {
  const facts = factsOf(subject);
  if (!facts.ok) return facts;
  const closeContracts = Decimal.min(closing.contracts, subject.position.contracts);
  return ok(effectOf(subject, { closeContracts, facts: facts.value, fee: closing.closingFee }));
}

function effectOf(
  subject: MarginSubject,
  closing: { readonly closeContracts: Decimal; readonly facts: Facts; readonly fee: Decimal },
): SizeEffect {
  const { closeContracts, facts, fee } = closing;
  const keepContracts = subject.position.contracts.minus(closeContracts);
  return {
    closeContracts,
    keepContracts,
    before: standingOf(subject),
    after: standingAfter({ subject, facts, keepContracts, fee }),
  };
}

function roundUp(amount: Decimal, step: Decimal | null): Decimal {
  if (step === null || step.lte(0)) return amount;
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_CEIL).times(step);
}

interface Facts {
  /** All in settle. */
  readonly equity: Decimal;
  readonly value: Decimal;
  readonly otherMaintenance: Decimal;
  readonly tiers: NonNullable<ReturnType<typeof tiersAtMark>>;
  /** USD per settle. */
  readonly price: Decimal;
  readonly mark: Decimal;
}

function factsOf({ position, account, pools }: MarginSubject): Result<Facts, TargetMissing> {
  const { instrument, markPrice, contracts, marginMode, collateral } = position;
  if (markPrice === null || markPrice.lte(0)) return err('no-mark');
  const tiers = tiersAtMark(instrument, markPrice);
  if (tiers === null) return err('no-tiers');
  const size = sizeOf(contracts, instrument.contractSize);
  const value = settleValue(instrument.kind, size, markPrice);
  if (value.lte(0)) return err('unreachable');
  const ours = maintenanceOf(tiers, value) ?? ZERO;
  const base = { value, tiers, mark: markPrice };
  if (marginMode === 'isolated') {
    const pnl = pnlOf(position);
    if (collateral?.currency !== instrument.settle) return err('no-collateral');
    if (pnl?.currency !== instrument.settle) return err('no-health');
    const equity = collateral.amount.plus(pnl.amount);
    return ok({ ...base, equity, otherMaintenance: ZERO, price: new Decimal(1) });
  }
  const { equityUsd = null, maintenanceMarginUsd: total = null } = account.margin ?? {};
  if (equityUsd === null || total === null) return err('no-health');
  const coin = pools.pools
    .flatMap(({ coins }) => coins)
    .find((each) => each.coin === instrument.settle);
  if (coin === undefined || coin.price.isZero()) return err(pools.missing ?? 'no-coin-price');
  return ok({
    ...base,
    equity: equityUsd.div(coin.price),
    otherMaintenance: total.div(coin.price).minus(ours),
    price: coin.price,
  });
}

interface Closing {
  readonly subject: MarginSubject;
  readonly facts: Facts;
  readonly keepContracts: Decimal;
  readonly fee: Decimal;
}

function standingAfter({ subject, facts, keepContracts, fee }: Closing): Standing | null {
  const { position, account, pools } = subject;
  const { settle } = position.instrument;
  const share = keepContracts.div(position.contracts);
  const cost = facts.value.times(share.neg().plus(1)).times(fee);
  const kept = keptPart(position, { share, cost, facts });
  if (position.marginMode === 'isolated') {
    return keepContracts.isZero() ? null : standingOf({ ...subject, position: kept });
  }
  const costUsd = cost.times(facts.price);
  const freed = requirement(position, facts.value, facts).minus(
    requirement(position, facts.value.times(share), facts),
  );
  const changed = pools.pools.map((pool) => {
    if (pool.coin !== null && pool.coin !== settle) return pool;
    return {
      ...pool,
      equityUsd: pool.equityUsd.minus(costUsd),
      requiredUsd: pool.requiredUsd.minus(freed.times(facts.price)),
      positions: pool.positions.flatMap((each) =>
        each === position ? (keepContracts.isZero() ? [] : [kept]) : [each],
      ),
      coins: pool.coins.map((coin) =>
        coin.coin === settle ? { ...coin, quantity: coin.quantity.minus(cost) } : coin,
      ),
    };
  });
  const maintenance = facts.otherMaintenance
    .plus(maintenanceOf(facts.tiers, facts.value.times(share)) ?? ZERO)
    .times(facts.price);
  const margin = account.margin && {
    ...account.margin,
    equityUsd: asUsd(facts.equity.minus(cost).times(facts.price)),
    maintenanceMarginUsd: asUsd(maintenance),
  };
  return standingOf({
    position: kept,
    account: { ...account, margin },
    pools: withPools(changed, pools),
  });
}

/** Maintenance and, where the rule has one, the fee of a forced close, in settle. */
function requirement(position: Position, value: Decimal, { tiers }: Facts): Decimal {
  const isAdded = marginProfile(position.venue).closingFee === 'added';
  const fee = (isAdded ? position.instrument.takerFee : null) ?? ZERO;
  return (maintenanceOf(tiers, value) ?? ZERO).plus(value.times(fee));
}

/** The position that is left; of an isolated one the closed part's PnL and the cost settle in its margin. */
function keptPart(
  position: Position,
  on: { readonly share: Decimal; readonly cost: Decimal; readonly facts: Facts },
): Position {
  const { share, cost, facts } = on;
  const { settle } = position.instrument;
  const pnl = pnlOf(position)?.amount ?? ZERO;
  const { collateral, quantity, contracts } = position;
  const realized = pnl.times(share.neg().plus(1));
  const required =
    requiredOf(position) === null ? null : maintenanceOf(facts.tiers, facts.value.times(share));
  return {
    ...position,
    contracts: contracts.times(share),
    quantity: quantity && asQuantity(quantity.times(share)),
    collateral: collateral && money(collateral.amount.plus(realized).minus(cost), settle),
    unrealizedPnl: money(pnl.times(share), settle),
    maintenanceMargin: required && money(required, settle),
    initialMargin: null,
  };
}

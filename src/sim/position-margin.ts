import { type Decimal, ONE, ZERO } from '../domain/decimal.ts';
import type { SimInstrument, SimPosition, SimTier, SimVenue } from './model.ts';

/** Where the venues' documents differ; read 2026 (Bybit: rules since 2025-09-02). */
interface MarginRules {
  /** Price at which maintenance is computed. */
  readonly maintenanceAt: 'mark' | 'entry';
  /** Price at which the initial margin of an isolated position is computed. */
  readonly isolatedInitialAt: 'mark' | 'entry';
  /** `in-margin`: the isolated margin holds the fee to close at bankruptcy. `in-maintenance`: added to it. */
  readonly closeFee: 'none' | 'in-margin' | 'in-maintenance';
}

export const MARGIN_RULES: Readonly<Record<SimVenue, MarginRules>> = {
  bybit: { maintenanceAt: 'mark', isolatedInitialAt: 'entry', closeFee: 'in-margin' },
  binance: { maintenanceAt: 'mark', isolatedInitialAt: 'mark', closeFee: 'none' },
  okx: { maintenanceAt: 'mark', isolatedInitialAt: 'entry', closeFee: 'in-maintenance' },
  ztdx: { maintenanceAt: 'entry', isolatedInitialAt: 'entry', closeFee: 'none' },
};

/** One position at one price. Money in the instrument's settle currency. */
export interface PositionMargin {
  readonly quantity: Decimal;
  readonly notional: Decimal;
  readonly unrealizedPnl: Decimal;
  readonly initialMargin: Decimal;
  readonly maintenanceMargin: Decimal;
  readonly liquidationFee: Decimal;
  readonly tier: SimTier;
}

/** +1 for long, −1 for short. */
export function signOf(side: SimPosition['side']): Decimal {
  return side === 'long' ? ONE : ONE.neg();
}

/** Value of `contracts` at `price`: quote for linear, coin for inverse. */
export function notionalAt(instrument: SimInstrument, contracts: Decimal, price: Decimal): Decimal {
  const size = contracts.times(instrument.contractSize);
  return instrument.kind === 'linear' ? size.times(price) : size.div(price);
}

/** The bracket a size falls in: (floor, cap]; beyond the last cap the last one holds. */
function tierOf(instrument: SimInstrument, contracts: Decimal, notional: Decimal): SimTier {
  const size = instrument.tierUnit === 'contracts' ? contracts : notional;
  const tier = instrument.tiers.find((each) => size.lte(each.cap)) ?? instrument.tiers.at(-1);
  if (tier === undefined) throw new TypeError(`${instrument.symbol} has no tiers`);
  return tier;
}

export function marginOf(position: SimPosition, price: Decimal): PositionMargin {
  const { instrument, contracts, entryPrice, leverage } = position;
  const rules = MARGIN_RULES[instrument.venue];
  const notional = notionalAt(instrument, contracts, price);
  const entryNotional = notionalAt(instrument, contracts, entryPrice);
  const maintained = rules.maintenanceAt === 'mark' ? notional : entryNotional;
  const tier = tierOf(instrument, contracts, maintained);
  const isEntryBased = position.marginMode === 'isolated' && rules.isolatedInitialAt === 'entry';
  const gain = notional.minus(entryNotional).times(signOf(position.side));
  return {
    quantity: quantityAt(position, price),
    notional,
    // A long inverse contract gains coin when its value in coin falls.
    unrealizedPnl: instrument.kind === 'linear' ? gain : gain.neg(),
    initialMargin: (isEntryBased ? entryNotional : notional).div(leverage),
    maintenanceMargin: maintained.times(tier.rate).minus(tier.deduction),
    liquidationFee:
      rules.closeFee === 'in-maintenance' ? notional.times(instrument.takerFee) : ZERO,
    tier,
  };
}

function quantityAt({ instrument, contracts }: SimPosition, price: Decimal): Decimal {
  const size = contracts.times(instrument.contractSize);
  return instrument.kind === 'linear' ? size : size.div(price);
}

/**
 * Price at which an isolated position's margin is gone; null when no price does it (an inverse
 * short that is covered in coin) or the position is cross.
 * Bybit's includes the fee to close, so that a fresh position prints E(1 ∓ 1/L).
 */
export function bankruptcyPriceOf(position: SimPosition): Decimal | null {
  const { instrument, contracts, entryPrice, isolatedMargin } = position;
  if (isolatedMargin === null) return null;
  const s = signOf(position.side);
  const rules = MARGIN_RULES[instrument.venue];
  const fee = rules.closeFee === 'in-margin' ? instrument.takerFee : ZERO;
  const size = contracts.times(instrument.contractSize);
  if (instrument.kind === 'linear') {
    const left = size.times(entryPrice).minus(s.times(isolatedMargin));
    return positive(left.div(size.times(ONE.minus(s.times(fee)))));
  }
  const coins = size.div(entryPrice).plus(s.times(isolatedMargin));
  return coins.lte(0) ? null : size.times(ONE.plus(s.times(fee))).div(coins);
}

/** The part of an isolated margin that can be lost: without the reserved closing fee. */
export function lossableMargin(position: SimPosition): Decimal {
  const margin = position.isolatedMargin ?? ZERO;
  if (MARGIN_RULES[position.instrument.venue].closeFee !== 'in-margin') return margin;
  const bust = bankruptcyPriceOf(position);
  if (bust === null) return margin;
  const value = notionalAt(position.instrument, position.contracts, bust);
  return margin.minus(value.times(position.instrument.takerFee));
}

function positive(price: Decimal): Decimal | null {
  return price.gt(0) ? price : null;
}

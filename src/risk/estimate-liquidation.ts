import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Price } from '../domain/units.ts';
import type { AccountPools } from './cross/account-pools.ts';
import { crossLiquidation } from './cross/cross-liquidation.ts';
import type { PoolMissing } from './cross/live-pool.ts';
import type { LegMissing } from './cross/moved-pools.ts';
import type { IsolatedLeg } from './isolated-liquidation.ts';
import { isolatedLiquidationPrice } from './isolated-liquidation.ts';
import { valueTiers } from './maintenance.ts';
import { marginProfile } from './margin-profile.ts';
import { sizeOf } from './notional.ts';

/**
 * Why there is no liquidation price of our own. Two are answers, not holes. `never`: no price of this
 * instrument liquidates the position (a short fully covered in coin). `past`: its pool is past its
 * liquidation, and no price of this instrument alone would save it.
 */
export type EstimateMissing = PoolMissing | LegMissing | 'no-collateral' | 'never' | 'past';

/**
 * Our own liquidation price, by the venue's rules, exact and before the venue's way of printing. Refuses
 * to guess: whatever is missing is named. An isolated position stands on its own margin, any other on the
 * cross pools of its account.
 */
export function estimateLiquidation(
  position: Position,
  pools: AccountPools,
): Result<Price, EstimateMissing> {
  if (position.marginMode === null) return err('no-margin-mode');
  if (position.marginMode !== 'isolated') return crossLiquidation(position, pools);
  return isolatedEstimate(position);
}

function isolatedEstimate(position: Position): Result<Price, EstimateMissing> {
  const leg = isolatedLeg(position);
  if (!leg.ok) return leg;
  const price = isolatedLiquidationPrice(leg.value, position.markPrice);
  return price === null ? err('never') : ok(price);
}

/** An isolated position as its venue's rule sees it. */
export function isolatedLeg(position: Position): Result<IsolatedLeg, EstimateMissing> {
  const { instrument, collateral, contracts, entryPrice } = position;
  if (entryPrice === null || entryPrice.lte(0)) return err('no-entry');
  if (collateral === null || collateral.currency !== instrument.settle) return err('no-collateral');
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null) return err('no-tiers');
  const profile = marginProfile(position.venue);
  const takerFee: Decimal | null = profile.closingFee === 'none' ? ZERO : instrument.takerFee;
  if (takerFee === null) return err('no-fee');
  return ok({
    kind: instrument.kind,
    side: position.side,
    size: sizeOf(contracts, instrument.contractSize),
    entry: entryPrice,
    margin: collateral.amount,
    tiers,
    takerFee,
    profile,
  });
}

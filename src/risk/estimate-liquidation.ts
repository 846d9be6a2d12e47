import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Price } from '../domain/units.ts';
import { isolatedLiquidationPrice } from './isolated-liquidation.ts';
import { valueTiers } from './maintenance.ts';
import { marginProfile } from './margin-profile.ts';
import { sizeOf } from './notional.ts';

/**
 * Why there is no liquidation price of our own. `never` is an answer, not a hole: no price of this
 * instrument liquidates the position (a short fully covered in coin).
 */
export type EstimateMissing =
  | 'cross'
  | 'portfolio'
  | 'no-margin-mode'
  | 'no-tiers'
  | 'no-collateral'
  | 'no-entry'
  | 'no-fee'
  | 'never';

/**
 * Our own liquidation price of an isolated position, by its venue's rules, exact and before the venue's
 * way of printing. Refuses to guess: whatever is missing is named. Cross and portfolio positions depend
 * on the rest of their account and are not estimated here.
 */
export function estimateLiquidation(position: Position): Result<Price, EstimateMissing> {
  const { instrument, marginMode, collateral, contracts, entryPrice } = position;
  if (marginMode === null) return err('no-margin-mode');
  if (marginMode !== 'isolated') return err(marginMode);
  if (entryPrice === null || entryPrice.lte(0)) return err('no-entry');
  if (collateral === null || collateral.currency !== instrument.settle) return err('no-collateral');
  const tiers = valueTiers(instrument, contracts);
  if (tiers === null) return err('no-tiers');
  const profile = marginProfile(position.venue);
  const takerFee: Decimal | null = profile.closingFee === 'none' ? ZERO : instrument.takerFee;
  if (takerFee === null) return err('no-fee');
  const price = isolatedLiquidationPrice(
    {
      kind: instrument.kind,
      side: position.side,
      size: sizeOf(contracts, instrument.contractSize),
      entry: entryPrice,
      margin: collateral.amount,
      tiers,
      takerFee,
      profile,
    },
    position.markPrice,
  );
  return price === null ? err('never') : ok(price);
}

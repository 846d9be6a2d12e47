import type { Decimal } from '../domain/decimal.ts';
import { dec } from '../domain/decimal.ts';
import type { Position } from '../domain/position.ts';
import type { Price } from '../domain/units.ts';
import { marginProfile } from './margin-profile.ts';
import { printedLiquidation } from './printed-liquidation.ts';
import { CLOSE, roughly } from './roughly.ts';

const MAX_APART = dec('0.005');
const MAX_TICKS = 2;

/**
 * Compared as the venue would print ours: its rounding is no disagreement. Ticks count only for a
 * position alone: of a pool, balances and marks come from two calls, and the market moves in between.
 */
export function disagree(
  position: Position,
  venues: Price,
  { ours, isAlone }: { readonly ours: Price; readonly isAlone: boolean },
): boolean {
  const tick = position.instrument.tickSize;
  const sure = surelyApart({ ours, venues, tick, isAlone });
  if (sure !== null) return sure;
  const { prints } = marginProfile(position.venue);
  const apart = printedLiquidation(ours, position.side, { prints, tick }).minus(venues).abs();
  if (apart.gt(venues.abs().times(MAX_APART))) return true;
  return isAlone && tick?.gt(0) === true && apart.gt(tick.times(MAX_TICKS));
}

/** The same by doubles: printing moves a price by a tick at most. Null where that is too close to tell. */
function surelyApart(of: {
  readonly ours: Price;
  readonly venues: Price;
  readonly tick: Decimal | null;
  readonly isAlone: boolean;
}): boolean | null {
  const [ours, venues] = [roughly(of.ours), roughly(of.venues)];
  const tick = of.tick === null ? 0 : Math.abs(roughly(of.tick));
  const apart = Math.abs(ours - venues);
  const reach = tick + (Math.abs(ours) + Math.abs(venues)) * CLOSE;
  const share = Math.abs(venues) * roughly(MAX_APART);
  const limit = of.isAlone && tick > 0 ? Math.min(share, tick * MAX_TICKS) : share;
  if (apart > limit + reach) return true;
  return apart < limit - reach ? false : null;
}

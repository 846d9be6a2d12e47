import { Decimal } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import type { Price } from '../domain/units.ts';
import { asPrice } from '../domain/units.ts';
import type { MarginProfile } from './margin-profile.ts';

/**
 * Our price the way the venue prints it: nearer to the mark, never farther. Bybit rounds to the tick,
 * a long up and a short down (seen: 5739.08 → 5739.50, tick 0.5); OKX shows the exact price one tick
 * nearer (seen: 2352.8397 → 2352.8497). Without a tick size the price stays exact.
 */
export function printedLiquidation(
  exact: Price,
  side: Side,
  { prints, tick }: { readonly prints: MarginProfile['prints']; readonly tick: Decimal | null },
): Price {
  if (tick === null || prints === 'exact') return exact;
  if (prints === 'one-tick-nearer') {
    return asPrice(side === 'long' ? exact.plus(tick) : exact.minus(tick));
  }
  const rounding = side === 'long' ? Decimal.ROUND_CEIL : Decimal.ROUND_FLOOR;
  return asPrice(exact.div(tick).toDecimalPlaces(0, rounding).times(tick));
}

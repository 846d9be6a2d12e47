import { parseDecimal } from '../../../domain/decimal.ts';
import type { PriceState } from '../../../domain/position.ts';
import { asPrice } from '../../../domain/units.ts';

/** A liquidation price as venues write it: '' and '0' mean that there is none, absence that nobody said. */
export function priceOrNone(raw: unknown): PriceState {
  if (raw === '') return { kind: 'none' };
  const price = parseDecimal(raw);
  if (price === null) return { kind: 'unknown' };
  return price.gt(0) ? { kind: 'price', price: asPrice(price) } : { kind: 'none' };
}

import type { PriceState } from '../../src/domain/position.ts';
import type { Price } from '../../src/domain/units.ts';

/** Null both when there is none and when nobody said; the state itself tells which. */
export function priceOf(state: PriceState): Price | null {
  return state.kind === 'price' ? state.price : null;
}

import type { Decimal } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import { isDollar } from '../domain/money.ts';
import type { Position } from '../domain/position.ts';
import { product } from '../domain/product.ts';
import { quotient } from '../domain/quotient.ts';
import type { Usd } from '../domain/units.ts';
import { asUsd } from '../domain/units.ts';
import { isOne } from './roughly.ts';

/**
 * How much is held, in a unit the price does not move. Linear: base units. Inverse: face value in
 * quote currency (USD). Never negative.
 */
export function sizeOf(contracts: Decimal, contractSize: Decimal): Decimal {
  return isOne(contractSize) ? contracts : product(contracts, contractSize);
}

/** Value in the currency margin is counted in. Linear: size × price; inverse: size ÷ price, in coin. */
export function settleValue(kind: Instrument['kind'], size: Decimal, price: Decimal): Decimal {
  return kind === 'linear' ? product(size, price) : quotient(size, price);
}

/**
 * Value in US dollars. Inverse contracts are worth their face, whatever the price; linear ones size ×
 * mark; without a mark, or outside dollar quotes, what the venue says, else null.
 */
export function notionalUsd(position: Position): Usd | null {
  const { instrument, markPrice, contracts, venueNotionalUsd } = position;
  const size = sizeOf(contracts, instrument.contractSize);
  if (isDollar(instrument.quote)) {
    if (instrument.kind === 'inverse') return asUsd(size);
    if (markPrice !== null) return asUsd(product(size, markPrice));
  }
  return venueNotionalUsd === null ? null : asUsd(venueNotionalUsd.abs());
}

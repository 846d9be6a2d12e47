import type { Decimal } from '../domain/decimal.ts';
import { ONE, ZERO } from '../domain/decimal.ts';
import type { Instrument } from '../domain/instrument.ts';
import type { Side } from '../domain/position.ts';
import { product } from '../domain/product.ts';
import { quotient } from '../domain/quotient.ts';
import { difference, sum } from '../domain/sum.ts';
import type { Price } from '../domain/units.ts';
import { asPrice } from '../domain/units.ts';

export interface BankruptcyInput {
  readonly kind: Instrument['kind'];
  readonly side: Side;
  /** Linear: base units; inverse: face value in quote currency. */
  readonly size: Decimal;
  readonly entry: Decimal;
  /** Assigned margin in settle currency, the closing fee included where the venue reserves it. */
  readonly margin: Decimal;
  /** Fee of the close; zero when it is not counted. */
  readonly closingFee: Decimal;
}

/**
 * Where the assigned margin, the closing fee paid, is used up. Null when no price does that.
 * Linear (qE ∓ M) ÷ q(1 ∓ f); inverse Q(1 ± f) ÷ (Q/E ± M); upper sign long.
 */
export function bankruptcyPrice(input: BankruptcyInput): Price | null {
  const { kind, side, size, entry, margin, closingFee } = input;
  const isLong = side === 'long';
  if (kind === 'linear') {
    const cost = product(size, entry);
    const value = isLong ? difference(cost, margin) : sum(cost, margin);
    const fee = isLong ? difference(ONE, closingFee) : sum(ONE, closingFee);
    return positive(value, product(size, fee));
  }
  const coins = quotient(size, entry);
  const fee = isLong ? sum(ONE, closingFee) : difference(ONE, closingFee);
  return positive(product(size, fee), isLong ? sum(coins, margin) : difference(coins, margin));
}

function positive(numerator: Decimal, denominator: Decimal): Price | null {
  if (denominator.lte(ZERO) || numerator.lte(ZERO)) return null;
  return asPrice(quotient(numerator, denominator));
}

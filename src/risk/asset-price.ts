import type { Decimal } from '../domain/decimal.ts';
import { quotient } from '../domain/quotient.ts';
import { isOne } from './roughly.ts';

/** The price of one unit of the asset itself, from a mark of a contract that may count a thousand as one. */
export function assetPrice(mark: Decimal, multiplier: Decimal): Decimal {
  return isOne(multiplier) ? mark : quotient(mark, multiplier);
}

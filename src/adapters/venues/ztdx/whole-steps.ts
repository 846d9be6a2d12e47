import { Decimal } from '../../../domain/decimal.ts';

/** Toward zero to a whole number of steps. */
export function wholeSteps(amount: Decimal, step: Decimal): Decimal {
  return amount.div(step).toDecimalPlaces(0, Decimal.ROUND_DOWN).times(step);
}

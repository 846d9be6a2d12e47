import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { BankruptcyInput } from './bankruptcy-price.ts';
import { bankruptcyPrice } from './bankruptcy-price.ts';
import { settleValue } from './notional.ts';

/**
 * Value ÷ leverage, in the value's currency. Cross takes the value at the mark; isolated on Bybit and
 * OKX the value at entry.
 */
export function initialMargin(value: Decimal, leverage: Decimal): Decimal {
  return value.div(leverage);
}

export interface ReservedMarginInput extends Omit<BankruptcyInput, 'margin'> {
  readonly leverage: Decimal;
  /** Margin added by hand. */
  readonly extra: Decimal;
}

/**
 * What Bybit assigns to an isolated position: initial margin at entry, the fee of closing at the
 * bankruptcy price this margin gives, and what was added. Null when there is no such price.
 */
export function reservedMargin(input: ReservedMarginInput): Decimal | null {
  const { kind, size, entry, leverage, closingFee, extra } = input;
  const margin = initialMargin(settleValue(kind, size, entry), leverage);
  const bankruptcy = bankruptcyPrice({ ...input, margin, closingFee: ZERO });
  if (bankruptcy === null) return null;
  return margin.plus(settleValue(kind, size, bankruptcy).times(closingFee)).plus(extra);
}

import { type Decimal, dec, parseDecimal } from '../../../domain/decimal.ts';

/**
 * A place in the queue of auto-deleveraging as a share from its head. Venues show it in five steps, the
 * highest closed first: Bybit and OKX as 1 to 5 (0: in no queue), Binance as 0 to 4. Null: not told.
 */
export function adlShare(raw: unknown, lowest: 0 | 1): Decimal | null {
  const step = parseDecimal(raw)?.minus(lowest);
  if (step === undefined || !step.isInteger() || step.lt(0) || step.gt(4)) return null;
  return dec(5).minus(step).div(5);
}

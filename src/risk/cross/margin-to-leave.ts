import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec } from '../../domain/decimal.ts';

const SHARE_OF_POSITIONS = dec('0.1');

/**
 * What Hyperliquid makes a transfer out leave behind: initial margin, or a tenth of the value of all
 * positions when that is more (its margining page). In the currency of the inputs.
 */
export function marginToLeave(initialMargin: Decimal, positionValue: Decimal): Decimal {
  return D.max(initialMargin, positionValue.times(SHARE_OF_POSITIONS));
}

/** One winning leg in the queue of auto-deleveraging, as plain numbers. */
export interface AdlInput {
  /** Mark ÷ entry. */
  readonly markOverEntry: number;
  readonly side: 'long' | 'short';
  /** Value at the mark, in USD. */
  readonly valueUsd: number;
  readonly accountEquityUsd: number;
  readonly accountMaintenanceUsd: number;
}

/**
 * Where a winning leg stands in its venue's queue: higher is closed earlier; comparable inside one venue
 * only. Hyperliquid: (mark ÷ entry, for shorts entry ÷ mark) × (value ÷ account value). Elsewhere as
 * Binance: profit as a share of entry × (maintenance ÷ equity). Null: an account without equity has no
 * rank.
 */
export function adlRank(venue: string, leg: AdlInput): number | null {
  const { markOverEntry, side, valueUsd, accountEquityUsd, accountMaintenanceUsd } = leg;
  if (accountEquityUsd <= 0 || markOverEntry <= 0) return null;
  const move = side === 'long' ? markOverEntry : 1 / markOverEntry;
  if (venue === 'hyperliquid') return (move * valueUsd) / accountEquityUsd;
  const profit = side === 'long' ? markOverEntry - 1 : 1 - markOverEntry;
  return Math.max(0, profit) * (accountMaintenanceUsd / accountEquityUsd);
}

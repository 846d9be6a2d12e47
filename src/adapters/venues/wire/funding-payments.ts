import type { FundingPayment } from '../../../ports/funding-store.ts';

/** Venues write payments a few milliseconds after the hour. */
const HOUR_MS = 3_600_000;

/**
 * Payments in order of time, each with the time since the one before as its interval, to the full
 * hour. The first has none: the one before it is not known. Of two at one time the later row counts.
 */
export function paymentsWithIntervals(
  rows: readonly Pick<FundingPayment, 'paidAt' | 'rate'>[],
): FundingPayment[] {
  const unique = [...new Map(rows.map((row) => [row.paidAt, row])).values()];
  const ascending = unique.sort((a, b) => a.paidAt - b.paidAt);
  return ascending.map((row, index) => {
    const before = ascending[index - 1];
    const hours = before === undefined ? 0 : Math.round((row.paidAt - before.paidAt) / HOUR_MS);
    // A missing payment would make a day of eight hours: not told then either.
    const isUsual = hours > 0 && hours <= 8;
    return { ...row, intervalMs: isUsual ? hours * HOUR_MS : null };
  });
}

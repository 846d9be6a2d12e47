import { parseDecimal, ZERO } from '../../../domain/decimal.ts';
import type { MaintenanceTier } from '../../../domain/instrument.ts';
import { asRatio } from '../../../domain/units.ts';
import { isRecord, type RawRecord } from './raw-record.ts';

/**
 * `public/position-tiers` of one instrument family and mode, sizes in contracts. OKX applies the rate
 * of the reached tier to the whole position, so nothing is deducted.
 * Null when a tier cannot be read: half a table would undercount.
 */
export function parseOkxTiers(rows: readonly unknown[]): MaintenanceTier[] | null {
  const tiers: MaintenanceTier[] = [];
  for (const row of rows) {
    const tier = isRecord(row) ? tierOf(row) : null;
    if (tier === null) return null;
    tiers.push(tier);
  }
  if (tiers.length === 0) return null;
  tiers.sort((a, b) => a.floor.comparedTo(b.floor));
  // The last maximum is the largest position the venue opens, not an end of its rate.
  return tiers.map((tier, at) => (at === tiers.length - 1 ? { ...tier, cap: null } : tier));
}

function tierOf(row: RawRecord): MaintenanceTier | null {
  const floor = parseDecimal(row['minSz']);
  const cap = parseDecimal(row['maxSz']);
  const rate = parseDecimal(row['mmr']);
  if (floor === null || cap === null || rate === null) return null;
  return { floor, cap, rate: asRatio(rate), deduction: ZERO };
}

import { parseDecimal } from '../../../domain/decimal.ts';
import type { MaintenanceTier } from '../../../domain/instrument.ts';
import { asRatio } from '../../../domain/units.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';

export interface BinanceTiers {
  readonly bySymbol: ReadonlyMap<string, readonly MaintenanceTier[]>;
  /** True when a symbol carries a multiplier of this account alone, so the table must not be shared. */
  readonly isPersonal: boolean;
}

/**
 * `leverageBracket`: floors and caps are notional in quote on USD-M, base quantity on COIN-M
 * (also where ccxt calls them notional); `cum` is the deduction. Null when the reply is not a list.
 * A symbol whose brackets cannot all be read is left out: half a table would undercount.
 */
export function parseBinanceTiers(reply: unknown): BinanceTiers | null {
  if (!Array.isArray(reply)) return null;
  const bySymbol = new Map<string, readonly MaintenanceTier[]>();
  let isPersonal = false;
  for (const row of reply) {
    if (!isRecord(row)) continue;
    const coefficient = parseDecimal(row['notionalCoef']);
    if (coefficient !== null && !coefficient.eq(1)) isPersonal = true;
    const symbol = textOf(row, 'symbol');
    const tiers = tiersOf(row['brackets']);
    if (symbol !== null && tiers !== null) bySymbol.set(symbol, tiers);
  }
  return { bySymbol, isPersonal };
}

function tiersOf(brackets: unknown): MaintenanceTier[] | null {
  if (!Array.isArray(brackets) || brackets.length === 0) return null;
  const tiers: MaintenanceTier[] = [];
  for (const bracket of brackets) {
    const tier = isRecord(bracket) ? tierOf(bracket) : null;
    if (tier === null) return null;
    tiers.push(tier);
  }
  tiers.sort((a, b) => a.floor.comparedTo(b.floor));
  // The last cap is the largest position the venue opens, not an end of its rate.
  return tiers.map((tier, at) => (at === tiers.length - 1 ? { ...tier, cap: null } : tier));
}

function tierOf(bracket: RawRecord): MaintenanceTier | null {
  const floor = parseDecimal(bracket['notionalFloor']) ?? parseDecimal(bracket['qtyFloor']);
  const cap = parseDecimal(bracket['notionalCap']) ?? parseDecimal(bracket['qtyCap']);
  const rate = parseDecimal(bracket['maintMarginRatio']);
  const deduction = parseDecimal(bracket['cum']);
  if (floor === null || cap === null || rate === null || deduction === null) return null;
  return { floor, cap, rate: asRatio(rate), deduction };
}

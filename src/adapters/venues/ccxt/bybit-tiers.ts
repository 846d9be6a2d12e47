import { type Decimal, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import type { MaintenanceTier } from '../../../domain/instrument.ts';
import { asRatio } from '../../../domain/units.ts';
import { malformed } from './malformed.ts';
import type { RawRecord } from './raw-record.ts';
import { listAt } from './venue-list.ts';
import type { ContractMarket, TierReading, VenueSession } from './venue-profile.ts';

/**
 * The brackets of one symbol (GET v5/market/risk-limit, public): unasked for a symbol it would be
 * dozens of pages. Linear caps are quote value, inverse caps are in the coin.
 */
export async function fetchBybitTiers(
  session: VenueSession,
  market: ContractMarket,
): Promise<TierReading> {
  const isInverse = market.inverse === true;
  const query = { category: isInverse ? 'inverse' : 'linear', symbol: market.id };
  const tiers = await session.tiers(`tiers ${market.id}`, async () => {
    const reply = await session.call('publicGetV5MarketRiskLimit', query);
    const parsed = parseBybitTiers(listAt(reply, 'result', 'list'), market.id);
    // Not an answer to keep for a day.
    if (parsed === null) throw malformed('risk-limit');
    return parsed;
  });
  return { tiers, tierUnit: isInverse ? 'base' : 'quote' };
}

/** Null when a bracket lacks its cap or rate: a wrong bracket is worse than none. */
function parseBybitTiers(
  rows: readonly RawRecord[],
  symbol: string,
): readonly MaintenanceTier[] | null {
  const brackets = rows
    .filter((row) => row['symbol'] === symbol)
    .map((row) => ({
      cap: parseDecimal(row['riskLimitValue']),
      rate: parseDecimal(row['maintenanceMargin']),
      deduction: parseDecimal(row['mmDeduction']),
    }));
  const known = brackets.filter(isComplete).sort((a, b) => a.cap.cmp(b.cap));
  if (known.length === 0 || known.length < brackets.length) return null;
  const tiers: MaintenanceTier[] = [];
  for (const { cap, rate, deduction } of known) {
    const last = tiers.at(-1);
    const floor = last?.cap ?? ZERO;
    // '' stands for the first bracket's zero. Elsewhere the deduction keeps maintenance continuous:
    // d_k = d_(k-1) + floor_k (r_k - r_(k-1)).
    const continued = last ? last.deduction.plus(floor.times(rate.minus(last.rate))) : ZERO;
    tiers.push({ floor, cap, rate: asRatio(rate), deduction: deduction ?? continued });
  }
  return tiers;
}

function isComplete<T extends { cap: Decimal | null; rate: Decimal | null }>(
  bracket: T,
): bracket is T & { cap: Decimal; rate: Decimal } {
  return bracket.cap !== null && bracket.rate !== null;
}

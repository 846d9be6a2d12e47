import type { Exchange } from 'ccxt';
import { parseDecimal } from '../../../domain/decimal.ts';
import { asRatio } from '../../../domain/units.ts';
import type { FundingPayment } from '../../../ports/funding-store.ts';
import type { Funding, InstrumentRef } from '../../../ports/market-data.ts';
import { paymentsWithIntervals } from '../wire/funding-payments.ts';
import { callContext } from './call-context.ts';
import { habitsOf } from './market-habits.ts';
import { notOffered } from './not-offered.ts';
import { isRecord, type RawRecord, textOf, timeOf } from './raw-record.ts';
import { refuseSilence } from './refuse-silence.ts';
import type { ContractMarket } from './venue-profile.ts';

export interface FundingCall {
  readonly exchange: Exchange;
  readonly ccxtId: string;
  readonly venue: string;
  /** Those that differ from the venue's usual one, by symbol; null: could not be read. */
  readonly intervals: () => Promise<ReadonlyMap<string, number> | null>;
}

/** The running rates of these perpetuals. One call for all linear ones, one for all inverse ones. */
export async function fetchFunding(
  call: FundingCall,
  markets: readonly ContractMarket[],
): Promise<Funding[]> {
  const perpetuals = markets.filter((market) => market.swap === true);
  const groups = [true, false]
    .map((isLinear) => perpetuals.filter(({ linear }) => (linear === true) === isLinear))
    .filter((group) => group.length > 0);
  const rows = await Promise.all(groups.map((group) => fetchRates(call.exchange, group)));
  const { usualFundingMs } = habitsOf(call.ccxtId);
  const listed = usualFundingMs === null ? null : await call.intervals();
  return rows.flat().flatMap((row) => {
    const symbol = textOf(row, 'symbol');
    const rate = parseDecimal(row['fundingRate']);
    if (symbol === null || rate === null) return [];
    const instrument: InstrumentRef = { venue: call.venue, symbol };
    const apart = listed && (listed.get(symbol) ?? usualFundingMs);
    const intervalMs = hoursIn(row['interval']) ?? apart;
    return [
      { instrument, rate: asRatio(rate), intervalMs, paidAt: timeOf(row, 'fundingTimestamp') },
    ];
  });
}

async function fetchRates(
  exchange: Exchange,
  group: readonly ContractMarket[],
): Promise<RawRecord[]> {
  const symbols = group.map(({ symbol }) => symbol);
  const answers: unknown[] = exchange.has['fetchFundingRates']
    ? Object.values(await exchange.fetchFundingRates(symbols))
    : await Promise.all(symbols.map((symbol) => exchange.fetchFundingRate(symbol)));
  return answers.filter(isRecord);
}

/** Payments since `from`, ascending; the newest that one call answers. */
export async function fetchPayments(
  { exchange, ccxtId, now }: { exchange: Exchange; ccxtId: string; now: number },
  market: ContractMarket,
  from: number,
): Promise<FundingPayment[]> {
  if (exchange.has['fetchFundingRateHistory'] !== true) throw notOffered();
  const limit = habitsOf(ccxtId).paymentsPerCall ?? undefined;
  const context = { signal: callContext.getStore()?.signal ?? AbortSignal.abort(), replies: [] };
  const rows: readonly unknown[] = await callContext.run(context, () =>
    exchange.fetchFundingRateHistory(market.symbol, from, limit, { until: now }),
  );
  if (rows.length === 0) refuseSilence(context, 'funding');
  const payments = rows.filter(isRecord).flatMap((row) => {
    const rate = parseDecimal(row['fundingRate']);
    const paidAt = timeOf(row, 'timestamp');
    if (rate === null || paidAt === null || paidAt < from || paidAt > now) return [];
    return [{ paidAt, rate: asRatio(rate) }];
  });
  return paymentsWithIntervals(payments);
}

/** The symbols whose funding interval is not the venue's usual one. */
export async function fetchIntervals(exchange: Exchange): Promise<Map<string, number>> {
  const intervals = new Map<string, number>();
  for (const row of Object.values(await exchange.fetchFundingIntervals()) as unknown[]) {
    if (!isRecord(row)) continue;
    const symbol = textOf(row, 'symbol');
    const intervalMs = hoursIn(row['interval']);
    if (symbol !== null && intervalMs !== null) intervals.set(symbol, intervalMs);
  }
  return intervals;
}

/** ccxt's `8h`. */
function hoursIn(text: unknown): number | null {
  const hours = typeof text === 'string' ? /^(\d{1,2})h$/.exec(text)?.[1] : undefined;
  return hours === undefined || hours === '0' ? null : Number(hours) * 3_600_000;
}

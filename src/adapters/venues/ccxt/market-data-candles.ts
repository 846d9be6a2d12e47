import type { Exchange } from 'ccxt';
import type { Candle, CandleQuery } from '../../../ports/market-data.ts';
import { type CandleRow, closedCandles, INTERVAL_MS } from '../wire/closed-candles.ts';
import { callContext } from './call-context.ts';
import { habitsOf } from './market-habits.ts';
import { refuseSilence } from './refuse-silence.ts';
import type { ContractMarket } from './venue-profile.ts';

const FALLBACK_PER_CALL = 100;

export interface CandleCall {
  readonly exchange: Exchange;
  readonly ccxtId: string;
  readonly market: ContractMarket;
  readonly now: number;
  readonly signal: AbortSignal;
}

/**
 * Page by page, oldest first, each page with both ends said: venues differ in which end of a longer
 * span they answer. One failed page fails the whole, so that no hole is ours.
 */
export async function fetchCandles(call: CandleCall, query: CandleQuery): Promise<Candle[]> {
  const { market, now } = call;
  const lengthMs = INTERVAL_MS[query.interval];
  const spanMs = candlesPerCall(call) * lengthMs;
  const from = Math.ceil(Math.max(query.from, market.created ?? 0) / lengthMs) * lengthMs;
  const to = Math.min(query.to, now);
  const rows: CandleRow[] = [];
  for (let start = from; start < to; start += spanMs) {
    rows.push(
      ...(await fetchPage(call, { ...query, from: start, to: Math.min(start + spanMs, to) })),
    );
  }
  return closedCandles(rows, query, now);
}

async function fetchPage(call: CandleCall, page: CandleQuery): Promise<readonly CandleRow[]> {
  const { exchange, market, signal } = call;
  const limit = Math.ceil((page.to - page.from) / INTERVAL_MS[page.interval]);
  const context = { signal, replies: [] };
  const rows = await callContext.run(context, () =>
    exchange.fetchOHLCV(market.symbol, page.interval, page.from, limit, { until: page.to - 1 }),
  );
  if (rows.length === 0) refuseSilence(context, 'candles');
  return rows;
}

function candlesPerCall({ exchange, ccxtId, market }: CandleCall): number {
  const own = habitsOf(ccxtId).candlesPerCall;
  if (own !== null) return own;
  const told: unknown = exchange.featureValue(market.symbol, 'fetchOHLCV', 'limit');
  return typeof told === 'number' && told > 0 ? told : FALLBACK_PER_CALL;
}

import type { Exchange } from 'ccxt';
import { err, type Result } from '../../../domain/result.ts';
import { type VenueError, venueError } from '../../../domain/venue-error.ts';
import type { InstrumentRef, MarketSource, Observed } from '../../../ports/market-data.ts';
import type { LaneBudget } from '../wire/lane.ts';
import { settle } from '../wire/settle.ts';
import { recall } from './account-memory.ts';
import { callContext } from './call-context.ts';
import { classifyError } from './classify-error.ts';
import { asContract } from './contract-market.ts';
import { fetchOrderBook } from './market-data-book.ts';
import { fetchCandles } from './market-data-candles.ts';
import { fetchFunding, fetchIntervals, fetchPayments } from './market-data-funding.ts';
import { fetchContracts, fetchMarks } from './market-data-lists.ts';
import { notOffered } from './not-offered.ts';
import type { SharedVenues } from './shared-venues.ts';
import { createVenuePlace, type VenueAddress } from './venue-place.ts';
import type { ContractMarket, VenueProfile } from './venue-profile.ts';

const HOUR_MS = 3_600_000;

/** A venue's public endpoints through ccxt, without a key. */
export function createCcxtMarketData(
  shared: SharedVenues,
  address: VenueAddress,
  profile: VenueProfile,
): MarketSource {
  const { clock, limits } = shared;
  const { venue } = address;
  const place = createVenuePlace(shared, address, profile);
  const gate = shared.lanes(`${place.name} market data`, quarterOf(profile.budget.perIp));
  let opened: Promise<Exchange> | null = null;
  const exchangeOnce = () => {
    opened ??= place.openPublic(gate).catch((fault: unknown) => {
      opened = null;
      throw fault;
    });
    return opened;
  };
  const call = { ccxtId: profile.ccxtId, venue };
  const isOffered =
    address.environment === 'live' || profile.environments[address.environment] !== null;

  const ask = async <T>(
    signal: AbortSignal,
    run: (exchange: Exchange, signal: AbortSignal) => Promise<T>,
    limitMs = limits.halfMs,
  ): Promise<Result<Observed<T>, VenueError>> => {
    if (!isOffered) return err(venueError('unsupported', { code: 'not-offered' }));
    return settle({ signal, limitMs, clock, classify: classifyError }, (own) =>
      callContext.run({ signal: own, replies: [] }, async () => {
        const exchange = await exchangeOnce();
        await place.loadMarkets(exchange);
        return { value: await run(exchange, own), observedAt: clock.now(), source: venue };
      }),
    );
  };
  const marketIn = (exchange: Exchange, ref: InstrumentRef): ContractMarket | null => {
    if (ref.venue !== venue) return null;
    const market = asContract(exchange.markets?.[ref.symbol]);
    if (market === null) place.missed();
    return market;
  };
  const marketOf = (exchange: Exchange, ref: InstrumentRef): ContractMarket => {
    const market = marketIn(exchange, ref);
    if (market === null) throw notOffered();
    return market;
  };
  const intervals = (exchange: Exchange, signal: AbortSignal) =>
    recall(
      { exchange, clock, signal },
      { key: 'funding intervals', freshMs: HOUR_MS, load: () => fetchIntervals(exchange) },
    ).catch(() => null);

  return {
    name: venue,
    venues: [venue],
    contracts: (signal) => ask(signal, (exchange) => fetchContracts({ ...call, exchange })),
    marks: (signal) => ask(signal, (exchange) => fetchMarks({ ...call, exchange })),
    candles: (query, signal) =>
      ask(
        signal,
        (exchange, own) => {
          const market = marketOf(exchange, query.instrument);
          return fetchCandles({ ...call, exchange, market, now: clock.now(), signal: own }, query);
        },
        limits.marketsMs,
      ),
    funding: (instruments, signal) =>
      ask(signal, (exchange, own) => {
        const markets = instruments.flatMap((ref) => marketIn(exchange, ref) ?? []);
        const apart = () => intervals(exchange, own);
        return fetchFunding({ ...call, exchange, intervals: apart }, markets);
      }),
    settledFunding: (instrument, from, signal) =>
      ask(signal, (exchange) =>
        fetchPayments(
          { ...call, exchange, now: clock.now() },
          marketOf(exchange, instrument),
          from,
        ),
      ),
    book: (instrument, depth, signal) =>
      ask(signal, (exchange) =>
        fetchOrderBook({ ...call, exchange }, marketOf(exchange, instrument), depth),
      ),
  };
}

/** A first load of histories must not make positions wait for their turn. */
function quarterOf({ requests, perMs }: LaneBudget): LaneBudget {
  return { requests: Math.max(1, Math.floor(requests / 4)), perMs };
}

import { figure } from '../facade.ts';
import { type BookLevel, type Candle, FUNDING_HOURS } from '../market.ts';
import type { SimInstrument } from '../model.ts';
import { maxPriceOf } from '../position-view.ts';
import {
  answer,
  BAD_CATEGORY,
  type BybitAnswer,
  type BybitCall,
  categoryOf,
  pageOf,
  refuse,
  selected,
} from './bybit-route.ts';

const UNKNOWN_SYMBOL = refuse(10001, 'params error: symbol invalid');
const MINUTE = 60_000;
const INTERVALS: Readonly<Record<string, number>> = {
  D: 1440 * MINUTE,
  W: 7 * 1440 * MINUTE,
};

export function serverTime({ request }: BybitCall): BybitAnswer {
  return answer({
    timeSecond: String(Math.floor(request.now / 1000)),
    timeNano: `${request.now}000000`,
  });
}

export function instrumentsInfo(call: BybitCall): BybitAnswer {
  const category = categoryOf(call);
  if (category === null) return BAD_CATEGORY;
  // Without a status only trading instruments are listed; nothing here is in any other state.
  const status = call.request.query.get('status') ?? 'Trading';
  const rows = status === 'Trading' ? selected(call, category).map(instrumentRow) : [];
  return answer({ category, ...pageOf(rows, call.request, { usual: 500, most: 1000 }) });
}

function instrumentRow(instrument: SimInstrument) {
  const isLinear = instrument.kind === 'linear';
  const lot = instrument.lotSize.toFixed();
  return {
    symbol: instrument.symbol,
    contractType: isLinear ? 'LinearPerpetual' : 'InversePerpetual',
    status: 'Trading',
    baseCoin: instrument.asset,
    quoteCoin: instrument.quote,
    launchTime: '1585526400000',
    deliveryTime: '0',
    deliveryFeeRate: '',
    priceScale: String(instrument.tickSize.decimalPlaces()),
    leverageFilter: {
      minLeverage: '1',
      maxLeverage: instrument.maxLeverage.toFixed(2),
      leverageStep: '0.01',
    },
    priceFilter: {
      minPrice: instrument.tickSize.toFixed(),
      maxPrice: maxPriceOf(instrument).toFixed(),
      tickSize: instrument.tickSize.toFixed(),
    },
    lotSizeFilter: {
      maxOrderQty: instrument.lotSize.times(1_190_000).toFixed(),
      minOrderQty: lot,
      qtyStep: lot,
      postOnlyMaxOrderQty: instrument.lotSize.times(1_190_000).toFixed(),
      maxMktOrderQty: instrument.lotSize.times(119_000).toFixed(),
      minNotionalValue: isLinear ? '5' : '',
    },
    unifiedMarginTrade: true,
    fundingInterval: FUNDING_HOURS * 60,
    settleCoin: instrument.settle,
    copyTrading: 'none',
    isPreListing: false,
    preListingInfo: null,
  };
}

export function riskLimit(call: BybitCall): BybitAnswer {
  const category = categoryOf(call);
  if (category !== 'linear' && category !== 'inverse') return BAD_CATEGORY;
  const rows = selected(call, category).flatMap((instrument) =>
    instrument.tiers.map((tier, i) => ({
      id: i + 1,
      symbol: instrument.symbol,
      riskLimitValue: tier.cap.toFixed(),
      maintenanceMargin: figure(tier.rate),
      initialMargin: figure(tier.initialRate),
      isLowestRisk: i === 0 ? 1 : 0,
      maxLeverage: tier.maxLeverage.toFixed(2),
      mmDeduction: i === 0 ? '' : figure(tier.deduction),
    })),
  );
  return answer({ category, ...pageOf(rows, call.request, { usual: 500, most: 500 }) });
}

export function tickers(call: BybitCall): BybitAnswer {
  const category = categoryOf(call);
  if (category === null) return BAD_CATEGORY;
  const list = selected(call, category).map((instrument) => tickerRow(call, instrument));
  if (list.length === 0 && call.request.query.has('symbol')) return UNKNOWN_SYMBOL;
  return answer({ category, list });
}

function tickerRow(call: BybitCall, instrument: SimInstrument) {
  const { market } = call.world;
  const quote = market.quote(instrument.asset, call.request.now);
  const { bids, asks } = market.book(instrument.asset, call.request.now, 1);
  const turnover = quote.volume24h.times(quote.last);
  const isLinear = instrument.kind === 'linear';
  const openUsd = quote.openInterest.times(quote.mark);
  return {
    symbol: instrument.symbol,
    lastPrice: quote.last.toFixed(),
    indexPrice: quote.index.toFixed(),
    markPrice: quote.mark.toFixed(),
    prevPrice24h: quote.open24h.toFixed(),
    price24hPcnt: figure(quote.last.div(quote.open24h).minus(1), 6),
    highPrice24h: quote.high24h.toFixed(),
    lowPrice24h: quote.low24h.toFixed(),
    prevPrice1h: '',
    openInterest: isLinear ? quote.openInterest.toFixed() : figure(openUsd, 0),
    openInterestValue: isLinear ? figure(openUsd, 2) : quote.openInterest.toFixed(),
    turnover24h: isLinear ? figure(turnover, 4) : quote.volume24h.toFixed(),
    volume24h: isLinear ? quote.volume24h.toFixed() : figure(turnover, 0),
    fundingRate: quote.fundingRate.toFixed(),
    nextFundingTime: String(quote.nextFundingAt),
    fundingIntervalHour: String(FUNDING_HOURS),
    predictedDeliveryPrice: '',
    basisRate: '',
    deliveryFeeRate: '',
    deliveryTime: '0',
    ask1Size: bookSize(instrument, asks[0]),
    bid1Price: quote.bid.toFixed(),
    ask1Price: quote.ask.toFixed(),
    bid1Size: bookSize(instrument, bids[0]),
    basis: '',
  };
}

export function orderBook(call: BybitCall): BybitAnswer {
  const category = categoryOf(call);
  const instrument = oneInstrument(call);
  if (category === null || instrument === null) return UNKNOWN_SYMBOL;
  const { query, now } = call.request;
  const depth = Math.min(Number(query.get('limit') ?? 25) || 25, 500);
  const book = call.world.market.book(instrument.asset, now, depth);
  const row = (level: BookLevel) => [level.price.toFixed(), bookSize(instrument, level)];
  return answer({
    s: instrument.symbol,
    b: book.bids.map(row),
    a: book.asks.map(row),
    ts: now,
    u: Math.floor(now / 20),
    seq: Math.floor(now / 10),
    cts: now,
  });
}

/** Base units for linear, dollars for inverse. */
function bookSize({ kind }: SimInstrument, level: BookLevel | undefined): string {
  if (level === undefined) return '';
  return kind === 'linear' ? figure(level.quantity) : figure(level.quantity.times(level.price), 0);
}

export function kline(call: BybitCall): BybitAnswer {
  return klineOf(call, (instrument, { volume, ...candle }) => {
    const turnover = volume.times(candle.close);
    const isLinear = instrument.kind === 'linear';
    return [
      ...priceRow({ volume, ...candle }),
      isLinear ? volume.toFixed() : figure(turnover, 0),
      isLinear ? figure(turnover, 4) : volume.toFixed(),
    ];
  });
}

export function markPriceKline(call: BybitCall): BybitAnswer {
  return klineOf(call, (_, candle) => priceRow(candle));
}

function priceRow({ openTime, open, high, low, close }: Candle): string[] {
  return [String(openTime), ...[open, high, low, close].map((price) => price.toFixed())];
}

/** Newest first, as the venue lists them. */
function klineOf(
  call: BybitCall,
  row: (instrument: SimInstrument, candle: Candle) => readonly string[],
): BybitAnswer {
  const { query, now } = call.request;
  const instrument = oneInstrument(call);
  if (instrument === null) return UNKNOWN_SYMBOL;
  const interval = query.get('interval') ?? '';
  const intervalMs = INTERVALS[interval] ?? Number(interval) * MINUTE;
  if (!(intervalMs >= MINUTE)) return refuse(10001, 'params error: interval invalid');
  const limit = Math.min(Number(query.get('limit') ?? 200) || 200, 1000);
  const start = query.has('start') ? Number(query.get('start')) : null;
  const natural = start === null ? now : start + limit * intervalMs - 1;
  const until = Math.min(Number(query.get('end') ?? natural), now);
  const candles = call.world.market
    .candles(instrument.asset, { intervalMs, until, count: limit })
    .filter((candle) => start === null || candle.openTime >= start);
  return answer({
    symbol: instrument.symbol,
    category: query.get('category') ?? 'linear',
    list: candles.map((candle) => row(instrument, candle)).reverse(),
  });
}

export function fundingHistory(call: BybitCall): BybitAnswer {
  const { query, now } = call.request;
  const instrument = oneInstrument(call);
  if (instrument === null) return UNKNOWN_SYMBOL;
  const limit = Math.min(Number(query.get('limit') ?? 200) || 200, 200);
  const until = Math.min(Number(query.get('endTime') ?? now), now);
  const since = Number(query.get('startTime') ?? 0);
  const list = call.world.market
    .fundingHistory(instrument.asset, until, limit)
    .filter(({ at }) => at >= since)
    .map(({ at, rate }) => ({
      symbol: instrument.symbol,
      fundingRate: rate.toFixed(),
      fundingRateTimestamp: String(at),
    }));
  return answer({ category: query.get('category'), list });
}

function oneInstrument(call: BybitCall): SimInstrument | null {
  const symbol = call.request.query.get('symbol');
  return call.world.instruments('bybit').find((each) => each.symbol === symbol) ?? null;
}

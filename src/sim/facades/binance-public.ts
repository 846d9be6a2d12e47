import { dec } from '../../domain/decimal.ts';
import { err, ok } from '../../domain/result.ts';
import { FUNDING_HOURS } from '../market.ts';
import type { SimInstrument } from '../model.ts';
import {
  BAD_INTERVAL,
  type BinanceAnswer,
  type BinanceCall,
  type BinanceRoute,
  eight,
  limitOf,
  ofOne,
  oneOrAll,
  usdmInstruments,
} from './binance-route.ts';
import { candleIntervalMs } from './candle-interval.ts';

/** How the venue marks a contract that never expires. */
const NO_DELIVERY = 4_133_404_800_000;
const LISTED_AT = 1_569_398_400_000;

function symbolRow(instrument: SimInstrument) {
  const { tickSize, lotSize, asset, quote, settle } = instrument;
  const lot = { minQty: lotSize.toFixed(), maxQty: '1000', stepSize: lotSize.toFixed() };
  return {
    symbol: instrument.symbol,
    pair: instrument.symbol,
    contractType: 'PERPETUAL',
    deliveryDate: NO_DELIVERY,
    onboardDate: LISTED_AT,
    status: 'TRADING',
    maintMarginPercent: '2.5000',
    requiredMarginPercent: '5.0000',
    baseAsset: asset,
    quoteAsset: quote,
    marginAsset: settle,
    pricePrecision: tickSize.decimalPlaces(),
    quantityPrecision: lotSize.decimalPlaces(),
    baseAssetPrecision: 8,
    quotePrecision: 8,
    underlyingType: 'COIN',
    underlyingSubType: ['PoW'],
    triggerProtect: '0.0500',
    liquidationFee: '0.012500',
    marketTakeBound: '0.05',
    filters: [
      {
        filterType: 'PRICE_FILTER',
        minPrice: tickSize.toFixed(),
        maxPrice: '4529764',
        tickSize: tickSize.toFixed(),
      },
      { filterType: 'LOT_SIZE', ...lot },
      { filterType: 'MARKET_LOT_SIZE', ...lot },
      { filterType: 'MAX_NUM_ORDERS', limit: 200 },
      { filterType: 'MIN_NOTIONAL', notional: '5' },
    ],
    orderTypes: ['LIMIT', 'MARKET', 'STOP', 'STOP_MARKET', 'TAKE_PROFIT', 'TAKE_PROFIT_MARKET'],
    timeInForce: ['GTC', 'IOC', 'FOK', 'GTX'],
  };
}

function exchangeInfo({ world, request }: BinanceCall) {
  const rate = (rateLimitType: string, interval: string, intervalNum: number, limit: number) => ({
    rateLimitType,
    interval,
    intervalNum,
    limit,
  });
  return {
    timezone: 'UTC',
    serverTime: request.now,
    futuresType: 'U_MARGINED',
    rateLimits: [
      rate('REQUEST_WEIGHT', 'MINUTE', 1, 2400),
      rate('ORDERS', 'MINUTE', 1, 1200),
      rate('ORDERS', 'SECOND', 10, 300),
    ],
    exchangeFilters: [],
    assets: [{ asset: 'USDT', marginAvailable: true, autoAssetExchange: '-10000' }],
    symbols: usdmInstruments(world).map(symbolRow),
  };
}

function premiumIndex(call: BinanceCall): BinanceAnswer {
  const { world, request } = call;
  return oneOrAll(call, ({ symbol, asset }) => {
    const quote = world.market.quote(asset, request.now);
    return {
      symbol,
      markPrice: eight(quote.mark),
      indexPrice: eight(quote.index),
      estimatedSettlePrice: eight(quote.index),
      lastFundingRate: eight(quote.fundingRate),
      interestRate: '0.00010000',
      nextFundingTime: quote.nextFundingAt,
      time: request.now,
    };
  });
}

function ticker24h(call: BinanceCall): BinanceAnswer {
  const { world, request } = call;
  return oneOrAll(call, ({ symbol, asset }) => {
    const { last, open24h, high24h, low24h, volume24h } = world.market.quote(asset, request.now);
    const change = last.minus(open24h);
    return {
      symbol,
      priceChange: change.toFixed(),
      priceChangePercent: change.div(open24h).times(100).toFixed(3),
      weightedAvgPrice: last.plus(open24h).div(2).toFixed(),
      lastPrice: last.toFixed(),
      lastQty: '0.001',
      openPrice: open24h.toFixed(),
      highPrice: high24h.toFixed(),
      lowPrice: low24h.toFixed(),
      volume: volume24h.toFixed(),
      quoteVolume: volume24h.times(last).toFixed(2),
      openTime: request.now - 86_400_000,
      closeTime: request.now,
      firstId: 1,
      lastId: 2,
      count: 2,
    };
  });
}

function depth(call: BinanceCall): BinanceAnswer {
  const { world, request } = call;
  return ofOne(call, ({ asset, lotSize }) => {
    const book = world.market.book(asset, request.now, limitOf(request, 500, 1000));
    const rows = (levels: typeof book.bids) =>
      levels.map(({ price, quantity }) => [
        price.toFixed(),
        quantity.toFixed(lotSize.decimalPlaces()),
      ]);
    return {
      lastUpdateId: request.now,
      E: request.now,
      T: request.now,
      bids: rows(book.bids),
      asks: rows(book.asks),
    };
  });
}

/** Of the last price and of the mark alike: the simulator draws one path. */
function klines(call: BinanceCall): BinanceAnswer {
  const { world, request } = call;
  const { query, now } = request;
  const intervalMs = candleIntervalMs(query.get('interval') ?? '');
  if (intervalMs === null) return err(BAD_INTERVAL);
  const limit = limitOf(request, 500, 1500);
  const start = Number(query.get('startTime') ?? 0);
  const end = Math.min(now, Number(query.get('endTime') ?? now));
  const until = start > 0 ? Math.min(end, start + limit * intervalMs - 1) : end;
  return ofOne(call, ({ asset }) =>
    world.market
      .candles(asset, { intervalMs, until, count: limit })
      .filter(({ openTime }) => openTime >= start)
      .map((candle) => [
        candle.openTime,
        candle.open.toFixed(),
        candle.high.toFixed(),
        candle.low.toFixed(),
        candle.close.toFixed(),
        candle.volume.toFixed(),
        candle.openTime + intervalMs - 1,
        candle.volume.times(candle.close).toFixed(2),
        1,
        candle.volume.div(2).toFixed(3),
        candle.volume.times(candle.close).div(2).toFixed(2),
        '0',
      ]),
  );
}

function fundingRates(call: BinanceCall): BinanceAnswer {
  const { world, request } = call;
  return ofOne(call, ({ symbol, asset }) =>
    world.market
      .fundingHistory(asset, request.now, limitOf(request, 100, 1000))
      .map(({ at, rate }) => ({
        symbol,
        fundingTime: at,
        fundingRate: eight(rate),
        markPrice: eight(world.market.mark(asset, at)),
      }))
      .reverse(),
  );
}

function fundingInfo({ world }: BinanceCall): BinanceAnswer {
  const rows = usdmInstruments(world).map(({ symbol }) => ({
    symbol,
    adjustedFundingRateCap: eight(dec('0.02')),
    adjustedFundingRateFloor: eight(dec('-0.02')),
    fundingIntervalHours: FUNDING_HOURS,
    disclaimer: false,
  }));
  return ok(rows);
}

/** GET, by path. */
export const BINANCE_PUBLIC: Readonly<Record<string, BinanceRoute<BinanceCall>>> = {
  '/fapi/v1/ping': { weight: 1, answer: () => ok({}) },
  '/fapi/v1/time': { weight: 1, answer: ({ request }) => ok({ serverTime: request.now }) },
  '/fapi/v1/exchangeInfo': { weight: 1, answer: (call) => ok(exchangeInfo(call)) },
  '/fapi/v1/premiumIndex': { weight: 10, answer: premiumIndex },
  '/fapi/v1/ticker/24hr': { weight: 40, answer: ticker24h },
  '/fapi/v1/depth': { weight: 10, answer: depth },
  '/fapi/v1/klines': { weight: 5, answer: klines },
  '/fapi/v1/markPriceKlines': { weight: 5, answer: klines },
  '/fapi/v1/fundingRate': { weight: 1, answer: fundingRates },
  '/fapi/v1/fundingInfo': { weight: 1, answer: fundingInfo },
};

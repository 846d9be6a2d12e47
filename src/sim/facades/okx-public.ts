import { type Decimal, ONE } from '../../domain/decimal.ts';
import { err, ok } from '../../domain/result.ts';
import { figure } from '../facade.ts';
import type { Quote } from '../market.ts';
import type { SimInstrument } from '../model.ts';
import { candleIntervalMs } from './candle-interval.ts';
import {
  badParameter,
  type OkxAnswer,
  type OkxCall,
  okxInstrument,
  okxInstruments,
  underlyingOf,
} from './okx-route.ts';

const LISTED_AT = '1611916828000';

function quoteOf({ world, request }: OkxCall, { asset }: SimInstrument): Quote {
  return world.market.quote(asset, request.now);
}

function limitOf({ request }: OkxCall, fallback: number, most: number): number {
  const limit = Number(request.query.get('limit') ?? request.query.get('sz') ?? fallback);
  return limit >= 1 ? Math.min(Math.floor(limit), most) : fallback;
}

/** Books and volumes are counted in contracts here. */
function contractsOf(instrument: SimInstrument, quantity: Decimal, price: Decimal): Decimal {
  const value = instrument.kind === 'linear' ? quantity : quantity.times(price);
  const contracts = value.div(instrument.contractSize);
  return contracts.toDecimalPlaces(instrument.lotSize.decimalPlaces());
}

function instrumentRow(instrument: SimInstrument) {
  const family = underlyingOf(instrument);
  const isLinear = instrument.kind === 'linear';
  return {
    alias: '',
    auctionEndTime: '',
    baseCcy: '',
    category: '1',
    contTdSwTime: LISTED_AT,
    ctMult: '1',
    ctType: instrument.kind,
    ctVal: instrument.contractSize.toFixed(),
    ctValCcy: isLinear ? instrument.asset : 'USD',
    expTime: '',
    futureSettlement: false,
    instFamily: family,
    instId: instrument.symbol,
    instType: 'SWAP',
    lever: instrument.maxLeverage.toFixed(),
    listTime: LISTED_AT,
    lotSz: instrument.lotSize.toFixed(),
    maxIcebergSz: '100000000',
    maxLmtAmt: '20000000',
    maxLmtSz: '100000000',
    maxMktAmt: '',
    maxMktSz: '30000',
    maxStopSz: '30000',
    maxTriggerSz: '100000000',
    maxTwapSz: '100000000',
    minSz: instrument.lotSize.toFixed(),
    optType: '',
    quoteCcy: '',
    ruleType: 'normal',
    settleCcy: instrument.settle,
    state: 'live',
    stk: '',
    tickSz: instrument.tickSize.toFixed(),
    uly: family,
  };
}

function markPrices(call: OkxCall): OkxAnswer {
  const rows = okxInstruments(call).map((instrument) => ({
    instId: instrument.symbol,
    instType: 'SWAP',
    markPx: call.world.market.mark(instrument.asset, call.request.now).toFixed(),
    ts: String(call.request.now),
  }));
  return ok(rows);
}

function fundingRate(call: OkxCall): OkxAnswer {
  const row = (instrument: SimInstrument) => {
    const { fundingRate: rate, nextFundingAt, mark, index } = quoteOf(call, instrument);
    return {
      formulaType: 'withRate',
      fundingRate: figure(rate, 16),
      fundingTime: String(nextFundingAt),
      instId: instrument.symbol,
      instType: 'SWAP',
      interestRate: '0.0001',
      maxFundingRate: '0.00375',
      method: 'current_period',
      minFundingRate: '-0.00375',
      nextFundingRate: '',
      nextFundingTime: String(nextFundingAt + 8 * 3_600_000),
      premium: figure(mark.div(index).minus(ONE), 16),
      settFundingRate: figure(rate, 16),
      settState: 'settled',
      ts: String(call.request.now),
    };
  };
  if (call.request.query.get('instId') === 'ANY') return ok(call.world.instruments('okx').map(row));
  const instrument = okxInstrument(call);
  return instrument.ok ? ok([row(instrument.value)]) : instrument;
}

function fundingHistory(call: OkxCall): OkxAnswer {
  const { world, request } = call;
  const instrument = okxInstrument(call);
  if (!instrument.ok) return instrument;
  const { asset, symbol } = instrument.value;
  const rows = world.market
    .fundingHistory(asset, request.now, limitOf(call, 100, 100))
    .map(({ at, rate }) => ({
      formulaType: 'withRate',
      fundingRate: figure(rate, 16),
      fundingTime: String(at),
      instId: symbol,
      instType: 'SWAP',
      method: 'current_period',
      realizedRate: figure(rate, 16),
    }));
  return ok(rows);
}

/** Caps and floors are numbers of contracts; there is no deduction. */
function positionTiers(call: OkxCall): OkxAnswer {
  const { query } = call.request;
  if (!['cross', 'isolated'].includes(query.get('tdMode') ?? '')) {
    return err(badParameter('tdMode'));
  }
  if (!query.get('uly') && !query.get('instFamily')) return err(badParameter('uly'));
  const rows = okxInstruments(call).flatMap((instrument) =>
    instrument.tiers.map((tier, index) => ({
      baseMaxLoan: '',
      imr: tier.initialRate.toFixed(),
      instFamily: underlyingOf(instrument),
      instId: '',
      maxLever: tier.maxLeverage.toFixed(),
      maxSz: tier.cap.toFixed(),
      minSz: tier.floor.toFixed(),
      mmr: tier.rate.toFixed(),
      optMgnFactor: '0',
      quoteMaxLoan: '',
      tier: String(index + 1),
      uly: underlyingOf(instrument),
    })),
  );
  return ok(rows);
}

function tickerRow(call: OkxCall, instrument: SimInstrument) {
  const quote = quoteOf(call, instrument);
  return {
    instType: 'SWAP',
    instId: instrument.symbol,
    last: quote.last.toFixed(),
    lastSz: instrument.lotSize.toFixed(),
    askPx: quote.ask.toFixed(),
    askSz: instrument.lotSize.toFixed(),
    bidPx: quote.bid.toFixed(),
    bidSz: instrument.lotSize.toFixed(),
    open24h: quote.open24h.toFixed(),
    high24h: quote.high24h.toFixed(),
    low24h: quote.low24h.toFixed(),
    volCcy24h: quote.volume24h.toFixed(),
    vol24h: contractsOf(instrument, quote.volume24h, quote.last).toFixed(),
    sodUtc0: quote.open24h.toFixed(),
    sodUtc8: quote.open24h.toFixed(),
    ts: String(call.request.now),
  };
}

function ticker(call: OkxCall): OkxAnswer {
  const instrument = okxInstrument(call);
  return instrument.ok ? ok([tickerRow(call, instrument.value)]) : instrument;
}

function books(call: OkxCall): OkxAnswer {
  const { world, request } = call;
  const instrument = okxInstrument(call);
  if (!instrument.ok) return instrument;
  const book = world.market.book(instrument.value.asset, request.now, limitOf(call, 1, 400));
  const rows = (levels: typeof book.bids) =>
    levels.map(({ price, quantity }) => [
      price.toFixed(),
      contractsOf(instrument.value, quantity, price).toFixed(),
      '0',
      '1',
    ]);
  return ok([{ asks: rows(book.asks), bids: rows(book.bids), ts: String(request.now) }]);
}

/** Newest first; `after` and `before` are exclusive ends, as everywhere at OKX. */
function candles(call: OkxCall, columns: 'price' | 'price and volume'): OkxAnswer {
  const { world, request } = call;
  const intervalMs = candleIntervalMs(request.query.get('bar') ?? '1m');
  if (intervalMs === null) return err(badParameter('bar'));
  const instrument = okxInstrument(call);
  if (!instrument.ok) return instrument;
  const after = Number(request.query.get('after') ?? Number.POSITIVE_INFINITY);
  const before = Number(request.query.get('before') ?? 0);
  const query = {
    intervalMs,
    until: Math.min(request.now, after - 1),
    count: limitOf(call, 100, columns === 'price' ? 100 : 300),
  };
  const rows = world.market
    .candles(instrument.value.asset, query)
    .filter(({ openTime }) => openTime > before)
    .map(({ openTime, open, high, low, close, volume }) => {
      const prices = [open, high, low, close].map((price) => price.toFixed());
      const isOver = openTime + intervalMs <= request.now ? '1' : '0';
      if (columns === 'price') return [String(openTime), ...prices, isOver];
      const contracts = contractsOf(instrument.value, volume, close).toFixed();
      const inQuote = volume.times(close).toFixed(2);
      return [String(openTime), ...prices, contracts, volume.toFixed(), inQuote, isOver];
    });
  return ok(rows.reverse());
}

const lastCandles = (call: OkxCall) => candles(call, 'price and volume');
const markCandles = (call: OkxCall) => candles(call, 'price');

/** GET, by path. */
export const OKX_PUBLIC: Readonly<Record<string, (call: OkxCall) => OkxAnswer>> = {
  '/api/v5/public/time': ({ request }) => ok([{ ts: String(request.now) }]),
  '/api/v5/public/instruments': (call) =>
    call.request.query.get('instType')
      ? ok(okxInstruments(call).map(instrumentRow))
      : err(badParameter('instType')),
  '/api/v5/public/mark-price': markPrices,
  '/api/v5/public/funding-rate': fundingRate,
  '/api/v5/public/funding-rate-history': fundingHistory,
  '/api/v5/public/position-tiers': positionTiers,
  '/api/v5/market/ticker': ticker,
  '/api/v5/market/tickers': (call) =>
    ok(okxInstruments(call).map((instrument) => tickerRow(call, instrument))),
  '/api/v5/market/books': books,
  '/api/v5/market/candles': lastCandles,
  '/api/v5/market/history-candles': lastCandles,
  '/api/v5/market/mark-price-candles': markCandles,
  '/api/v5/market/history-mark-price-candles': markCandles,
};

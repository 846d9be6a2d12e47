import type { Decimal } from '../../domain/decimal.ts';
import { err, ok } from '../../domain/result.ts';
import type { SimInstrument } from '../model.ts';
import { candleIntervalMs } from './candle-interval.ts';
import {
  badParameter,
  limitOf,
  type OkxAnswer,
  type OkxCall,
  okxInstrument,
  okxInstruments,
  quoteOf,
} from './okx-route.ts';

/** Books and volumes are counted in contracts here. */
function contractsOf(instrument: SimInstrument, quantity: Decimal, price: Decimal): Decimal {
  const value = instrument.kind === 'linear' ? quantity : quantity.times(price);
  const contracts = value.div(instrument.contractSize);
  return contracts.toDecimalPlaces(instrument.lotSize.decimalPlaces());
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
export const OKX_MARKET: Readonly<Record<string, (call: OkxCall) => OkxAnswer>> = {
  '/api/v5/market/ticker': ticker,
  '/api/v5/market/tickers': (call) =>
    ok(okxInstruments(call).map((instrument) => tickerRow(call, instrument))),
  '/api/v5/market/books': books,
  '/api/v5/market/candles': lastCandles,
  '/api/v5/market/history-candles': lastCandles,
  '/api/v5/market/mark-price-candles': markCandles,
  '/api/v5/market/history-mark-price-candles': markCandles,
};

import { type Decimal, dec } from '../../domain/decimal.ts';
import { err, ok } from '../../domain/result.ts';
import { FUNDING_HOURS } from '../market.ts';
import type { SimInstrument } from '../model.ts';
import { candleIntervalMs } from './candle-interval.ts';
import { type ZtdxAnswer, type ZtdxCall, ztdxInstrument, ztdxRefusal } from './ztdx-route.ts';

// Only the ticker's names are documented (the stream of the same name); the rest of this file uses
// the venue's words for the same things elsewhere.

function limitOf({ request }: ZtdxCall, fallback: number, most: number): number {
  const limit = Number(request.query.get('limit') ?? request.query.get('depth') ?? fallback);
  return limit >= 1 ? Math.min(Math.floor(limit), most) : fallback;
}

function ofOne(call: ZtdxCall, answer: (instrument: SimInstrument) => unknown): ZtdxAnswer {
  const instrument = ztdxInstrument(call.world, call.name);
  return instrument.ok ? ok(answer(instrument.value)) : instrument;
}

function marketRow({ symbol, asset, quote, maxLeverage }: SimInstrument) {
  return {
    symbol,
    base_asset: asset,
    quote_asset: quote,
    status: 'active',
    max_leverage: Number(maxLeverage.toFixed()),
  };
}

function config(call: ZtdxCall): ZtdxAnswer {
  return ofOne(call, (instrument) => ({
    ...marketRow(instrument),
    tick_size: instrument.tickSize.toFixed(),
    step_size: instrument.lotSize.toFixed(),
    min_size: instrument.lotSize.toFixed(),
    maintenance_margin_rate: instrument.tiers[0]?.rate.toFixed() ?? null,
    maker_fee_rate: instrument.makerFee.toFixed(),
    taker_fee_rate: instrument.takerFee.toFixed(),
    funding_interval_hours: FUNDING_HOURS,
  }));
}

/** "+0.0050%": the rate of one hour as a signed percent text, as the stream sends it. */
function hourlyPercent(rate: Decimal): string {
  const percent = rate.div(FUNDING_HOURS).times(100);
  return `${percent.isNegative() ? '' : '+'}${percent.toFixed(4)}%`;
}

function ticker(call: ZtdxCall): ZtdxAnswer {
  const { world, request } = call;
  return ofOne(call, ({ symbol, asset }) => {
    const quote = world.market.quote(asset, request.now);
    const change = quote.last.minus(quote.open24h);
    const half = quote.openInterest.div(dec(2)).toDecimalPlaces(3).toFixed();
    return {
      type: 'ticker',
      symbol,
      last_price: quote.last.toFixed(),
      mark_price: quote.mark.toFixed(),
      index_price: quote.index.toFixed(),
      price_change_24h: change.toFixed(),
      price_change_percent_24h: change.div(quote.open24h).times(100).toFixed(2),
      high_24h: quote.high24h.toFixed(),
      low_24h: quote.low24h.toFixed(),
      volume_24h: quote.volume24h.toFixed(),
      open_interest_long: half,
      open_interest_short: half,
      funding_rate_1h: hourlyPercent(quote.fundingRate),
      timestamp: request.now,
    };
  });
}

function markPrice(call: ZtdxCall): ZtdxAnswer {
  const { world, request } = call;
  return ofOne(call, ({ symbol, asset }) => {
    const { mark, index } = world.market.quote(asset, request.now);
    return {
      symbol,
      mark_price: mark.toFixed(),
      index_price: index.toFixed(),
      timestamp: request.now,
    };
  });
}

function orderbook(call: ZtdxCall): ZtdxAnswer {
  const { world, request } = call;
  return ofOne(call, ({ symbol, asset }) => {
    const book = world.market.book(asset, request.now, limitOf(call, 20, 200));
    const rows = (levels: typeof book.bids) =>
      levels.map(({ price, quantity }) => ({ price: price.toFixed(), size: quantity.toFixed() }));
    return { symbol, bids: rows(book.bids), asks: rows(book.asks), timestamp: request.now };
  });
}

function klines(call: ZtdxCall): ZtdxAnswer {
  const { world, request } = call;
  const interval = request.query.get('interval') ?? '1m';
  const intervalMs = candleIntervalMs(interval);
  if (intervalMs === null) return err(ztdxRefusal(400, 'INVALID_INTERVAL', 'Unknown interval'));
  const query = { intervalMs, until: request.now, count: limitOf(call, 100, 1000) };
  return ofOne(call, ({ symbol, asset }) => ({
    symbol,
    interval,
    klines: world.market.candles(asset, query).map((candle) => ({
      time: candle.openTime,
      open: candle.open.toFixed(),
      high: candle.high.toFixed(),
      low: candle.low.toFixed(),
      close: candle.close.toFixed(),
      volume: candle.volume.toFixed(),
    })),
  }));
}

function fundingHistory(call: ZtdxCall): ZtdxAnswer {
  const { world, request } = call;
  const named = { ...call, name: request.query.get('symbol') ?? '' };
  return ofOne(named, ({ symbol, asset }) => ({
    symbol,
    history: world.market
      .fundingHistory(asset, request.now, limitOf(call, 100, 1000))
      .map(({ at, rate }) => ({
        symbol,
        funding_rate: rate.toFixed(),
        funding_rate_1h: hourlyPercent(rate),
        timestamp: at,
      })),
  }));
}

/** GET, by path; a colon stands for one segment. */
export const ZTDX_PUBLIC: Readonly<Record<string, (call: ZtdxCall) => ZtdxAnswer>> = {
  '/api/v1/time': ({ request }) => ok({ server_time: request.now }),
  '/api/v1/markets': ({ world }) => ok({ markets: world.instruments('ztdx').map(marketRow) }),
  '/api/v1/markets/:/config': config,
  '/api/v1/ticker/:': ticker,
  '/api/v1/mark-price/:': markPrice,
  '/api/v1/orderbook/:': orderbook,
  '/api/v1/klines/:': klines,
  '/api/v1/funding-rate/history': fundingHistory,
};

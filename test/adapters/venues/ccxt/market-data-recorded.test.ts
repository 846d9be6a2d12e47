import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCcxtVenues } from '../../../../src/adapters/venues/ccxt/create-ccxt-venues.ts';
import { type StubHttp, startStubHttp } from '../../../fakes/stub-http.ts';
import { systemTime } from '../../../fakes/system-time.ts';
import { connectionTo } from '../connection.ts';
import { plain } from './contracts-for-tests.ts';
import { recordedResponses } from './recorded-responses.ts';
import { standInBybit } from './stand-in-bybit.ts';
import { standInOkx } from './stand-in-okx.ts';

const HOUR = 3_600_000;
const FIRST = 1_706_630_400_000;
const soon = () => AbortSignal.timeout(10_000);
const bybit = recordedResponses('bybit');
const okx = recordedResponses('okx');

let stub: StubHttp;
beforeEach(async () => {
  stub = await startStubHttp(standInBybit());
});
afterEach(() => stub.close());

const sourceWith = (venue: 'bybit' | 'okx', bodies: Readonly<Record<string, unknown>>) => {
  const standIn = venue === 'bybit' ? standInBybit() : standInOkx();
  stub.answer((request) => {
    // What was recorded is linear.
    const isInverse = request.query.get('category') === 'inverse';
    const body = isInverse ? undefined : bodies[request.path];
    if (isInverse && request.path in bodies) return { body: { retCode: 0, result: { list: [] } } };
    return body === undefined ? standIn(request) : { body };
  });
  return createCcxtVenues(systemTime()).marketData(connectionTo(venue, stub.origin));
};

describe.skipIf(bybit === null)('recorded Bybit replies', () => {
  const instrument = { venue: 'bybit', symbol: 'BTC/USDT:USDT' };

  test('three hours, given newest first', async () => {
    const body = bybit?.('fetchOHLCV', 'swap ohlcv with since and limit');
    const source = sourceWith('bybit', { '/v5/market/kline': body });
    const span = { from: FIRST, to: FIRST + 3 * HOUR };
    expect(await source.candles({ instrument, interval: '1h', ...span }, soon())).toMatchObject({
      value: {
        value: [
          { openTime: FIRST, open: 43_350.7, high: 43_492.5, low: 43_204.5, close: 43_488 },
          { openTime: FIRST + HOUR, open: 43_488, close: 43_376.1 },
          { openTime: FIRST + 2 * HOUR, high: 43_474.1, close: 43_352.8 },
        ],
      },
    });
  });

  test('the running rate and the marks, digit by digit', async () => {
    const body = bybit?.('fetchFundingRate', 'fetchFundingRate');
    const source = sourceWith('bybit', { '/v5/market/tickers': body });
    expect(plain(await source.funding([instrument], soon()))).toMatchObject({
      value: { value: [{ rate: '0.0001', paidAt: 1_730_736_000_000 }] },
    });
    expect(plain(await source.marks(soon()))).toMatchObject({
      value: { value: [{ instrument, markPrice: '68591.46', indexPrice: '68599.9' }] },
    });
  });

  test('a book', async () => {
    const body = bybit?.('fetchOrderBook', 'swap orderbook');
    const source = sourceWith('bybit', { '/v5/market/orderbook': body });
    expect(await source.book(instrument, 2, soon())).toMatchObject({
      value: {
        value: {
          bids: [{ price: 42_544.7, quantity: 172.404 }, { price: 42_544.5 }],
          asks: [{ price: 42_548, quantity: 108.998 }, {}],
        },
      },
    });
  });
});

describe.skipIf(okx === null)('recorded OKX replies', () => {
  test('hours of the spot pair have the form of a swap’s', async () => {
    const body = okx?.('fetchOHLCV', 'spot ohlcv with limit and since');
    const source = sourceWith('okx', { '/api/v5/market/history-candles': body });
    const query = {
      instrument: { venue: 'okx', symbol: 'BTC/USDT:USDT' },
      interval: '1h',
    } as const;
    const span = { from: FIRST, to: FIRST + 3 * HOUR };
    const answer = await source.candles({ ...query, ...span }, soon());
    expect(answer).toMatchObject({
      value: { value: [{}, {}, { openTime: FIRST + 2 * HOUR, open: 43_398.6, close: 43_373.9 }] },
    });
    expect(stub.requests.at(-1)?.query.get('bar')).toBe('1H');
  });

  test('days are UTC days, not Hong Kong’s', async () => {
    const source = sourceWith('okx', { '/api/v5/market/history-candles': { code: '0', data: [] } });
    const query = {
      instrument: { venue: 'okx', symbol: 'BTC/USDT:USDT' },
      interval: '1d',
    } as const;
    await source.candles({ ...query, from: FIRST, to: FIRST + 48 * HOUR }, soon());
    expect(stub.requests.at(-1)?.query.get('bar')).toBe('1Dutc');
  });
});

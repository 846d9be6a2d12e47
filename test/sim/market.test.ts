import { expect, test } from 'vitest';
import { createMarket } from '../../src/sim/market.ts';
import { MARKET_ASSETS } from '../../src/sim/market-assets.ts';
import { SIM_ASSETS } from '../../src/sim/model.ts';

const START = Date.UTC(2026, 0, 5, 8, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const market = () => createMarket({ seed: 'harbour', start: START });

/** Everything the market says of one asset at one time, as text. */
function said(of: ReturnType<typeof market>, at: number): string {
  return JSON.stringify(
    SIM_ASSETS.map((asset) => [
      of.quote(asset, at),
      of.book(asset, at, 5),
      of.candles(asset, { intervalMs: MINUTE, until: at, count: 5 }),
      of.fundingHistory(asset, at, 3),
    ]),
  );
}

test('the same seed says the same, in whatever order it is asked', () => {
  const times = [START, START + 90 * DAY, START - 400 * DAY, START + 1000, START + 7 * HOUR];
  const forward = market();
  const backward = market();
  const first = times.map((at) => said(forward, at));
  const second = times.toReversed().map((at) => said(backward, at));
  expect(second.toReversed()).toEqual(first);
  expect(said(createMarket({ seed: 'other', start: START }), times[1] as number)).not.toBe(
    first[1],
  );
});

test('it starts at its starting prices and every price is on the tick', () => {
  const still = market();
  for (const asset of SIM_ASSETS) {
    const { start, tick } = MARKET_ASSETS[asset];
    const quote = still.quote(asset, START);
    expect(quote.index.toNumber()).toBe(start);
    for (const price of [quote.mark, quote.last, quote.bid, quote.ask, quote.high24h]) {
      expect(price.mod(tick).toNumber()).toBe(0);
    }
    expect(quote.mark.div(start).minus(1).abs().toNumber()).toBeLessThan(0.001);
    expect(quote.bid.lt(quote.ask)).toBe(true);
  }
});

test('a year of days has the volatility and the correlation of the table', () => {
  const long = market();
  const returns = (asset: 'BTC' | 'ETH') =>
    long
      .candles(asset, { intervalMs: DAY, until: START + 180 * DAY - 1, count: 365 })
      .map(({ open, close }) => Math.log(close.div(open).toNumber()));
  const [btc, eth] = [returns('BTC'), returns('ETH')];
  const dot = (a: readonly number[], b: readonly number[]) =>
    a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);
  const deviation = Math.sqrt(dot(btc, btc) / btc.length);
  expect(deviation / MARKET_ASSETS.BTC.dailyVolatility).toBeGreaterThan(0.85);
  expect(deviation / MARKET_ASSETS.BTC.dailyVolatility).toBeLessThan(1.15);
  expect(dot(btc, eth) / Math.sqrt(dot(btc, btc) * dot(eth, eth))).toBeGreaterThan(0.7);
});

test('candles join: each opens where the last closed, inside its own high and low', () => {
  const candles = market().candles('SOL', { intervalMs: HOUR, until: START + 90_000, count: 48 });
  expect(candles.at(-1)?.openTime).toBe(Math.floor(START / HOUR) * HOUR);
  for (const [i, candle] of candles.entries()) {
    if (i > 0) expect(candle.open.eq(candles[i - 1]?.close ?? 0)).toBe(true);
    expect(candle.high.gte(candle.close) && candle.low.lte(candle.open)).toBe(true);
  }
});

test('a told move holds from its moment on, for its asset only, and is in the candles', () => {
  const moved = market();
  const at = START + 10 * MINUTE;
  moved.move('ETH', -0.1, at);
  const still = market();
  const ratio = (asset: 'BTC' | 'ETH', when: number) =>
    moved.mark(asset, when).div(still.mark(asset, when)).toNumber();
  expect(ratio('ETH', at - 1)).toBe(1);
  expect(ratio('ETH', at)).toBeCloseTo(0.9, 5);
  expect(ratio('ETH', at + DAY)).toBeCloseTo(0.9, 5);
  expect(ratio('BTC', at)).toBe(1);
  const [candle] = moved.candles('ETH', { intervalMs: HOUR, until: at + MINUTE, count: 1 });
  expect(candle?.low.div(candle.high).toNumber()).toBeLessThan(0.91);
});

test('the book widens away from the middle, best first', () => {
  const { bids, asks } = market().book('BTC', START, 50);
  expect([bids.length, asks.length]).toEqual([50, 50]);
  for (let i = 1; i < 50; i += 1) {
    expect(bids[i]?.price.lt(bids[i - 1]?.price ?? 0)).toBe(true);
    expect(asks[i]?.price.gt(asks[i - 1]?.price ?? 0)).toBe(true);
  }
});

test('funding falls due every eight hours of the UTC day', () => {
  const quote = market().quote('BTC', START);
  expect(new Date(quote.nextFundingAt).toISOString()).toBe('2026-01-05T16:00:00.000Z');
  const [newest, before] = market().fundingHistory('BTC', START, 2);
  expect(newest?.at).toBe(quote.nextFundingAt - 8 * HOUR);
  expect(before?.at).toBe(quote.nextFundingAt - 16 * HOUR);
});

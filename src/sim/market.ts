import { type Decimal, dec } from '../domain/decimal.ts';
import { MARKET_ASSETS } from './market-assets.ts';
import { SIM_ASSETS, type SimAsset } from './model.ts';
import { createNoise, createWalk, type Noise, type Walk } from './walk.ts';

/** Prices of one asset at one time, in quote per base, on the asset's tick. */
export interface Quote {
  readonly mark: Decimal;
  readonly index: Decimal;
  readonly last: Decimal;
  readonly bid: Decimal;
  readonly ask: Decimal;
  /** Rate of the running interval; 0.0001 is 0.01 %. */
  readonly fundingRate: Decimal;
  readonly nextFundingAt: number;
  readonly open24h: Decimal;
  readonly high24h: Decimal;
  readonly low24h: Decimal;
  /** In base units. */
  readonly volume24h: Decimal;
  /** In base units. */
  readonly openInterest: Decimal;
}

export interface BookLevel {
  readonly price: Decimal;
  /** In base units. */
  readonly quantity: Decimal;
}

/** Best first. */
interface OrderBook {
  readonly bids: readonly BookLevel[];
  readonly asks: readonly BookLevel[];
}

export interface Candle {
  readonly openTime: number;
  readonly open: Decimal;
  readonly high: Decimal;
  readonly low: Decimal;
  readonly close: Decimal;
  /** In base units. */
  readonly volume: Decimal;
}

interface CandleQuery {
  readonly intervalMs: number;
  /** Newest moment looked at; the running candle is included and ends here. */
  readonly until: number;
  readonly count: number;
}

interface FundingPayment {
  readonly at: number;
  readonly rate: Decimal;
}

/** The one market of all venues. Every answer is a function of seed, time and the moves told. */
export interface Market {
  /** Only the mark: what margin needs, at a fraction of the work. */
  mark(asset: SimAsset, at: number): Decimal;
  quote(asset: SimAsset, at: number): Quote;
  book(asset: SimAsset, at: number, depth: number): OrderBook;
  /** Oldest first; history before the start is there too. */
  candles(asset: SimAsset, query: CandleQuery): readonly Candle[];
  /** Past funding times and rates, newest first, none after `until`. */
  fundingHistory(asset: SimAsset, until: number, count: number): readonly FundingPayment[];
  /** From `at` on every price of the asset is × (1 + fraction): −0.1 is a crash of 10 %. */
  move(asset: SimAsset, fraction: number, at: number): void;
}

/** Hours between funding payments, on every venue of the simulator. */
export const FUNDING_HOURS = 8;

const SECOND = 1000;
const DAY = 86_400 * SECOND;
const FUNDING_MS = FUNDING_HOURS * 3600 * SECOND;
/** Looks at a candle's inside this many times; enough for a plausible high and low. */
const SAMPLES_PER_CANDLE = 12;
/** Streams of the noise that is not the walk itself. */
const NOISE = { basis: 1, last: 2, funding: 3, depth: 4, volume: 5 };

interface Track {
  readonly asset: SimAsset;
  readonly common: Walk;
  readonly own: Walk;
  readonly noise: Noise;
  readonly start: number;
  /** Moves told from outside, oldest first. */
  readonly moves: { readonly at: number; readonly factor: number }[];
  day: { readonly key: string; readonly statistics: DayStatistics } | null;
}

/** `start`: the moment at which every asset has its starting price. */
export function createMarket(options: { readonly seed: string; readonly start: number }): Market {
  const common = createWalk(options.seed, 0);
  const tracks = new Map<SimAsset, Track>(
    SIM_ASSETS.map((asset, i) => [
      asset,
      {
        asset,
        common,
        own: createWalk(options.seed, i + 1),
        noise: createNoise(`${options.seed}/${asset}`),
        start: options.start,
        moves: [],
        day: null,
      },
    ]),
  );
  const track = (asset: SimAsset): Track => {
    const found = tracks.get(asset);
    if (found === undefined) throw new TypeError(`the market has no ${asset}`);
    return found;
  };
  return {
    mark: (asset, at) => markOf(track(asset), at),
    quote: (asset, at) => quoteOf(track(asset), at),
    book: (asset, at, depth) => bookOf(track(asset), at, depth),
    candles: (asset, query) => candlesOf(track(asset), query),
    fundingHistory: (asset, until, count) => fundingOf(track(asset), until, count),
    move: (asset, fraction, at) => {
      track(asset).moves.push({ at, factor: 1 + fraction });
    },
  };
}

/** The index as a double; it becomes a Decimal on the tick before anybody sees it. */
function indexAt(track: Track, at: number): number {
  const { start, dailyVolatility, loading } = MARKET_ASSETS[track.asset];
  const second = Math.floor((at - track.start) / SECOND);
  const shock = loading * track.common(second) + Math.sqrt(1 - loading ** 2) * track.own(second);
  const moved = track.moves.reduce((all, move) => (move.at <= at ? all * move.factor : all), 1);
  return start * Math.exp((dailyVolatility / Math.sqrt(86_400)) * shock) * moved;
}

function onTick(track: Track, price: number): Decimal {
  const { tick } = MARKET_ASSETS[track.asset];
  const rounded = dec(price).div(tick).toDecimalPlaces(0).times(tick);
  return rounded.lt(tick) ? tick : rounded;
}

function markOf(track: Track, at: number): Decimal {
  const basis = 0.00004 * track.noise(NOISE.basis, Math.floor(at / (10 * SECOND)));
  return onTick(track, indexAt(track, at) * (1 + basis));
}

type DayStatistics = Pick<Quote, 'open24h' | 'high24h' | 'low24h' | 'volume24h'>;

/** The last 24 hours, brought up to date every ten seconds: it is asked for far more often. */
function dayOf(track: Track, at: number): DayStatistics {
  const until = Math.floor(at / (10 * SECOND)) * 10 * SECOND;
  const key = `${until}/${track.moves.length}`;
  if (track.day?.key === key) return track.day.statistics;
  const hours = candlesOf(track, { intervalMs: DAY / 24, until, count: 24 });
  const statistics = {
    open24h: (hours[0] as Candle).open,
    high24h: hours.map((hour) => hour.high).reduce((a, b) => (b.gt(a) ? b : a)),
    low24h: hours.map((hour) => hour.low).reduce((a, b) => (b.lt(a) ? b : a)),
    volume24h: hours.map((hour) => hour.volume).reduce((a, b) => a.plus(b)),
  };
  track.day = { key, statistics };
  return statistics;
}

function quoteOf(track: Track, at: number): Quote {
  const index = indexAt(track, at);
  const last = index * (1 + 0.00003 * track.noise(NOISE.last, Math.floor(at / SECOND)));
  const { bids, asks } = bookOf(track, at, 1);
  const { openInterestUsd } = MARKET_ASSETS[track.asset];
  return {
    mark: markOf(track, at),
    index: onTick(track, index),
    last: onTick(track, last),
    bid: (bids[0] as BookLevel).price,
    ask: (asks[0] as BookLevel).price,
    fundingRate: fundingRateAt(track, at),
    nextFundingAt: (Math.floor(at / FUNDING_MS) + 1) * FUNDING_MS,
    ...dayOf(track, at),
    openInterest: dec(Math.round(openInterestUsd / index)),
  };
}

function bookOf(track: Track, at: number, depth: number): OrderBook {
  const { tick, levelUsd } = MARKET_ASSETS[track.asset];
  const mid = onTick(track, indexAt(track, at));
  // Levels stand about 0.4 basis points apart, never less than a tick.
  const gap = tick.times(Math.max(1, Math.round(mid.div(tick).times('0.00004').toNumber())));
  const slot = Math.floor(at / SECOND);
  const level = (index: number, direction: 1 | -1): BookLevel => {
    const price = mid.plus(
      gap
        .times(index)
        .plus(direction === 1 ? tick : 0)
        .times(direction),
    );
    const wobble = Math.exp(0.4 * track.noise(NOISE.depth, slot * 1000 + (index + 1) * direction));
    const usd = levelUsd * wobble * (1 + index / 20);
    return { price, quantity: dec((usd / price.toNumber()).toPrecision(5)) };
  };
  const side = (direction: 1 | -1) =>
    Array.from({ length: depth }, (_, index) => level(index, direction)).filter(({ price }) =>
      price.gt(0),
    );
  return { bids: side(-1), asks: side(1) };
}

function candlesOf(track: Track, query: CandleQuery): Candle[] {
  const newest = Math.floor(query.until / query.intervalMs) * query.intervalMs;
  return Array.from({ length: query.count }, (_, i) => {
    const openTime = newest - (query.count - 1 - i) * query.intervalMs;
    return candleOf(track, openTime, { ...query, until: Math.max(query.until, openTime) });
  });
}

function candleOf(track: Track, openTime: number, query: CandleQuery): Candle {
  const end = Math.min(openTime + query.intervalMs, query.until);
  const prices = Array.from({ length: SAMPLES_PER_CANDLE + 1 }, (_, i) =>
    indexAt(track, openTime + ((end - openTime) * i) / SAMPLES_PER_CANDLE),
  );
  const { openInterestUsd } = MARKET_ASSETS[track.asset];
  const open = prices[0] as number;
  const wobble = Math.exp(0.5 * track.noise(NOISE.volume, Math.floor(openTime / 60_000)));
  const volumeUsd = openInterestUsd * ((end - openTime) / DAY) * wobble;
  return {
    openTime,
    open: onTick(track, open),
    high: onTick(track, Math.max(...prices)),
    low: onTick(track, Math.min(...prices)),
    close: onTick(track, prices.at(-1) as number),
    volume: dec((volumeUsd / open).toFixed(3)),
  };
}

function fundingRateAt(track: Track, at: number): Decimal {
  const rate = 0.0001 + 0.00008 * track.noise(NOISE.funding, Math.floor(at / FUNDING_MS));
  return dec(rate.toFixed(8));
}

function fundingOf(track: Track, until: number, count: number): FundingPayment[] {
  const newest = Math.floor(until / FUNDING_MS) * FUNDING_MS;
  return Array.from({ length: count }, (_, i) => {
    const at = newest - i * FUNDING_MS;
    return { at, rate: fundingRateAt(track, at - 1) };
  });
}

import { type Decimal, dec, ONE } from '../../../src/domain/decimal.ts';
import { INSTRUMENTS } from '../../../src/sim/instruments.ts';
import { MARKET_ASSETS } from '../../../src/sim/market-assets.ts';
import {
  type Marks,
  SIM_ASSETS,
  type SimAccount,
  type SimAccountVenue,
  type SimAsset,
  type SimInstrument,
  type SimPosition,
  simVenueOf,
} from '../../../src/sim/model.ts';
import { lossableMargin } from '../../../src/sim/position-margin.ts';

export interface CrashPath {
  readonly account: SimAccount;
  /** Marks of every step, the first before the crash. */
  readonly steps: readonly Marks[];
}

type Unit = () => number;

/** Numbers in [0, 1) that are a function of the seed: mulberry32. */
function unitOf(seed: number): Unit {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

const KINDS: readonly (readonly [SimAccountVenue, SimAccount['pool']])[] = [
  ['bybit', 'usd'],
  ['binanceusdm', 'coin'],
  ['binanceusdm', 'usd'],
  ['binancecoinm', 'coin'],
  ['binancepm', 'usd'],
  ['okx', 'usd'],
  ['okx', 'coin'],
  ['ztdx', 'coin'],
];

/** An account of one venue's kind, and a market that falls (or squeezes up) in steps, assets together. */
export function crashPath(seed: number, length: number): CrashPath {
  const unit = unitOf(seed * 7919 + 17);
  const [venue, pool] = KINDS[seed % KINDS.length] as (typeof KINDS)[number];
  const steps = marksOf(unit, length);
  return { account: accountOf({ seed, venue, pool, unit, marks: steps[0] as Marks }), steps };
}

function marksOf(unit: Unit, length: number): Marks[] {
  const drift = (unit() < 0.7 ? -1 : 1) * (0.05 + 0.2 * unit());
  const prices = new Map(SIM_ASSETS.map((asset) => [asset, MARKET_ASSETS[asset].start]));
  return Array.from({ length }, (_, step) => {
    const common = step === 0 ? 0 : drift * (0.3 + 1.4 * unit());
    for (const asset of SIM_ASSETS) {
      const own = step === 0 ? 0 : 0.04 * (unit() - 0.5);
      prices.set(asset, (prices.get(asset) as number) * Math.exp(common + own));
    }
    const marks = new Map([...prices].map(([asset, price]) => [asset, onTick(asset, price)]));
    return (asset: SimAsset) => marks.get(asset) as Decimal;
  });
}

function onTick(asset: SimAsset, price: number): Decimal {
  const { tick } = MARKET_ASSETS[asset];
  return dec(price).div(tick).toDecimalPlaces(0).times(tick);
}

interface Making {
  readonly seed: number;
  readonly venue: SimAccountVenue;
  readonly pool: SimAccount['pool'];
  readonly unit: Unit;
  readonly marks: Marks;
}

function accountOf(making: Making): SimAccount {
  const { seed, venue, pool, unit } = making;
  const offered = INSTRUMENTS[simVenueOf(venue)].filter((each) => isOffered(venue, each));
  const count = 1 + Math.floor(unit() * 4);
  const positions: SimPosition[] = [];
  for (let i = 0; i < count; i += 1) {
    const instrument = pick(offered, unit);
    const side = unit() < 0.6 ? 'long' : 'short';
    if (positions.some((each) => each.instrument === instrument && each.side === side)) continue;
    positions.push(positionOf({ ...making, instrument, side, index: i }));
  }
  return {
    id: `crash-${seed}`,
    name: `crash ${seed}`,
    venue,
    books: [],
    fundedBy: [],
    credentials: {} as SimAccount['credentials'],
    uid: '1',
    pool,
    positionMode: 'hedge',
    balances: balancesOf(positions, making),
    positions,
    orders: [],
  };
}

function isOffered(venue: SimAccountVenue, { kind }: SimInstrument): boolean {
  if (venue === 'binanceusdm') return kind === 'linear';
  return venue !== 'binancecoinm' || kind === 'inverse';
}

/** One mode for the whole account on Bybit; ZTDX margins every position by itself. */
function positionOf(
  of: Making & { instrument: SimInstrument; side: SimPosition['side']; index: number },
): SimPosition {
  const { instrument, unit, marks, venue } = of;
  const mark = marks(instrument.asset);
  const usd = dec(Math.round(20_000 * 10 ** (1.6 * unit())));
  const price =
    instrument.kind === 'linear' ? mark.times(instrument.contractSize) : instrument.contractSize;
  const lots = usd.div(price).div(instrument.lotSize).toDecimalPlaces(0);
  const entryPrice = onTick(instrument.asset, mark.toNumber() * (0.96 + 0.08 * unit()));
  const leverage = dec(5 + Math.floor(unit() * 15));
  const isIsolated =
    venue === 'ztdx' || (venue !== 'bybit' && venue !== 'binancepm' && unit() < 0.25);
  const position: SimPosition = {
    id: `p${of.index}`,
    instrument,
    side: of.side,
    contracts: (lots.lt(1) ? ONE : lots).times(instrument.lotSize),
    entryPrice,
    leverage,
    marginMode: isIsolated ? 'isolated' : 'cross',
    isolatedMargin: null,
    takeProfit: null,
    stopLoss: null,
    createdAt: 0,
    updatedAt: 0,
  };
  if (!isIsolated) return position;
  return {
    ...position,
    isolatedMargin: valueAt(position, entryPrice).div(leverage).toDecimalPlaces(8),
  };
}

function valueAt({ instrument, contracts }: SimPosition, price: Decimal): Decimal {
  const size = contracts.times(instrument.contractSize);
  return instrument.kind === 'linear' ? size.times(price) : size.div(price);
}

/** Enough to live at the start: a part of what is open, in dollars and coins, isolated margin on top. */
function balancesOf(
  positions: readonly SimPosition[],
  { venue, pool, unit, marks }: Making,
): Record<string, Decimal> {
  const balances = new Map<string, Decimal>();
  const add = (coin: string, amount: Decimal) =>
    balances.set(coin, (balances.get(coin) ?? dec(0)).plus(amount.toDecimalPlaces(8)));
  const share = 0.06 + 0.3 * unit();
  for (const position of positions) {
    const { settle } = position.instrument;
    const value = valueAt(position, marks(position.instrument.asset));
    add(settle, position.isolatedMargin ?? value.times(share));
    if (position.isolatedMargin !== null) lossableMargin(position);
  }
  if (pool === 'usd' && venue !== 'ztdx') {
    const asset = pick(SIM_ASSETS, unit);
    add(asset, dec(Math.round(12_000 * unit())).div(marks(asset)));
  }
  return Object.fromEntries(balances);
}

function pick<T>(items: readonly T[], unit: Unit): T {
  return items[Math.floor(unit() * items.length)] as T;
}

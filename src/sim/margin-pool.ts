import { type Decimal, ONE, ZERO } from '../domain/decimal.ts';
import { isDollar } from '../domain/money.ts';
import type { Marks, SimAsset, SimInstrument, SimPosition } from './model.ts';
import { marginOf } from './position-margin.ts';

/** Coins and the positions that live or die with them: a cross pool, or one isolated position. */
export interface MarginPool {
  /** Margin per coin, without the PnL of `positions`. */
  readonly margin: ReadonlyMap<string, Decimal>;
  /** Haircut of a positive coin equity. */
  readonly collateralRate: (coin: string) => Decimal;
  readonly positions: readonly SimPosition[];
  /** Equity ÷ requirement at which it is liquidated: 1, Binance portfolio margin 1.05 (uniMMR). */
  readonly liquidatesAt: Decimal;
}

/** Dollars per coin: dollar coins at par. */
export function usdPriceOf(coin: string, marks: Marks): Decimal {
  return isDollar(coin) ? ONE : marks(coin as SimAsset);
}

/** Negative equity gets no haircut: min(v · rate, v). */
export function afterHaircut(usd: Decimal, rate: Decimal): Decimal {
  return usd.gt(0) ? usd.times(rate) : usd;
}

function equityUsd(pool: MarginPool, coin: string, marks: Marks): Decimal {
  const gains = pool.positions
    .filter((position) => position.instrument.settle === coin)
    .map((position) => marginOf(position, marks(position.instrument.asset)).unrealizedPnl);
  const equity = gains.reduce((sum, gain) => sum.plus(gain), pool.margin.get(coin) ?? ZERO);
  return equity.times(usdPriceOf(coin, marks));
}

/** Equity after haircuts − liquidatesAt × (maintenance + liquidation fees), in dollars. Liquidation at zero. */
export function slackUsd(pool: MarginPool, marks: Marks): Decimal {
  let slack = ZERO;
  for (const coin of coinsOf(pool)) {
    slack = slack.plus(afterHaircut(equityUsd(pool, coin, marks), pool.collateralRate(coin)));
  }
  for (const position of pool.positions) {
    const margin = marginOf(position, marks(position.instrument.asset));
    const required = margin.maintenanceMargin.plus(margin.liquidationFee);
    const due = required.times(pool.liquidatesAt);
    slack = slack.minus(due.times(usdPriceOf(position.instrument.settle, marks)));
  }
  return slack;
}

function coinsOf(pool: MarginPool): Set<string> {
  const settled = pool.positions.map((position) => position.instrument.settle);
  return new Set([...pool.margin.keys(), ...settled]);
}

/**
 * Price of `asset` at which the pool is liquidated, every other price fixed; null: none.
 * In dollars the slack is affine in the price between the points where a bracket or a haircut
 * changes, so each stretch is solved exactly. `hurting`: of the two directions the one that hurts now;
 * a hedged pool may die of the other one too. A pool that is already under water answers the price that
 * would save it.
 */
export function liquidationPriceOf(
  pool: MarginPool,
  { asset, direction }: { readonly asset: SimAsset; readonly direction: 'up' | 'down' | 'hurting' },
  marks: Marks,
): Decimal | null {
  const mark = marks(asset);
  const slackAt = (price: Decimal) =>
    slackUsd(pool, (each) => (each === asset ? price : marks(each)));
  const bends = bendsOf(pool, asset, marks);
  const below = [...bends.filter((bend) => bend.lt(mark)).reverse(), mark.times('0.000001')];
  const above = bends.filter((bend) => bend.gt(mark));
  const farthest = above.at(-1) ?? mark;
  const upward = [...above, farthest.times(2), farthest.times(1000)];
  const nudge = mark.times('0.000001');
  const fallHurts = slackAt(mark.minus(nudge)).lt(slackAt(mark.plus(nudge)));
  const isUnderWater = slackAt(mark).lt(0);
  const goesUp =
    isUnderWater || direction === 'hurting' ? fallHurts === isUnderWater : direction === 'up';
  return firstRoot(slackAt, mark, goesUp ? upward : below);
}

/** Walks from `start` along `points` to the first stretch with a change of sign. */
function firstRoot(
  slackAt: (price: Decimal) => Decimal,
  start: Decimal,
  points: readonly Decimal[],
): Decimal | null {
  let from = start;
  let slackFrom = slackAt(from);
  for (const to of points) {
    const slackTo = slackAt(to);
    if (slackFrom.isZero()) return from;
    if (slackTo.isZero() || slackFrom.isNegative() !== slackTo.isNegative()) {
      return from.plus(to.minus(from).times(slackFrom).div(slackFrom.minus(slackTo)));
    }
    from = to;
    slackFrom = slackTo;
  }
  return null;
}

/** Prices of `asset` where the slack changes its slope, ascending. */
function bendsOf(pool: MarginPool, asset: SimAsset, marks: Marks): Decimal[] {
  const brackets = pool.positions
    .filter((position) => position.instrument.asset === asset)
    .flatMap((position) => bracketPrices(position.instrument, position.contracts));
  const haircuts = [...coinsOf(pool)].flatMap((coin) => signChange(pool, coin, asset, marks));
  return [...brackets, ...haircuts].filter((price) => price.gt(0)).sort((a, b) => a.comparedTo(b));
}

function bracketPrices(instrument: SimInstrument, contracts: Decimal): Decimal[] {
  if (instrument.tierUnit === 'contracts') return [];
  const size = contracts.times(instrument.contractSize);
  return instrument.tiers.map(({ cap }) =>
    instrument.kind === 'linear' ? cap.div(size) : size.div(cap),
  );
}

/** Where the coin's equity in dollars, affine in the price, passes zero. */
function signChange(pool: MarginPool, coin: string, asset: SimAsset, marks: Marks): Decimal[] {
  const at = (price: Decimal) =>
    equityUsd(pool, coin, (each) => (each === asset ? price : marks(each)));
  const mark = marks(asset);
  const here = at(mark);
  const slope = at(mark.times(2)).minus(here).div(mark);
  return slope.isZero() ? [] : [mark.minus(here.div(slope))];
}

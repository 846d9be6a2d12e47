import { isDollar } from '../../domain/money.ts';
import type { BracketTable } from '../bracket-table.ts';
import { bracketTable } from '../bracket-table.ts';
import { CLOSE, roughly } from '../roughly.ts';
import { countsInFull, weightTiers } from './collateral-weight.ts';
import type { MarginPool, PoolCoin } from './margin-pool.ts';
import type { Direction } from './pool-death.ts';
import type { Stretch } from './pool-slack.ts';

/** What doubles cannot tell: a figure near an edge, a book hedged so well that nothing is left of it. */
export type Unsure = 'unsure';

export interface RoughCrossings {
  /** The stretch of the slack that crosses zero, nearest on that side; null when it never does. */
  readonly below: Stretch | null;
  readonly above: Stretch | null;
}

/** base + slope × t, and the sizes of what was summed into them, which tell how far to trust them. */
interface RoughLine {
  base: number;
  slope: number;
  sizes: number;
}

interface RoughLeg {
  readonly table: BracketTable;
  readonly tiers: MarginPool['legs'][number]['tiers'];
  readonly isLinear: boolean;
  readonly value: number;
  readonly price: number;
  readonly fee: number;
}

interface RoughCoin {
  readonly coin: PoolCoin;
  readonly equity: RoughLine;
  readonly price: number;
  readonly moves: boolean;
}

interface RoughPool {
  readonly legs: readonly RoughLeg[];
  /** Coins with a haircut; the others are in `sure`. */
  readonly cut: readonly RoughCoin[];
  readonly sure: RoughLine;
  readonly liquidatesAt: number;
}

/** A line and the stretch it is right on. */
interface Placed {
  readonly line: RoughLine;
  readonly stretch: Stretch;
}

/**
 * Where a concave pool that is alive is liquidated when one asset moves alone, by doubles: which stretch to
 * solve in. The steps are those of concaveCrossing.
 */
export function roughCrossings(pool: MarginPool, asset: string): RoughCrossings | Unsure {
  const rough = roughPool(pool, asset);
  const now = placedAt(rough, 1);
  if (now === 'unsure') return now;
  const { base, slope, sizes } = now.line;
  if (!(base + slope > sizes * CLOSE)) return 'unsure';
  const below = seek(rough, now, 'down');
  if (below === 'unsure') return below;
  const above = seek(rough, now, 'up');
  return above === 'unsure' ? above : { below, above };
}

const ENDS: Readonly<Record<Direction, number>> = { down: 1e-12, up: 1e12 };
const MOST_STEPS = 100;
/** The share of a sum that has to be left of it: its last digits then are far below what CLOSE asks. */
const LEFT = 1e-5;

function seek(pool: RoughPool, now: Placed, direction: Direction): Stretch | null | Unsure {
  let here: Placed | Unsure = now;
  let zero = aheadOf(here.line, direction);
  if (zero === null) {
    here = placedAt(pool, ENDS[direction]);
    if (here === 'unsure') return here;
    const tells = direction === 'down' ? here.line.base : here.line.slope;
    if (!(Math.abs(tells) > here.line.sizes * CLOSE)) return 'unsure';
    if (tells > 0) return null;
    zero = aheadOf(here.line, direction);
  }
  for (let step = 0; step < MOST_STEPS; step += 1) {
    if (zero === null || zero === 'unsure') return zero;
    const next: Placed | Unsure = placedAt(pool, zero);
    if (next === 'unsure') return next;
    if (isSame(next.stretch, here.stretch)) return next.stretch;
    here = next;
    zero = aheadOf(here.line, direction);
  }
  return 'unsure';
}

function aheadOf({ base, slope, sizes }: RoughLine, direction: Direction): number | null | Unsure {
  const zero = -base / slope;
  // Where most of what was summed cancels out, few of its digits are left.
  if (!(Math.abs(slope) * Math.min(1, Math.abs(zero)) > sizes * LEFT)) return 'unsure';
  if (direction === 'up') {
    if (zero > 1 + CLOSE) return zero;
    return zero < 1 - CLOSE ? null : 'unsure';
  }
  if (zero > CLOSE && zero < 1 - CLOSE) return zero;
  return zero < -CLOSE || zero > 1 + CLOSE ? null : 'unsure';
}

function isSame(a: Stretch, b: Stretch): boolean {
  return (
    a.tiers.every((tier, index) => tier === b.tiers[index]) &&
    a.weights.every((weight, index) => weight === b.weights[index])
  );
}

function placedAt({ legs, cut, sure, liquidatesAt }: RoughPool, t: number): Placed | Unsure {
  const line = { ...sure };
  const stretch = { tiers: [], weights: [] } as {
    tiers: Stretch['tiers'][number][];
    weights: Stretch['weights'][number][];
  };
  for (const { table, tiers, isLinear, value, price, fee } of legs) {
    const index = bracketOf(table, isLinear ? value * t : value / t);
    if (index === null) return 'unsure';
    stretch.tiers.push(tiers[index] ?? null);
    const due = ((table.rates[index] as number) + fee) * value * price * liquidatesAt;
    const saved = (table.deductions[index] as number) * price * liquidatesAt;
    if (isLinear) add(line, saved, -due);
    else add(line, -due, saved);
  }
  for (const { coin, equity, price, moves } of cut) {
    const usd = equity.base + equity.slope * t;
    if (!(Math.abs(usd) > equity.sizes * Math.max(1, t) * CLOSE)) return 'unsure';
    if (usd < 0) {
      stretch.weights.push('whole');
      add(line, equity.base, equity.slope);
      continue;
    }
    const weights = weightTiers(coin.brackets);
    const table = bracketTable(weights);
    const index = bracketOf(table, usd / (moves ? price * t : price));
    if (index === null) return 'unsure';
    stretch.weights.push(weights[index] ?? 'whole');
    const rate = table.rates[index] as number;
    const less = (table.deductions[index] as number) * price;
    add(line, equity.base * rate - (moves ? 0 : less), equity.slope * rate - (moves ? less : 0));
    line.sizes += equity.sizes;
  }
  return { line, stretch };
}

/** Null: too near an edge. */
function bracketOf({ caps }: BracketTable, value: number): number | null {
  const last = caps.length - 1;
  for (let index = 0; index < last; index += 1) {
    const cap = caps[index] as number;
    if (value < cap * (1 - CLOSE)) return index;
    if (!(value > cap * (1 + CLOSE))) return null;
  }
  return last >= 0 && value >= 0 ? last : null;
}

function add(line: RoughLine, base: number, slope: number): void {
  line.base += base;
  line.slope += slope;
  line.sizes += Math.abs(base) + Math.abs(slope);
}

function roughPool(pool: MarginPool, asset: string): RoughPool {
  const liquidatesAt = roughly(pool.liquidatesAt);
  const sure = { base: 0, slope: 0, sizes: 0 };
  add(sure, roughly(pool.fixedEquityUsd), 0);
  add(sure, -roughly(pool.fixedRequiredUsd) * liquidatesAt, 0);
  const prices = new Map(pool.coins.map(({ coin, price }) => [coin, roughly(price)]));
  const legs = pool.legs.map((leg) => ({
    table: bracketTable(leg.tiers),
    tiers: leg.tiers,
    isLinear: leg.kind === 'linear',
    value: roughly(leg.value),
    price: prices.get(leg.settle) ?? 0,
    fee: roughly(leg.closingFee),
  }));
  const cut: RoughCoin[] = [];
  for (const coin of pool.coins) {
    const moves = coin.coin === asset && !isDollar(coin.coin);
    const price = roughly(coin.price);
    const isCut = !countsInFull(coin.brackets);
    const equity = isCut ? { base: 0, slope: 0, sizes: 0 } : sure;
    const held = roughly(coin.quantity) * price;
    add(equity, moves ? 0 : held, moves ? held : 0);
    for (const [index, { settle, side }] of pool.legs.entries()) {
      const usd = settle === coin.coin ? (legs[index]?.value ?? 0) * price : 0;
      add(equity, side === 'long' ? -usd : usd, side === 'long' ? usd : -usd);
    }
    if (isCut) cut.push({ coin, equity, price, moves });
  }
  return { legs, cut, sure, liquidatesAt };
}

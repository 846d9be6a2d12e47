import type { Decimal } from '../../domain/decimal.ts';
import { ONE, ZERO } from '../../domain/decimal.ts';
import type { MaintenanceTier } from '../../domain/instrument.ts';
import { isDollar } from '../../domain/money.ts';
import { product } from '../../domain/product.ts';
import { quotient } from '../../domain/quotient.ts';
import { difference, sum } from '../../domain/sum.ts';
import { tierAt } from '../maintenance.ts';
import { isOne } from '../roughly.ts';
import { countsInFull, weightTiers } from './collateral-weight.ts';
import type { Line } from './line.ts';
import { at, constant, minus, plus, times, ZERO_LINE, zeroOf } from './line.ts';
import type { MarginPool, Move, PoolCoin, PoolLeg } from './margin-pool.ts';

/** Prices relative to their marks, as lines over t: valid on one stretch where none reaches zero. */
export type Factors = (asset: string) => Line;

/**
 * Equity − liquidatesAt × requirement of a pool, in USD over t: piecewise affine, liquidation where it
 * falls to zero.
 */
export interface PoolSlack {
  /** The slack as one line, on the stretch without bends that `inside` lies in. */
  lineAt(inside: Decimal): Line;
  lineOn(stretch: Stretch): Line;
  /** Where it may change its slope, or jump: brackets of requirements and of haircuts. */
  bends(): Decimal[];
}

/** A stretch without bends: the bracket of every leg, and of every coin that does not count in full. */
export interface Stretch {
  readonly tiers: readonly (MaintenanceTier | null)[];
  /** `whole`: all of it, a debt; `last`: no end of coins, toward a price of zero. */
  readonly weights: readonly (MaintenanceTier | 'whole' | 'last')[];
}

const STILL = constant(ONE);

/** `inside`: any t of the stretch; a price that is below zero there stays at zero. */
export function factorsAt(move: Move, inside: Decimal): Factors {
  const lines = new Map<string, Line>();
  for (const [asset, beta] of move) {
    const line = { base: beta === ONE ? ZERO : ONE.minus(beta), slope: beta };
    lines.set(asset, at(line, inside).gt(0) ? line : ZERO_LINE);
  }
  return (asset) => lines.get(asset) ?? STILL;
}

/** Where a price of the move reaches zero. */
export function zeroPrices(move: Move): Decimal[] {
  return [...move.values()].flatMap((beta) => {
    const zero = zeroOf({ base: ONE.minus(beta), slope: beta });
    return zero === null ? [] : [zero];
  });
}

export function poolSlack(pool: MarginPool, factors: Factors): PoolSlack {
  const { liquidatesAt, fixedEquityUsd, fixedRequiredUsd, legs, coins } = pool;
  const equities = coins.map((coin) => coinLine(coin, pool, factors));
  const cut = equities.filter(({ coin }) => !countsInFull(coin.brackets));
  const required = legs.map((leg) => requiredLines(leg, pool, factors));
  // What no bracket changes, summed once.
  let sure = constant(
    difference(
      fixedEquityUsd,
      isOne(liquidatesAt) ? fixedRequiredUsd : product(fixedRequiredUsd, liquidatesAt),
    ),
  );
  for (const each of equities) if (!cut.includes(each)) sure = plus(sure, each.equity);
  const lineOn = ({ tiers, weights }: Stretch): Line => {
    let due = ZERO_LINE;
    for (const [index, leg] of required.entries()) due = plus(due, requiredIn(leg, tiers[index]));
    let line = minus(sure, isOne(liquidatesAt) ? due : times(due, liquidatesAt));
    for (const [index, coin] of cut.entries()) line = plus(line, countedIn(coin, weights[index]));
    return line;
  };
  return {
    lineOn,
    lineAt: (inside) =>
      lineOn({
        tiers: required.map((leg) => tierOf(leg, inside)),
        weights: cut.map((coin) => weightOf(coin, inside)),
      }),
    bends: () => [...required.flatMap(tierBends), ...cut.flatMap(haircutBends)],
  };
}

interface RequiredLines {
  readonly leg: PoolLeg;
  /** Of the leg's asset. */
  readonly factor: Line;
  /** Value in USD: of a linear leg it moves with the price, of an inverse one it is the face. */
  readonly usd: Line;
  /** USD per settle. */
  readonly price: Line;
  readonly only: MaintenanceTier | null;
}

function requiredLines(leg: PoolLeg, pool: MarginPool, factors: Factors): RequiredLines {
  const factor = factors(leg.asset);
  const price = pool.coins.find((each) => each.coin === leg.settle)?.price ?? ZERO;
  const only = leg.tiers.length === 1 ? (leg.tiers[0] ?? null) : null;
  if (leg.kind === 'linear') {
    return { leg, factor, usd: times(factor, leg.value), price: constant(price), only };
  }
  const usd = constant(product(leg.value, price));
  return { leg, factor, usd, price: times(factor, price), only };
}

function tierOf({ leg, factor, only }: RequiredLines, inside: Decimal): MaintenanceTier | null {
  return only ?? tierAt(leg.tiers, valueAt(leg, at(factor, inside)));
}

/** (rate × value − deduction + fee × value) × dollars per coin. */
function requiredIn(
  { leg, usd, price }: RequiredLines,
  tier: Stretch['tiers'][number] = null,
): Line {
  if (tier === null) return ZERO_LINE;
  const { closingFee } = leg;
  const line = times(usd, closingFee.isZero() ? tier.rate : sum(tier.rate, closingFee));
  return tier.deduction.isZero() ? line : minus(line, times(price, tier.deduction));
}

/** At a price of zero the coin value of an inverse leg is past every bracket. */
function valueAt({ kind, value, tiers }: PoolLeg, factor: Decimal): Decimal {
  if (kind === 'linear') return product(value, factor);
  return factor.gt(0) ? quotient(value, factor) : (tiers.at(-1)?.floor.plus(ONE) ?? ZERO);
}

/** A linear leg's value moves with the price, an inverse leg's coin value against it. */
function tierBends({ leg, factor }: RequiredLines): Decimal[] {
  if (factor.slope.isZero() || leg.value.lte(0)) return [];
  // The last bracket has no end even when a cap is given.
  return leg.tiers.slice(0, -1).flatMap(({ cap }) => {
    if (cap === null || cap.lte(0)) return [];
    const edge = leg.kind === 'linear' ? quotient(cap, leg.value) : quotient(leg.value, cap);
    return zeroOf(minus(factor, constant(edge))) ?? [];
  });
}

interface CoinLine {
  readonly coin: PoolCoin;
  /** In USD, before haircuts. */
  readonly equity: Line;
  readonly price: Line;
}

/**
 * What is held moves with the coin's price; PnL of the coin's legs is ± value × (factor − 1) in USD, of
 * linear and inverse legs alike.
 */
function coinLine(coin: PoolCoin, { legs }: MarginPool, factors: Factors): CoinLine {
  const price = isDollar(coin.coin) ? constant(coin.price) : times(factors(coin.coin), coin.price);
  let equity = times(price, coin.quantity);
  for (const leg of legs) {
    if (leg.settle !== coin.coin) continue;
    const usd = coin.price === ONE ? leg.value : product(leg.value, coin.price);
    const move = minus(factors(leg.asset), STILL);
    equity = plus(equity, times(move, leg.side === 'long' ? usd : usd.neg()));
  }
  return { coin, equity, price };
}

function weightOf({ coin, equity, price }: CoinLine, inside: Decimal): Stretch['weights'][number] {
  const here = { usd: at(equity, inside), price: at(price, inside) };
  if (here.usd.lte(0)) return 'whole';
  if (here.price.lte(0)) return 'last';
  return tierAt(weightTiers(coin.brackets), quotient(here.usd, here.price)) ?? 'whole';
}

function countedIn(
  { coin, equity, price }: CoinLine,
  weight: Stretch['weights'][number] = 'whole',
): Line {
  if (weight === 'whole') return equity;
  if (weight === 'last') return times(equity, coin.brackets.at(-1)?.rate ?? ZERO);
  return minus(times(equity, weight.rate), times(price, weight.deduction));
}

/** Where the coin's equity passes zero or a bracket's floor. */
function haircutBends({ coin, equity, price }: CoinLine): Decimal[] {
  return coin.brackets.flatMap(({ floor }) => zeroOf(minus(equity, times(price, floor))) ?? []);
}

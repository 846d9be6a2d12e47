import type { MarketPoint } from './scenario.ts';
import type { StressBook } from './stress-book.ts';

/** A market point laid out for one book, as factors of today's prices. */
export interface Market {
  readonly assets: Float64Array;
  readonly dollars: Float64Array;
  readonly basis: number;
  readonly spread: number;
  readonly funding: number;
  readonly haircut: number;
  readonly areLimitsHalved: boolean;
}

/** No price reaches zero: an inverse contract would be worth everything. */
export const LEAST = 1e-6;

export function marketAt(book: Pick<StressBook, 'assets' | 'dollars'>, point: MarketPoint): Market {
  const { basis, spread, funding, haircut, areLimitsHalved } = point;
  return {
    assets: Float64Array.from(book.assets, (asset) =>
      Math.max(LEAST, 1 + (point.moves[asset] ?? 0)),
    ),
    dollars: Float64Array.from(book.dollars, (coin) => point.dollars[coin] ?? 1),
    ...{ basis, spread, funding, haircut, areLimitsHalved },
  };
}

/** Part of the straight way from a to b. Limits are those of b on all of it. */
export function marketBetween(a: Market, b: Market, share: number): Market {
  const mix = (from: number, to: number): number => from + (to - from) * share;
  return {
    assets: a.assets.map((from, index) => mix(from, b.assets[index] ?? from)),
    dollars: a.dollars.map((from, index) => mix(from, b.dollars[index] ?? from)),
    basis: mix(a.basis, b.basis),
    spread: mix(a.spread, b.spread),
    funding: mix(a.funding, b.funding),
    haircut: mix(a.haircut, b.haircut),
    areLimitsHalved: b.areLimitsHalved,
  };
}

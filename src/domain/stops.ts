import type { Price, Ratio } from './units.ts';

/** A trigger price and the share of the position that it closes; share 1 is a full-size stop. */
export interface Rung {
  readonly price: Price;
  readonly share: Ratio;
}

/** The triggers of a position. Empty: there is none. */
export interface StopsState {
  readonly takeProfit: readonly Rung[];
  readonly stopLoss: readonly Rung[];
  /** How far behind the best price it follows, as a share of it; null: none. */
  readonly trailing: Ratio | null;
}

/** The same triggers, in whatever order a venue lists them. */
export function sameStops(a: StopsState, b: StopsState): boolean {
  const isTrailingSame =
    a.trailing === null || b.trailing === null
      ? a.trailing === b.trailing
      : a.trailing.eq(b.trailing);
  return (
    isTrailingSame && sameRungs(a.takeProfit, b.takeProfit) && sameRungs(a.stopLoss, b.stopLoss)
  );
}

export function sameRungs(a: readonly Rung[], b: readonly Rung[]): boolean {
  const texts = (rungs: readonly Rung[]) =>
    rungs.map(({ price, share }) => `${price}:${share}`).sort();
  return texts(a).join() === texts(b).join();
}

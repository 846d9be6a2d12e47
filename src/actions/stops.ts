import { Decimal, ONE, ZERO } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import type { Rung, StopsState } from '../domain/stops.ts';
import { sameStops } from '../domain/stops.ts';
import type { Price, Ratio } from '../domain/units.ts';
import { asPrice } from '../domain/units.ts';

/** What shall change. What is kept stays as it is; new rungs replace all former ones of their kind. */
export interface StopsChange {
  readonly takeProfit: 'keep' | 'clear' | readonly Rung[];
  readonly stopLoss: 'keep' | 'clear' | readonly Rung[];
  readonly trailing: 'keep' | 'clear' | Ratio;
}

/** What the rules look at. */
export interface StopsGround {
  readonly side: Side;
  readonly markPrice: Price | null;
  readonly tickSize: Decimal | null;
  /** What stands now; null: not known, so nothing can be kept. */
  readonly current: StopsState | null;
}

/**
 * Why a change of stops is not offered to a venue. The two `wrong-side`: at the mark or past it, so it
 * would fire at once. `nothing-changes`: all of it stands already.
 */
export type StopsRefusal =
  | 'no-mark'
  | 'stops-not-known'
  | 'nothing-changes'
  | 'price-not-positive'
  | 'take-profit-wrong-side'
  | 'stop-loss-wrong-side'
  | 'share-not-positive'
  | 'ladder-above-whole'
  | 'same-price-twice'
  | 'trail-out-of-range';

type RungKind = 'takeProfit' | 'stopLoss';

/**
 * The stops after a change, checked against the mark before the venue sees them. Triggers are rounded to
 * the tick toward the mark, so that none fires later than asked.
 */
export function stopsAfter(
  change: StopsChange,
  ground: StopsGround,
): Result<StopsState, StopsRefusal> {
  const { markPrice, current } = ground;
  if (markPrice === null || markPrice.lte(0)) return err('no-mark');
  if (current === null) return err('stops-not-known');
  const takeProfit = rungsAfter('takeProfit', change.takeProfit, { ...ground, current, markPrice });
  if (!takeProfit.ok) return takeProfit;
  const stopLoss = rungsAfter('stopLoss', change.stopLoss, { ...ground, current, markPrice });
  if (!stopLoss.ok) return stopLoss;
  const trailing = trailingAfter(change.trailing, current);
  if (trailing !== null && !(trailing.gt(0) && trailing.lt(1))) return err('trail-out-of-range');
  const after = { takeProfit: takeProfit.value, stopLoss: stopLoss.value, trailing };
  return sameStops(after, current) ? err('nothing-changes') : ok(after);
}

function trailingAfter(change: StopsChange['trailing'], current: StopsState): Ratio | null {
  if (change === 'keep') return current.trailing;
  return change === 'clear' ? null : change;
}

interface KnownGround extends StopsGround {
  readonly current: StopsState;
  readonly markPrice: Price;
}

function rungsAfter(
  kind: RungKind,
  change: StopsChange[RungKind],
  ground: KnownGround,
): Result<readonly Rung[], StopsRefusal> {
  // What stands is the venue's matter: the mark may have passed it in this very moment.
  if (change === 'keep') return ok(ground.current[kind]);
  if (change === 'clear') return ok([]);
  const rungs = change.map((rung) => ({ ...rung, price: toTick(kind, rung.price, ground) }));
  const refusal = refusalOf(kind, rungs, ground);
  return refusal === null ? ok(rungs) : err(refusal);
}

/** Above the mark the step toward it is down, below it up. */
const isAbove = (kind: RungKind, side: Side) => (kind === 'takeProfit') === (side === 'long');

function toTick(kind: RungKind, price: Price, { side, tickSize }: KnownGround): Price {
  if (tickSize === null || tickSize.lte(0)) return price;
  const way = isAbove(kind, side) ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL;
  return asPrice(price.div(tickSize).toDecimalPlaces(0, way).times(tickSize));
}

function refusalOf(
  kind: RungKind,
  rungs: readonly Rung[],
  { side, markPrice }: KnownGround,
): StopsRefusal | null {
  let whole = ZERO;
  for (const { price, share } of rungs) {
    if (price.lte(0)) return 'price-not-positive';
    const isRight = isAbove(kind, side) ? price.gt(markPrice) : price.lt(markPrice);
    if (!isRight) return kind === 'takeProfit' ? 'take-profit-wrong-side' : 'stop-loss-wrong-side';
    if (share.lte(0)) return 'share-not-positive';
    whole = whole.plus(share);
  }
  if (whole.gt(ONE)) return 'ladder-above-whole';
  const prices = new Set(rungs.map(({ price }) => price.toString()));
  return prices.size < rungs.length ? 'same-price-twice' : null;
}

/** A stop that the liquidation comes before: it protects nothing. */
export function isBeyondLiquidation(
  stops: StopsState,
  { side, liquidation }: { readonly side: Side; readonly liquidation: Price | null },
): boolean {
  if (liquidation === null) return false;
  return stops.stopLoss.some(({ price }) =>
    side === 'long' ? price.lte(liquidation) : price.gte(liquidation),
  );
}

import { Decimal, dec } from '../domain/decimal.ts';
import type { Side } from '../domain/position.ts';
import type { Result } from '../domain/result.ts';
import { err, ok } from '../domain/result.ts';
import { asPrice, asRatio, type Price, type Ratio } from '../domain/units.ts';
import type { Excursions } from '../risk/probability/excursions.ts';

/** A stop that a day's usual noise does not touch and that comes before the liquidation. */
export interface SuggestedStop {
  readonly price: Price;
  /** Share of the mark between them. */
  readonly distance: Ratio;
  /** Of past days, filtered to today's volatility, whose worst move against the position stayed short of it. */
  readonly quietDays: Ratio;
}

/**
 * Why there is none. `no-room`: beyond the noise it would come after the liquidation, or so close before
 * it that the two fall together.
 */
export type StopNotSuggested = 'no-mark' | 'no-history' | 'liquidation-not-known' | 'no-room';

export interface SuggestStopGround {
  readonly side: Side;
  readonly markPrice: Price | null;
  readonly tickSize: Decimal | null;
  /** Nearest to the mark of the venue's and ours; `none`: there is none; null: not known. */
  readonly liquidation: Price | 'none' | null;
  /** One day of the asset. Null: too little history. */
  readonly day: { readonly excursions: Excursions; readonly sigma: number } | null;
}

const QUIET = 0.9;
/** Of the way to the liquidation a stop takes at most so much: fills slip when it matters. */
const MOST_OF_WAY = dec('0.8');

export function suggestStop(ground: SuggestStopGround): Result<SuggestedStop, StopNotSuggested> {
  const { side, markPrice: mark, liquidation, day, tickSize } = ground;
  if (mark === null || mark.lte(0)) return err('no-mark');
  if (day === null || day.excursions.windows.length === 0) return err('no-history');
  if (liquidation === null) return err('liquidation-not-known');
  const price = awayFromMark(mark.times(factorOf(day, side).toFixed(9)), { side, tickSize });
  const way = price.minus(mark).abs();
  if (price.lte(0)) return err('no-room');
  if (liquidation !== 'none') {
    const room = side === 'long' ? mark.minus(liquidation) : liquidation.minus(mark);
    if (way.gt(room.times(MOST_OF_WAY))) return err('no-room');
  }
  return ok({
    price: asPrice(price),
    distance: asRatio(way.div(mark)),
    quietDays: asRatio(dec(QUIET)),
  });
}

/** By what the mark is multiplied at the worst move against the position that 9 in 10 days stay short of. */
function factorOf(
  { excursions, sigma }: NonNullable<SuggestStopGround['day']>,
  side: Side,
): number {
  const against = excursions.windows
    .map(({ fall, rise }) => Math.max(0, side === 'long' ? -fall : rise))
    .toSorted((a, b) => a - b);
  const worst = against[Math.min(against.length - 1, Math.ceil(QUIET * against.length))] ?? 0;
  return Math.exp((side === 'long' ? -1 : 1) * worst * sigma);
}

/** A step farther than the noise, never a step nearer. */
function awayFromMark(
  price: Decimal,
  { side, tickSize }: Pick<SuggestStopGround, 'side' | 'tickSize'>,
): Decimal {
  if (tickSize === null || tickSize.lte(0)) return price;
  const way = side === 'long' ? Decimal.ROUND_FLOOR : Decimal.ROUND_CEIL;
  return price.div(tickSize).toDecimalPlaces(0, way).times(tickSize);
}

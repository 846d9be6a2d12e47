import type { Decimal } from '../domain/decimal.ts';
import { Decimal as D, ONE, ratioOf } from '../domain/decimal.ts';
import type { Ratio } from '../domain/units.ts';
import { asRatio } from '../domain/units.ts';

/** min ÷ max of the two sides (both ≥ 0): 0 is naked, 1 is flat. Null when there is nothing to hedge. */
export function hedgeRatio(long: Decimal, short: Decimal): Ratio | null {
  return ratio(D.min(long, short), D.max(long, short));
}

/** 1 − |net| ÷ gross: the share of the gross that cancels. Null when there is nothing to hedge. */
export function offsetRatio(long: Decimal, short: Decimal): Ratio | null {
  const open = ratio(long.minus(short).abs(), long.plus(short));
  return open === null ? null : asRatio(ONE.minus(open));
}

/** min ÷ gross, at most one half: what the older monitor called hedge ratio. Null when there is nothing to hedge. */
export function seedHedgeShare(long: Decimal, short: Decimal): Ratio | null {
  return ratio(D.min(long, short), long.plus(short));
}

function ratio(a: Decimal, b: Decimal): Ratio | null {
  const value = ratioOf(a, b);
  return value === null ? null : asRatio(value);
}

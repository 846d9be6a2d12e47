import { Decimal } from '../../domain/decimal.ts';
import type { AccountState } from './live-pools.ts';

/** Bybit prints four; a figure that ends in zeros had them too. */
const FEWEST_DIGITS = 4;

/** What the venue's own ratio says the equity is, cross positions alone; `high` null: no upper end. */
export interface RatioEquity {
  readonly usd: Decimal;
  /** As low and as high as the digits of the ratio allow. */
  readonly low: Decimal;
  readonly high: Decimal | null;
}

/**
 * The equity the venue's account ratio was computed with, from that ratio and the requirement in it. Null
 * when it has none of its own, or the ratio is too small to say anything.
 */
export function ratioEquity(of: {
  readonly state: AccountState;
  readonly requiredUsd: Decimal;
  readonly isolatedUsd: Decimal;
}): RatioEquity | null {
  const { margin, rules } = of.state;
  const ratio = margin.venueRatio;
  if (ratio === null || rules.ratioCovers === 'none' || ratio.value.lte(0)) return null;
  const isWhole = rules.ratioCovers === 'account';
  const required = isWhole ? margin.maintenanceMarginUsd : of.requiredUsd;
  if (required === null || required.lte(0)) return null;
  const apart = (usd: Decimal) => (isWhole ? usd.minus(of.isolatedUsd) : usd);
  const digit = new Decimal(10).pow(-Math.max(ratio.value.decimalPlaces(), FEWEST_DIGITS));
  const equityAt = (value: Decimal) =>
    ratio.direction === 'up' ? required.div(value) : required.times(value);
  const [more, less] = [ratio.value.plus(digit), ratio.value.minus(digit)];
  const isUp = ratio.direction === 'up';
  return {
    usd: apart(equityAt(ratio.value)),
    low: apart(equityAt(isUp ? more : less)),
    high: isUp && less.lte(0) ? null : apart(equityAt(isUp ? less : more)),
  };
}

import type { Decimal } from '../../domain/decimal.ts';
import { dec } from '../../domain/decimal.ts';

/**
 * What a venue does to a pool whose equity no longer covers its requirement. `full`: it takes everything
 * over, and what the pool counted is lost. `step-down`: it cuts the largest leg to the bracket below, at
 * the mark, until the pool stands again, and takes over what is left when no bracket is below.
 * `slices`: it closes at the mark, 20 % of a large leg at a time, and takes everything over when equity is
 * below the backstop.
 */
export type LiquidationRule = 'full' | 'step-down' | 'slices';

const RULES: ReadonlyMap<string, LiquidationRule> = new Map<string, LiquidationRule>([
  ['bybit', 'step-down'],
  ['okx', 'step-down'],
  ['hyperliquid', 'slices'],
]);

/** Venues not named here take everything over. */
export function liquidationRule(venue: string): LiquidationRule {
  return RULES.get(venue) ?? 'full';
}

/** A leg of more than this is closed a slice at a time on Hyperliquid. */
export const SLICED_ABOVE_USD = 100_000;
export const SLICE = 0.2;

const BACKSTOP = dec('2').div(3);

/** Equity below which Hyperliquid's backstop takes the account over: two thirds of maintenance. */
export function backstopEquity(maintenance: Decimal): Decimal {
  return maintenance.times(BACKSTOP);
}

/** The same in plain numbers, for the what-if walk. */
export const BACKSTOP_SHARE = BACKSTOP.toNumber();

import { type Decimal, dec, ONE, ZERO } from '../../../domain/decimal.ts';
import type { Instrument, MaintenanceTier } from '../../../domain/instrument.ts';
import { splitMultiplier } from '../../../domain/split-multiplier.ts';
import { asRatio, type InstrumentId, type Ratio } from '../../../domain/units.ts';

/** Every position of the venue is margined and settled in USDT (seed page, "collateral"). */
export const SETTLE = 'USDT';

/** What `/markets/:symbol/config` may add to a symbol; null: the venue did not say. */
export interface MarketProfile {
  readonly tickSize: Decimal | null;
  /** Orders count in whole multiples of it. */
  readonly sizeStep: Decimal | null;
  readonly maintenanceRate: Ratio | null;
  readonly takerFee: Ratio | null;
}

export const NO_PROFILE: MarketProfile = {
  tickSize: null,
  sizeStep: null,
  maintenanceRate: null,
  takerFee: null,
};

/** Longest first: BTCUSDT must not be read as BTCUSD plus T. */
const QUOTES = ['USDT', 'USDC', 'USD'] as const;

/**
 * The page's own rate: 0.5 % in its examples, and "usually 0.5 % of the position's value" in its
 * FAQ; one bracket, since no table is documented. Used when the market's config does not say.
 */
const DOCUMENTED_MAINTENANCE_RATE = asRatio(dec('0.005'));

/** The instrument behind `BTCUSDT`, without asking the venue; null when the text is no such pair. */
export function instrumentOf(symbol: string, profile: MarketProfile): Instrument | null {
  const pair = /^([A-Z0-9]+)[-_/]?$/;
  const name = symbol.toUpperCase();
  const quote = QUOTES.find((suffix) => name.endsWith(suffix));
  const base = quote === undefined ? undefined : pair.exec(name.slice(0, -quote.length))?.[1];
  if (quote === undefined || base === undefined) return null;
  const { asset, multiplier } = splitMultiplier(base);
  const unified = `${base}/${quote}:${SETTLE}`;
  return {
    id: `ztdx:${unified}` as InstrumentId,
    venue: 'ztdx',
    symbol: unified,
    asset,
    quote,
    settle: SETTLE,
    kind: 'linear',
    contractSize: ONE,
    tickSize: profile.tickSize,
    multiplier: dec(multiplier),
    tiers: [singleTier(profile.maintenanceRate ?? DOCUMENTED_MAINTENANCE_RATE)],
    tierUnit: 'quote',
    takerFee: profile.takerFee,
  };
}

function singleTier(rate: Ratio): MaintenanceTier {
  return { floor: ZERO, cap: null, rate, deduction: ZERO };
}

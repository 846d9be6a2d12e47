import type { Decimal } from './decimal.ts';
import type { InstrumentId, Ratio } from './units.ts';

/**
 * One maintenance bracket. `floor` and `cap` are in the instrument's `tierUnit`;
 * maintenance = rate × size − deduction, with size in the same unit.
 * Deduction is zero where the venue has none (OKX).
 */
export interface MaintenanceTier {
  readonly floor: Decimal;
  /** Null: the last bracket has no upper end. */
  readonly cap: Decimal | null;
  readonly rate: Ratio;
  readonly deduction: Decimal;
}

/** `quote`: notional in quote or settle value; `base`: base quantity; `contracts`: number of contracts. */
export type TierUnit = 'quote' | 'base' | 'contracts';

export interface Instrument {
  readonly id: InstrumentId;
  readonly venue: string;
  /** ccxt's unified symbol, such as `BTC/USDT:USDT` or `BTC/USD:BTC`. */
  readonly symbol: string;
  /** The asset whose price moves it, multipliers stripped: `PEPE` for `1000PEPE`. */
  readonly asset: string;
  readonly quote: string;
  readonly settle: string;
  readonly kind: 'linear' | 'inverse';
  /** Linear: base units per contract. Inverse: quote face value (USD) per contract. */
  readonly contractSize: Decimal;
  /** Smallest price step, or null when not known. */
  readonly tickSize: Decimal | null;
  /** Assets per base unit as the venue counts it: 1000 for `1000PEPE`, else 1. */
  readonly multiplier: Decimal;
  readonly tiers: readonly MaintenanceTier[] | null;
  readonly tierUnit: TierUnit;
  /** Share of notional charged on a market close, or null when not known. */
  readonly takerFee: Ratio | null;
}

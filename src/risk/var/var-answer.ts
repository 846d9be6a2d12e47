/**
 * All amounts here are doubles in USD: they come out of statistics and are estimates, shown with their
 * label, never booked as money. A loss is positive.
 */
interface VarFigures {
  /** Loss that tomorrow exceeds on 1 day of 100. */
  readonly var99Usd: number;
  /** Mean loss of the worst 2.5 % of days. */
  readonly es975Usd: number;
}

export interface VarComponent extends VarFigures {
  readonly asset: string;
  /** Net exposure, signed. */
  readonly exposureUsd: number;
  /** Forecast volatility of tomorrow's return; 0.03 is 3 %. */
  readonly dailyVolatility: number;
}

/**
 * `fhs`: filtered historical simulation on whole days. `parametric-ewma`: normal distribution with EWMA
 * covariances, which at 99 % breaks about twice as often as it says.
 */
type VarMethod = 'fhs' | 'parametric-ewma';

/**
 * Why an asset of the desk is in none of the figures. `stale-candles`: none for the last days.
 * `no-movement`: the price stood still for so long that its volatility is zero, which no market does.
 */
export type OmissionReason =
  | 'exposure-unknown'
  | 'no-candles'
  | 'too-little-history'
  | 'stale-candles'
  | 'no-movement';

export interface Omission {
  readonly asset: string;
  /** Null when it is the exposure that is not known. */
  readonly exposureUsd: number | null;
  readonly reason: OmissionReason;
}

/** An asset whose history is incomplete within the window; see `completeResiduals` for what was done. */
export interface Completion {
  readonly asset: string;
  readonly observedDays: number;
  readonly drawnDays: number;
  /** The asset its missing days follow. */
  readonly after: string;
}

export interface KnownVar extends VarFigures {
  readonly kind: 'known';
  readonly method: VarMethod;
  /** Loss that tomorrow exceeds on 1 day of 20; recorded because only it breaks often enough to be tested. */
  readonly var95Usd: number;
  /** Loss that tomorrow exceeds on 1 day of 40: beyond it lies what `es975Usd` is the mean of. */
  readonly var975Usd: number;
  /** Why it is not the method of choice; null when it is, or when the fast answer was asked for. */
  readonly fallback: 'too-little-history' | null;
  /** Euler components by asset, largest ES first; they add up to the totals. */
  readonly components: readonly VarComponent[];
  /** Days in the simulation (for parametric: behind the correlations). */
  readonly scenarioDays: number;
  /** Last closed UTC day that was used; the figures are for the day after it. */
  readonly asOfDay: number;
  /** Assets whose volatility comes from GARCH(1,1); the others from EWMA 0.94. */
  readonly garchAssets: readonly string[];
  readonly omitted: readonly Omission[];
  readonly completed: readonly Completion[];
}

interface UnknownVar {
  readonly kind: 'unknown';
  /** That of the largest asset, since none is left in. */
  readonly reason: OmissionReason;
  readonly asOfDay: number;
  readonly omitted: readonly Omission[];
}

export type VarAnswer = KnownVar | UnknownVar;

/** Net USD delta of one asset over the whole desk; null when it is not known. */
export interface NetExposure {
  readonly asset: string;
  readonly usd: number | null;
}

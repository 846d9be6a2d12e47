/** How a probability was come by. The label is shown wherever the figure is. */
type ProbabilityMethod =
  /** Standardised lows or highs of the asset's own candles: the figure of choice. */
  | 'excursions'
  /** The same from candles longer than the horizon, scaled by the square root of time. */
  | 'excursions-scaled'
  /** Reflection formula from the asset's own volatility: fast, too calm far out. */
  | 'reflection'
  /** Correlated Monte Carlo of the whole cross account. */
  | 'simulation'
  /** First-order normal estimate of the whole cross account. */
  | 'first-order'
  /** No price liquidates it, or it is past the price already: nothing to estimate. */
  | 'certain';

/**
 * Why there is no probability. `no-liquidation-price`: nobody knows the price; `no-mark`: not where it
 * is now; `no-candles`: nothing of the asset's past; `no-volatility`: too few or useless candles for
 * even a volatility; `not-finite`: a figure is absurd; `account-unknown`: parts of a cross account are
 * not known.
 */
export type ProbabilityMissing =
  | 'no-liquidation-price'
  | 'no-mark'
  | 'no-candles'
  | 'no-volatility'
  | 'not-finite'
  | 'account-unknown';

export type HorizonName = '1h' | '8h' | '24h';

export type ProbabilityFigure =
  | {
      readonly kind: 'known';
      /** 0 to 1. */
      readonly probability: number;
      readonly method: ProbabilityMethod;
      /** False: the method was not checked against outcomes at this horizon on this kind of candles. */
      readonly isCalibrated: boolean;
      /** Of the newest candle used, epoch ms; null where no candle was. */
      readonly dataAt: number | null;
    }
  | { readonly kind: 'unknown'; readonly because: ProbabilityMissing };

export type LiquidationProbability = Readonly<Record<HorizonName, ProbabilityFigure>>;

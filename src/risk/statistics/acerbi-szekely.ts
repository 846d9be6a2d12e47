export interface ShortfallDay {
  /** Outcome of the day, a loss negative. */
  readonly pnl: number;
  readonly valueAtRisk: number;
  /** Forecast expected shortfall; with the VaR at the same tail, both positive for losses. */
  readonly shortfall: number;
}

/**
 * Acerbi and Szekely's Z2 = 1 − Σ(loss·[loss > VaR] ÷ ES) ÷ (T·tail) (Risk, 2014): about 0 when the ES is
 * right, negative when it is too small, by as much as the losses beyond VaR exceed what was promised; about
 * −0.7 is the 5 % line at a tail of 2.5 %. NaN without days.
 */
export function acerbiSzekelyZ2(days: readonly ShortfallDay[], tail: number): number {
  if (days.length === 0) return Number.NaN;
  const beyond = days.reduce(
    (sum, { pnl, valueAtRisk, shortfall }) => sum + (-pnl > valueAtRisk ? -pnl / shortfall : 0),
    0,
  );
  return 1 - beyond / (days.length * tail);
}

export interface ImpactQuestion {
  /** Calibrated from own fills; about 1. */
  readonly coefficient: number;
  readonly sigmaDaily: number;
  /** Base units, or any unit the volume is in too. */
  readonly size: number;
  /** Traded on an average day. */
  readonly dailyVolume: number;
}

/**
 * Share of the price by which trading so much moves it: Y σ_d √(Q ÷ V) (Donier and Bonart, Market
 * Microstructure and Liquidity 1, 2015: holds for bitcoin over four decades of size). NaN without volume.
 */
export function squareRootImpact(question: ImpactQuestion): number {
  const { coefficient, sigmaDaily, size, dailyVolume } = question;
  if (!(dailyVolume > 0) || !(size >= 0)) return Number.NaN;
  return coefficient * sigmaDaily * Math.sqrt(size / dailyVolume);
}

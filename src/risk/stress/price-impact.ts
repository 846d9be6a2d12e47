import { squareRootImpact } from '../probability/square-root-impact.ts';

/** What closing in a market does to its price, by the square-root law. */
export interface PriceImpact {
  /** Y of the law: 1 until calibrated by own fills. */
  readonly coefficient: number;
  readonly sigmaDaily: number;
  readonly dailyVolumeUsd: number;
}

/**
 * The factor on the price when a leg of this side and value is closed, never to zero; 1 where the law
 * says nothing (no volume).
 */
export function impactFactor(impact: PriceImpact, usd: number, side: 'long' | 'short'): number {
  const { coefficient, sigmaDaily, dailyVolumeUsd } = impact;
  const move = squareRootImpact({
    ...{ coefficient, sigmaDaily },
    size: usd,
    dailyVolume: dailyVolumeUsd,
  });
  if (!Number.isFinite(move)) return 1;
  return side === 'long' ? Math.max(1 - move, 0.01) : 1 + move;
}

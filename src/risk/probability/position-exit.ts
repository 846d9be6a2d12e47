import type { Position } from '../../domain/position.ts';
import { exitImpact } from './exit-impact.ts';
import type { ProbabilityEvidence } from './probability-evidence.ts';

/** Share of the price that closing this position at the market costs; null: not known. */
export function positionExitImpact(
  { instrument, side, quantity }: Position,
  { depth, outlooks }: Pick<ProbabilityEvidence, 'depth' | 'outlooks'>,
): number | null {
  const known = depth.get(instrument.id);
  const sigmaAnnual = outlooks.get(instrument.asset)?.sigmaAnnual ?? null;
  if (known === undefined || quantity === null || sigmaAnnual === null) return null;
  return exitImpact({
    size: quantity.toNumber(),
    book: side === 'long' ? known.bids : known.asks,
    sigmaDaily: sigmaAnnual / Math.sqrt(365),
    dailyVolume: known.dailyVolume,
  });
}

import type {
  LiquidationProbability,
  ProbabilityFigure,
} from '../../src/risk/probability/liquidation-probability.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';

/** Probabilities as `ask --json` shows them, with how the 24 h one was come by; null: not known. */
export function probabilityData(
  probability: LiquidationProbability | null,
): Readonly<Record<string, unknown>> {
  const day = probability?.['24h'] ?? null;
  const known = day?.kind === 'known' ? day : null;
  return {
    probability24h: chance(day),
    probability8h: chance(probability?.['8h'] ?? null),
    probability1h: chance(probability?.['1h'] ?? null),
    probabilityMethod: known?.method ?? null,
    probabilityCalibrated: known?.isCalibrated ?? null,
    probabilityMissing: day?.kind === 'unknown' ? day.because : null,
  };
}

function chance(figure: ProbabilityFigure | null) {
  return estimateRatio(figure?.kind === 'known' ? figure.probability : null);
}

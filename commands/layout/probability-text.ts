import type { CommandContext } from '../../src/app/command.ts';
import type { ProbabilityFigure } from '../../src/risk/probability/liquidation-probability.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';

/** Not of the method that was checked against outcomes at this horizon: shown with `~`. */
export function isRough(figure: ProbabilityFigure): boolean {
  return figure.kind === 'known' && figure.method !== 'certain' && !figure.isCalibrated;
}

/** Upward, as every ratio whose danger is upward. */
export function probabilityText(figure: ProbabilityFigure, { format }: CommandContext): string {
  if (figure.kind === 'unknown') return format.percent(null, 'up');
  const text = format.percent(estimateRatio(figure.probability), 'up');
  return isRough(figure) ? `~${text}` : text;
}

import type { Bar } from '../../../src/risk/probability/bar.ts';
import { seededUnit } from '../../../src/risk/probability/seeded-unit.ts';
import { fillStandardNormals } from '../../../src/risk/probability/standard-normals.ts';

const STEPS = 24;

/** Bars of a driftless walk with so much volatility per bar, the same for the same seed. */
export function aWalk(of: {
  readonly bars: number;
  readonly sigma: number;
  readonly seed: number;
  /** Index of the first; 0 without. */
  readonly first?: number;
}): Bar[] {
  const normals = new Float64Array(of.bars * STEPS);
  fillStandardNormals(normals, seededUnit(of.seed));
  let at = Math.log(100);
  return Array.from({ length: of.bars }, (_, bar) => {
    const within = Array.from({ length: STEPS }, (__, step) => {
      at += ((normals[bar * STEPS + step] ?? 0) * of.sigma) / Math.sqrt(STEPS);
      return Math.exp(at);
    });
    const close = within.at(-1) ?? Number.NaN;
    return {
      index: (of.first ?? 0) + bar,
      high: Math.max(...within),
      low: Math.min(...within),
      close,
    };
  });
}

export interface Minimum {
  readonly at: readonly number[];
  readonly value: number;
  /** False when the steps ran out before the simplex had shrunk to the tolerance. */
  readonly hasConverged: boolean;
}

export interface SearchSettings {
  /** Edge of the first simplex. */
  readonly step: number;
  /** Stop when the values at the corners differ by less. */
  readonly tolerance: number;
  readonly maxSteps: number;
}

interface Corner {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Downhill simplex with the coefficients of Nelder and Mead (Computer Journal 7, 1965): no derivatives, no
 * randomness, the same start gives the same answer. A NaN counts as the worst of all values.
 */
export function nelderMead(
  target: (at: readonly number[]) => number,
  start: readonly number[],
  settings: SearchSettings,
): Minimum {
  const corner = (at: readonly number[]): Corner => {
    const value = target(at);
    return { at, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const stepped = start.map((_, axis) =>
    corner(start.map((x, i) => (i === axis ? x + settings.step : x))),
  );
  let simplex = sorted([corner(start), ...stepped]);
  for (let steps = 0; steps < settings.maxSteps; steps += 1) {
    const [best, worst] = [simplex[0] as Corner, simplex.at(-1) as Corner];
    if (worst.value - best.value < settings.tolerance) return { ...best, hasConverged: true };
    simplex = sorted(moved(simplex, corner));
  }
  return { ...(simplex[0] as Corner), hasConverged: false };
}

function moved(
  simplex: readonly Corner[],
  corner: (at: readonly number[]) => Corner,
): readonly Corner[] {
  const [best, worst] = [simplex[0] as Corner, simplex.at(-1) as Corner];
  const kept = simplex.slice(0, -1);
  const center = best.at.map((_, i) => kept.reduce((sum, c) => sum + at(c, i), 0) / kept.length);
  const along = (factor: number): Corner =>
    corner(center.map((x, i) => x + factor * (at(worst, i) - x)));
  const reflected = along(-1);
  if (reflected.value < best.value) {
    const expanded = along(-2);
    return [...kept, expanded.value < reflected.value ? expanded : reflected];
  }
  if (reflected.value < (kept.at(-1) as Corner).value) return [...kept, reflected];
  const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
  if (contracted.value < Math.min(reflected.value, worst.value)) return [...kept, contracted];
  return [best, ...simplex.slice(1).map((c) => corner(c.at.map((x, i) => (x + at(best, i)) / 2)))];
}

const at = (corner: Corner, axis: number): number => corner.at[axis] ?? Number.NaN;

function sorted(corners: readonly Corner[]): Corner[] {
  return corners.toSorted((a, b) => a.value - b.value);
}

import { normalQuantile } from './normal.ts';

export interface Moments {
  readonly mean: number;
  /** Population standard deviation (divided by n). */
  readonly deviation: number;
  readonly skew: number;
  /** 0 for a normal law. */
  readonly excessKurtosis: number;
}

export function momentsOf(values: ArrayLike<number>): Moments {
  const list = Array.from(values);
  const mean = list.reduce((sum, x) => sum + x, 0) / list.length;
  const central = (power: number): number =>
    list.reduce((sum, x) => sum + (x - mean) ** power, 0) / list.length;
  const variance = central(2);
  return {
    mean,
    deviation: Math.sqrt(variance),
    skew: central(3) / variance ** 1.5,
    excessKurtosis: central(4) / variance ** 2 - 3,
  };
}

type Shape = Pick<Moments, 'skew' | 'excessKurtosis'>;

/**
 * True when the expansion is a quantile function on [−4, 4]: its slope
 * 1 + Sz/3 + K(z² − 1)/8 − S²(6z² − 5)/36 stays positive. The slope is a parabola in z, so its ends and its
 * vertex decide.
 */
export function isCornishFisherMonotone({ skew, excessKurtosis }: Shape): boolean {
  const square = excessKurtosis / 8 - skew ** 2 / 6;
  const linear = skew / 3;
  const constant = 1 - excessKurtosis / 8 + (5 * skew ** 2) / 36;
  const slope = (z: number): number => (square * z + linear) * z + constant;
  const vertex = square === 0 ? 0 : -linear / (2 * square);
  return [-4, 4, Math.min(Math.max(vertex, -4), 4)].every((z) => slope(z) > 0);
}

export interface CornishFisher {
  /** z + (z² − 1)S/6 + (z³ − 3z)K/24 − (2z³ − 5z)S²/36. */
  readonly z: number;
  /** False: the map turns back somewhere on [−4, 4], so it is no quantile function; take FHS instead. */
  readonly isMonotone: boolean;
}

/** The normal quantile bent by skew and kurtosis, with the guard that must be read before using it. */
export function cornishFisher(tail: number, shape: Shape): CornishFisher {
  const { skew, excessKurtosis } = shape;
  const z = normalQuantile(tail);
  const bent =
    z +
    ((z ** 2 - 1) * skew) / 6 +
    ((z ** 3 - 3 * z) * excessKurtosis) / 24 -
    ((2 * z ** 3 - 5 * z) * skew ** 2) / 36;
  return { z: bent, isMonotone: isCornishFisherMonotone(shape) };
}

import { normalCdf } from '../statistics/normal.ts';

/** Below this, log Φ is taken from its asymptotic series, which there is good to 1e-13. */
const FAR = -30;
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/** ln Φ(x), also where Φ(x) itself is too small for a double (x < −38). */
export function logNormalCdf(x: number): number {
  if (x >= FAR) return Math.log(normalCdf(x));
  const s = 1 / (x * x);
  // Abramowitz and Stegun 26.2.12.
  const series = 1 - s * (1 - 3 * s * (1 - 5 * s * (1 - 7 * s * (1 - 9 * s))));
  return -0.5 * x * x - Math.log(-x) - HALF_LOG_TWO_PI + Math.log(series);
}

import { logNormalCdf } from './log-normal-cdf.ts';

/** A price that may touch a barrier. Plain numbers: this is statistics, not money. */
export interface HitQuestion {
  /** Where the price is. */
  readonly mark: number;
  /** Below the mark: touched by falling; above: by rising; at the mark: touched. */
  readonly barrier: number;
  /** Per square root of a year of 365 days. */
  readonly sigmaAnnual: number;
  readonly years: number;
  /** Expected growth of the price per year, continuous. */
  readonly driftAnnual: number;
  /** Growth of the barrier itself per year (log): what funding does to it, see barrierGrowth. */
  readonly barrierGrowthAnnual: number;
}

/**
 * Natural logarithm of the probability that a geometric Brownian motion touches the barrier in time:
 * Φ((b − νT) ÷ σ√T) + e^(2νb÷σ²) Φ((b + νT) ÷ σ√T) with b = ln(barrier ÷ mark), ν = μ − σ² ÷ 2 − g,
 * mirrored for a barrier above. In logarithms, so that a far barrier is a small number and not zero, and
 * a large exponent beside a small Φ does not overflow. NaN for figures that are no question.
 */
export function logHitProbability(question: HitQuestion): number {
  const { mark, barrier, sigmaAnnual, years, driftAnnual, barrierGrowthAnnual } = question;
  const b = Math.log(barrier / mark);
  const nu = driftAnnual - sigmaAnnual ** 2 / 2 - barrierGrowthAnnual;
  const spread = sigmaAnnual * Math.sqrt(years);
  const isAsked = Number.isFinite(b) && Number.isFinite(nu) && sigmaAnnual >= 0 && years >= 0;
  if (!isAsked) return Number.NaN;
  if (b === 0) return 0;
  // Falling to a barrier below; rising to one above is the same with both signs turned.
  const way = -Math.abs(b);
  const speed = b < 0 ? nu : -nu;
  if (spread === 0) return speed * years <= way ? 0 : Number.NEGATIVE_INFINITY;
  const ended = logNormalCdf((way - speed * years) / spread);
  const returned =
    (2 * speed * way) / sigmaAnnual ** 2 + logNormalCdf((way + speed * years) / spread);
  return Math.min(0, logSum(ended, returned));
}

/** The probability itself, 0 to 1. */
export function hitProbability(question: HitQuestion): number {
  return Math.exp(logHitProbability(question));
}

function logSum(a: number, b: number): number {
  const high = Math.max(a, b);
  if (high === Number.NEGATIVE_INFINITY) return high;
  return high + Math.log1p(Math.exp(Math.min(a, b) - high));
}

/** ζ(½) ÷ √(2π), negated: Broadie, Glasserman and Kou, Mathematical Finance 7 (1997). */
const DISCRETE_SHIFT = 0.5826;

/**
 * The barrier that, watched all the time, is touched as often as the given one watched at so many equally
 * spaced moments: moved away from the mark by 0.5826 σ√Δt.
 */
export function discreteBarrier(
  { mark, barrier, sigmaAnnual, years }: HitQuestion,
  observations: number,
): number {
  const shift = DISCRETE_SHIFT * sigmaAnnual * Math.sqrt(years / observations);
  return barrier * Math.exp(barrier < mark ? -shift : shift);
}

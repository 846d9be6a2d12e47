import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D, dec, ONE, ZERO } from '../../domain/decimal.ts';
import { hitProbability } from './hit-probability.ts';
import { invertLaplace } from './invert-laplace.ts';

/** Kou's double exponential jump diffusion, a martingale. Jump sizes are of the log price. */
export interface JumpQuestion {
  readonly mark: number;
  readonly barrier: number;
  /** Of the diffusion alone, per square root of a year. */
  readonly sigmaAnnual: number;
  readonly years: number;
  /** Jumps a year. */
  readonly intensity: number;
  /** Share of jumps that go up. */
  readonly upShare: number;
  /** 1 ÷ mean size of an up jump; above 1. */
  readonly upRate: number;
  /** 1 ÷ mean size of a down jump. */
  readonly downRate: number;
}

/**
 * Probability that the price touches or jumps over the barrier in time (Kou and Wang, Advances in Applied
 * Probability 35, 2003: the transform of the first passage time, inverted numerically). Decimals, because
 * the inversion takes differences of numbers that agree in their first dozen digits; a tenth of a second.
 * NaN for figures that are no question.
 */
export function jumpHitProbability(question: JumpQuestion): number {
  if (!isAsked(question)) return Number.NaN;
  if (question.barrier === question.mark) return 1;
  if (question.years === 0) return 0;
  // Without jumps there is no pole to look between.
  if (question.intensity === 0) {
    return hitProbability({ ...question, driftAnnual: 0, barrierGrowthAnnual: 0 });
  }
  const process = processTowards(question);
  const way = dec(question.barrier).div(dec(question.mark)).ln().abs();
  const transform = (alpha: Decimal): Decimal => passageTransform(process, way, alpha).div(alpha);
  return Math.min(1, Math.max(0, invertLaplace(transform, dec(question.years)).toNumber()));
}

function isAsked(question: JumpQuestion): boolean {
  const { mark, barrier, sigmaAnnual, years, intensity, upShare, upRate, downRate } = question;
  const figures = [mark, barrier, sigmaAnnual, years, intensity, upShare, upRate, downRate];
  return (
    figures.every(Number.isFinite) &&
    Math.min(mark, barrier, sigmaAnnual, downRate) > 0 &&
    Math.min(years, intensity, upShare, 1 - upShare) >= 0 &&
    upRate > 1
  );
}

/** The log price, seen so that the barrier is above. */
interface Process {
  readonly drift: Decimal;
  readonly halfVariance: Decimal;
  readonly intensity: Decimal;
  readonly towards: { readonly share: Decimal; readonly rate: Decimal };
  readonly away: { readonly share: Decimal; readonly rate: Decimal };
}

function processTowards(question: JumpQuestion): Process {
  const up = { share: dec(question.upShare), rate: dec(question.upRate) };
  const down = { share: ONE.minus(up.share), rate: dec(question.downRate) };
  const halfVariance = dec(question.sigmaAnnual).pow(2).div(2);
  const intensity = dec(question.intensity);
  // The jumps' own growth is taken out of the drift: the price has no trend.
  const meanJump = up.share
    .times(up.rate)
    .div(up.rate.minus(1))
    .plus(down.share.times(down.rate).div(down.rate.plus(1)))
    .minus(1);
  const drift = halfVariance.plus(intensity.times(meanJump)).neg();
  return question.barrier > question.mark
    ? { drift, halfVariance, intensity, towards: up, away: down }
    : { drift: drift.neg(), halfVariance, intensity, towards: down, away: up };
}

/** E[e^(−ατ)] of the first passage over `way`, from the two positive roots of G(x) = α. */
function passageTransform(process: Process, way: Decimal, alpha: Decimal): Decimal {
  const eta = process.towards.rate;
  const inner = rootBetween(process, alpha, { low: ZERO, high: eta });
  const outer = rootBetween(process, alpha, { low: eta, high: beyond(process, alpha) });
  const apart = outer.minus(inner).times(eta);
  const first = eta.minus(inner).times(outer).div(apart);
  const second = outer.minus(eta).times(inner).div(apart);
  return first.times(way.times(inner).neg().exp()).plus(second.times(way.times(outer).neg().exp()));
}

/** G(x) = ln E[e^(xX)] for one year, and its slope. */
function exponent(process: Process, x: Decimal): { value: Decimal; slope: Decimal } {
  const { drift, halfVariance, intensity, towards, away } = process;
  const ahead = towards.rate.minus(x);
  const behind = away.rate.plus(x);
  const jumpsAhead = towards.share.times(towards.rate).div(ahead);
  const jumpsBehind = away.share.times(away.rate).div(behind);
  return {
    value: x
      .times(drift)
      .plus(x.pow(2).times(halfVariance))
      .plus(intensity.times(jumpsAhead.plus(jumpsBehind).minus(1))),
    slope: drift
      .plus(x.times(halfVariance).times(2))
      .plus(intensity.times(jumpsAhead.div(ahead).minus(jumpsBehind.div(behind)))),
  };
}

/** A point where G is above α for certain, past the pole. */
function beyond(process: Process, alpha: Decimal): Decimal {
  let x = process.towards.rate.times(2);
  while (exponent(process, x).value.lte(alpha)) x = x.times(2);
  return x;
}

interface Bracket {
  readonly low: Decimal;
  readonly high: Decimal;
}

const HALVINGS = 6;
const CLOSE = dec('1e-36');

/** G − α rises through zero exactly once in either bracket: halve a little, then Newton, kept inside. */
function rootBetween(process: Process, alpha: Decimal, { low, high }: Bracket): Decimal {
  let from = low;
  let to = high;
  let x = from.plus(to).div(2);
  for (let round = 0; round < 200; round += 1) {
    const { value, slope } = exponent(process, x);
    const excess = value.minus(alpha);
    if (excess.isZero()) return x;
    if (excess.gt(0)) to = x;
    else from = x;
    const newton = x.minus(excess.div(slope));
    const isInside = round >= HALVINGS && newton.gt(from) && newton.lt(to);
    const next = isInside ? newton : from.plus(to).div(2);
    if (next.minus(x).abs().lte(D.abs(next).times(CLOSE))) return next;
    x = next;
  }
  return x;
}

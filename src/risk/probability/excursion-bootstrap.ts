import { VOLATILITY_DECAY } from '../statistics/ewma.ts';
import { parkinsonVariance } from '../statistics/parkinson.ts';
import type { Bar } from './bar.ts';
import type { LogBarriers } from './excursions.ts';
import { WARM_UP_BARS } from './excursions.ts';
import { rangeVolatilityPath } from './range-volatility.ts';

/** One past bar in units of the volatility forecast for it. */
export interface StandardBar {
  readonly fall: number;
  readonly rise: number;
  /** ln(close ÷ close before) ÷ σ̂. */
  readonly move: number;
  /** Its own Parkinson variance ÷ σ̂²: what it does to the forecast after it. */
  readonly shock: number;
}

/** Newest `keep` bars whose bar before is there, oldest first. */
export function standardBars(bars: readonly Bar[], keep: number): StandardBar[] {
  const sigmas = rangeVolatilityPath(bars);
  return bars
    .flatMap((bar, t) => {
      const before = bars[t - 1];
      const sigma = sigmas[t] ?? Number.NaN;
      if (t <= WARM_UP_BARS || before?.index !== bar.index - 1 || !(sigma > 0)) return [];
      const z = (level: number): number => Math.log(level / before.close) / sigma;
      const shock = parkinsonVariance(bar) / sigma ** 2;
      return [{ fall: z(bar.low), rise: z(bar.high), move: z(bar.close), shock }];
    })
    .slice(-keep);
}

export interface BootstrapOptions {
  /** Volatility forecast of the first bar to come. */
  readonly sigma: number;
  /** Bars to look ahead. */
  readonly bars: number;
  readonly paths: number;
  /** Uniform in [0, 1). */
  readonly unit: () => number;
}

/**
 * Probability that a barrier is touched within several bars: past bars drawn whole, each scaled by a
 * volatility that the bars drawn before it moved through the EWMA recursion. (#touched + ½) ÷ (paths + 1);
 * NaN without past bars or volatility.
 */
export function bootstrapProbability(
  past: readonly StandardBar[],
  barriers: LogBarriers,
  options: BootstrapOptions,
): number {
  if (past.length === 0 || !(options.sigma > 0)) return Number.NaN;
  let touched = 0;
  for (let path = 0; path < options.paths; path += 1) {
    if (isTouched(past, barriers, options)) touched += 1;
  }
  return (touched + 0.5) / (options.paths + 1);
}

function isTouched(
  past: readonly StandardBar[],
  { below, above }: LogBarriers,
  { sigma, bars, unit }: BootstrapOptions,
): boolean {
  let at = 0;
  let variance = sigma ** 2;
  for (let bar = 0; bar < bars; bar += 1) {
    const drawn = past[Math.floor(unit() * past.length)];
    if (drawn === undefined) return false;
    const scale = Math.sqrt(variance);
    if (below !== null && at + drawn.fall * scale <= below) return true;
    if (above !== null && at + drawn.rise * scale >= above) return true;
    at += drawn.move * scale;
    variance *= VOLATILITY_DECAY + (1 - VOLATILITY_DECAY) * drawn.shock;
  }
  return false;
}

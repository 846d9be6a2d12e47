import type { Bar } from './bar.ts';
import { rangeVolatilityPath } from './range-volatility.ts';

/** How far prices strayed within single windows, in units of the volatility forecast for them. */
export interface Excursions {
  /** Oldest first. */
  readonly windows: readonly Excursion[];
  /** Forecast for the window to come; NaN below two bars or when prices never moved. */
  readonly sigma: number;
}

export interface Excursion {
  /** ln(low ÷ close before) ÷ σ̂. */
  readonly fall: number;
  /** ln(high ÷ close before) ÷ σ̂. */
  readonly rise: number;
}

/** Bars before a forecast counts as one: by then 0.94^20 = 0.29 of its weight is on the first bar. */
export const WARM_UP_BARS = 20;

export interface ExcursionOptions {
  /** Newest windows kept. */
  readonly keep: number;
  /** Bars a window lasts: 8 makes 8 h windows, one begun every hour, out of hourly bars. */
  readonly span: number;
}

/** Filtered historical excursions. A window with a hole in it, or just before it, is left out. */
export function excursionsOf(bars: readonly Bar[], { keep, span }: ExcursionOptions): Excursions {
  const sigmas = rangeVolatilityPath(bars).map((sigma) => sigma * Math.sqrt(span));
  const windows: Excursion[] = [];
  for (let t = bars.length - span; t > WARM_UP_BARS && windows.length < keep; t -= 1) {
    const window = rawExcursion(bars, t, span);
    const sigma = sigmas[t] ?? Number.NaN;
    if (window !== null && sigma > 0) {
      windows.push({ fall: window.fall / sigma, rise: window.rise / sigma });
    }
  }
  const last = sigmas[bars.length] ?? Number.NaN;
  return { windows: windows.reverse(), sigma: bars.length > 1 && last > 0 ? last : Number.NaN };
}

function rawExcursion(bars: readonly Bar[], start: number, span: number): Excursion | null {
  const before = bars[start - 1];
  const end = bars[start + span - 1];
  if (before === undefined || end === undefined || end.index - before.index !== span) return null;
  const window = bars.slice(start, start + span);
  const low = Math.min(...window.map((bar) => bar.low));
  const high = Math.max(...window.map((bar) => bar.high));
  return { fall: Math.log(low / before.close), rise: Math.log(high / before.close) };
}

/** Barriers as log distances from the mark; null where there is none on that side. */
export interface LogBarriers {
  /** Negative. */
  readonly below: number | null;
  /** Positive. */
  readonly above: number | null;
}

/**
 * (#{touched} + ½) ÷ (n + 1) at the given volatility of the horizon: never 0 and never 1. With two
 * barriers, a window that touches either counts once.
 */
export function excursionProbability(
  { windows }: Excursions,
  { below, above }: LogBarriers,
  sigma: number,
): number {
  const down = below === null ? Number.NEGATIVE_INFINITY : below / sigma;
  const up = above === null ? Number.POSITIVE_INFINITY : above / sigma;
  let touched = 0;
  for (const { fall, rise } of windows) if (fall <= down || rise >= up) touched += 1;
  return (touched + 0.5) / (windows.length + 1);
}

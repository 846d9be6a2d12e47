import type { DailyReturns } from './daily-returns.ts';
import { CORRELATION_DECAY, ewmaWeights } from './ewma.ts';

/** Below this many common days a beta is shrunk towards the market's own 1. */
const BETA_FULL_DAYS = 120;
/** No crypto asset is credited with less of the market's move than this. */
const BETA_FLOOR = 0.5;
/** A tenth of this is the smallest tail a down beta is read from. */
const DOWN_BETA_MIN_DAYS = 100;

export interface Beta {
  /** Sensitivity to the benchmark, EWMA 0.97, floored and shrunk; 1 where there is no common day. */
  readonly beta: number;
  /** On the worst tenth of the benchmark's days; null with fewer than 100 common days. */
  readonly downBeta: number | null;
  readonly commonDays: number;
  readonly isShrunk: boolean;
}

/** For stress: the larger of the two, since assets fall more together than they move together. */
export function stressBeta({ beta, downBeta }: Beta): number {
  return downBeta === null ? beta : Math.max(beta, downBeta);
}

/** Beta of an asset to the benchmark over the days both have a return. */
export function betaTo(benchmark: DailyReturns, asset: DailyReturns): Beta {
  const pairs = commonDays(benchmark, asset);
  const weights = ewmaWeights(pairs.length, CORRELATION_DECAY);
  const raw = slope(pairs, weights);
  const isShrunk = pairs.length < BETA_FULL_DAYS;
  const beta = raw === null ? 1 : isShrunk ? raw + (1 - raw) / 3 : raw;
  return {
    beta: Math.max(beta, BETA_FLOOR),
    downBeta: pairs.length < DOWN_BETA_MIN_DAYS ? null : downSlope(pairs),
    commonDays: pairs.length,
    isShrunk,
  };
}

interface Pair {
  readonly market: number;
  readonly own: number;
}

function downSlope(pairs: readonly Pair[]): number | null {
  const worst = pairs.toSorted((a, b) => a.market - b.market);
  return slope(worst.slice(0, Math.floor(worst.length / 10)), null);
}

/** Zero-mean regression through the origin, as daily means are noise; null when the market stood still. */
function slope(pairs: readonly Pair[], weights: Float64Array | null): number | null {
  let product = 0;
  let square = 0;
  pairs.forEach(({ market, own }, i) => {
    const weight = weights === null ? 1 : (weights[i] ?? Number.NaN);
    product += weight * market * own;
    square += weight * market * market;
  });
  return square > 0 ? product / square : null;
}

function commonDays(benchmark: DailyReturns, asset: DailyReturns): Pair[] {
  const market = new Map(
    Array.from(benchmark.days, (day, i) => [day, benchmark.values[i] ?? Number.NaN]),
  );
  return Array.from(asset.days).flatMap((day, i) => {
    const found = market.get(day);
    return found === undefined ? [] : [{ market: found, own: asset.values[i] ?? Number.NaN }];
  });
}

import { dailyBars } from '../../src/risk/probability/bar.ts';
import type { Excursion } from '../../src/risk/probability/excursions.ts';
import {
  excursionProbability,
  excursionsOf,
  WARM_UP_BARS,
} from '../../src/risk/probability/excursions.ts';
import { hitProbability } from '../../src/risk/probability/hit-probability.ts';
import { rangeVolatilityPath } from '../../src/risk/probability/range-volatility.ts';
import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';
import { ewmaVariancePath } from '../../src/risk/statistics/ewma.ts';

export const PROBABILITY_METHODS = [
  'reflection, EWMA',
  'reflection, Parkinson',
  'filtered excursions',
  'raw excursions',
] as const;
type Method = (typeof PROBABILITY_METHODS)[number];

export interface BarrierScore {
  /** Share of the price the barrier is away. */
  readonly distance: number;
  readonly days: number;
  /** Share of days on which the barrier was touched. */
  readonly realised: number;
  readonly methods: Readonly<Record<Method, { readonly mean: number; readonly logLoss: number }>>;
}

const DISTANCES = [0.03, 0.05, 0.08, 0.1, 0.15];
const SIDES = [-1, 1];
const KEPT_DAYS = 500;
const SCORED_DAYS = 2000;
/** A formula that says never must not lose infinitely. */
const FLOOR = 1e-6;

/** Chances of a touch within the next day, told every evening of the last 2,000 days, against what came. */
export function calibrateProbability(assets: readonly CandleSeries[]): BarrierScore[] {
  const pasts = assets.map(pastOf);
  return DISTANCES.map((distance) => {
    const sums = new Map(PROBABILITY_METHODS.map((method) => [method, { told: 0, loss: 0 }]));
    let days = 0;
    let touches = 0;
    for (const past of pasts) {
      for (const evening of past) {
        for (const side of SIDES) {
          const barrier = Math.log(1 + side * distance);
          const isTouched = side < 0 ? evening.next.fall <= barrier : evening.next.rise >= barrier;
          days += 1;
          touches += Number(isTouched);
          for (const [method, sum] of sums) {
            const told = Math.min(1 - FLOOR, Math.max(FLOOR, tell(method, evening, barrier)));
            sum.told += told;
            sum.loss -= Math.log(isTouched ? told : 1 - told);
          }
        }
      }
    }
    const scores = [...sums].map(([method, { told, loss }]) => [
      method,
      { mean: told / days, logLoss: loss / days },
    ]);
    const methods = Object.fromEntries(scores) as BarrierScore['methods'];
    return { distance, days, realised: touches / days, methods };
  });
}

/** Mean over the barriers. */
export function meanLogLoss(scores: readonly BarrierScore[], method: Method): number {
  return scores.reduce((sum, { methods }) => sum + methods[method].logLoss, 0) / scores.length;
}

/** What is known at the end of a day, and what came. */
interface Evening {
  readonly windows: readonly Excursion[];
  readonly rawWindows: readonly Excursion[];
  readonly rangeSigma: number;
  readonly returnSigma: number;
  readonly next: Excursion;
}

function pastOf(series: CandleSeries): Evening[] {
  const bars = dailyBars(series);
  const { windows } = excursionsOf(bars, { keep: bars.length, span: 1 });
  const first = WARM_UP_BARS + 1;
  if (windows.length !== bars.length - first) throw new Error(`${series.asset} has holes`);
  const sigmas = rangeVolatilityPath(bars);
  const returns = bars.slice(1).map((bar, i) => Math.log(bar.close / (bars[i]?.close ?? 0)));
  const variances = ewmaVariancePath(returns);
  const raw = windows.map(({ fall, rise }, k) => {
    const sigma = sigmas[k + first] ?? Number.NaN;
    return { fall: fall * sigma, rise: rise * sigma };
  });
  const from = Math.max(KEPT_DAYS, windows.length - SCORED_DAYS);
  return raw.slice(from).map((next, i) => {
    const k = from + i;
    return {
      windows: windows.slice(k - KEPT_DAYS, k),
      rawWindows: raw.slice(k - KEPT_DAYS, k),
      rangeSigma: sigmas[k + first] ?? Number.NaN,
      // Return t ends with bar t + 1, so the forecast for bar t has the place before it.
      returnSigma: Math.sqrt(variances[k + first - 1] ?? Number.NaN),
      next,
    };
  });
}

function tell(method: Method, evening: Evening, barrier: number): number {
  const { windows, rawWindows, rangeSigma, returnSigma } = evening;
  const barriers = barrier < 0 ? { below: barrier, above: null } : { below: null, above: barrier };
  switch (method) {
    case 'reflection, EWMA':
      return reflection(barrier, returnSigma);
    case 'reflection, Parkinson':
      return reflection(barrier, rangeSigma);
    case 'filtered excursions':
      return excursionProbability({ windows, sigma: rangeSigma }, barriers, rangeSigma);
    case 'raw excursions':
      return excursionProbability({ windows: rawWindows, sigma: 1 }, barriers, 1);
    default:
      throw new TypeError(method satisfies never);
  }
}

function reflection(barrier: number, sigmaDaily: number): number {
  return hitProbability({
    mark: 1,
    barrier: Math.exp(barrier),
    sigmaAnnual: sigmaDaily * Math.sqrt(365),
    years: 1 / 365,
    driftAnnual: 0,
    barrierGrowthAnnual: 0,
  });
}

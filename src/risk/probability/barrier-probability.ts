import type { AssetOutlook } from './asset-outlook.ts';
import { HORIZON_HOURS } from './asset-outlook.ts';
import { excursionProbability } from './excursions.ts';
import { hitProbability } from './hit-probability.ts';
import type {
  HorizonName,
  LiquidationProbability,
  ProbabilityFigure,
  ProbabilityMissing,
} from './liquidation-probability.ts';

/** Prices at which something is liquidated, and where the price is: plain numbers, for statistics. */
export interface PriceBarriers {
  readonly mark: number;
  /** Below the mark; null: no fall does it. */
  readonly below: number | null;
  /** Above the mark; null: no rise does it. */
  readonly above: number | null;
  /** Log growth of the barriers per year by funding; 0 where it is not known. */
  readonly growthAnnual: number;
}

const HOURS_A_YEAR = 365 * 24;

/**
 * Probability that a barrier is touched, for every horizon: by the asset's own excursions, else by the
 * reflection formula with its volatility, else unknown with the reason. Funding is counted where it moves
 * a barrier nearer; with excursions no help is expected of it, since rates turn.
 */
export function barrierProbability(
  outlook: AssetOutlook | undefined,
  barriers: PriceBarriers,
): LiquidationProbability {
  return eachHorizon((horizon) => figureOf(outlook, barriers, horizon));
}

export function eachHorizon(
  figure: (horizon: HorizonName) => ProbabilityFigure,
): LiquidationProbability {
  return { '1h': figure('1h'), '8h': figure('8h'), '24h': figure('24h') };
}

export function unknownProbability(because: ProbabilityMissing): LiquidationProbability {
  return eachHorizon(() => ({ kind: 'unknown', because }));
}

/** 0: no price liquidates it; 1: it is past the price already. */
export function certainProbability(probability: 0 | 1): LiquidationProbability {
  return eachHorizon(() => ({
    kind: 'known',
    probability,
    method: 'certain',
    isCalibrated: true,
    dataAt: null,
  }));
}

function figureOf(
  outlook: AssetOutlook | undefined,
  barriers: PriceBarriers,
  horizon: HorizonName,
): ProbabilityFigure {
  if (outlook === undefined || outlook.dataAt === null) {
    return { kind: 'unknown', because: 'no-candles' };
  }
  const years = HORIZON_HOURS[horizon] / HOURS_A_YEAR;
  const own = outlook.horizons[horizon];
  if (own !== null) {
    const touched = excursionProbability(own.excursions, logBarriers(barriers, years), own.sigma);
    const method = own.isScaled ? 'excursions-scaled' : 'excursions';
    return known(touched, { method, isCalibrated: own.isCalibrated, dataAt: own.dataAt });
  }
  if (outlook.sigmaAnnual === null) return { kind: 'unknown', because: 'no-volatility' };
  const touched = reflected(barriers, outlook.sigmaAnnual, years);
  return known(touched, { method: 'reflection', isCalibrated: false, dataAt: outlook.dataAt });
}

function logBarriers({ mark, below, above, growthAnnual }: PriceBarriers, years: number) {
  const growth = growthAnnual * years;
  return {
    below: below === null ? null : Math.log(below / mark) + Math.max(0, growth),
    above: above === null ? null : Math.log(above / mark) + Math.min(0, growth),
  };
}

/** Both sides added: a path that touches both within a day counts twice, which is on the safe side. */
function reflected(
  { mark, below, above, growthAnnual }: PriceBarriers,
  sigma: number,
  years: number,
) {
  const hit = (barrier: number | null): number =>
    barrier === null
      ? 0
      : hitProbability({
          mark,
          barrier,
          sigmaAnnual: sigma,
          years,
          driftAnnual: 0,
          barrierGrowthAnnual: growthAnnual,
        });
  return Math.min(1, hit(below) + hit(above));
}

function known(
  probability: number,
  label: Pick<Extract<ProbabilityFigure, { kind: 'known' }>, 'method' | 'isCalibrated' | 'dataAt'>,
): ProbabilityFigure {
  return Number.isFinite(probability)
    ? { kind: 'known', probability, ...label }
    : { kind: 'unknown', because: 'not-finite' };
}

import type { CandleSeries } from '../statistics/candle-series.ts';
import { DAY_MS } from '../statistics/candle-series.ts';
import type { DailyReturns } from '../statistics/daily-returns.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import type { Bar, HourlyCandle } from './bar.ts';
import { dailyBars, hourlyBars } from './bar.ts';
import type { Excursions } from './excursions.ts';
import { excursionsOf } from './excursions.ts';
import type { HorizonName } from './liquidation-probability.ts';

/** An asset's closed candles, as far as there are any. */
export interface AssetHistory {
  readonly asset: string;
  readonly daily: CandleSeries | null;
  readonly hourly: readonly HourlyCandle[] | null;
}

/** What an asset's past says of its next hours. Made when a candle closes, asked at every tick. */
export interface AssetOutlook {
  readonly asset: string;
  /** Forecast of today's volatility per square root of a year of 365 days; null: too little history. */
  readonly sigmaAnnual: number | null;
  readonly horizons: Readonly<Record<HorizonName, HorizonOutlook | null>>;
  /** Logarithmic, for correlations; null without daily candles. */
  readonly returns: DailyReturns | null;
  /** End of the newest candle, epoch ms; null without any. */
  readonly dataAt: number | null;
}

interface HorizonOutlook {
  readonly excursions: Excursions;
  /** Volatility of the whole horizon: of the windows themselves, or scaled from longer ones. */
  readonly sigma: number;
  readonly isScaled: boolean;
  readonly isCalibrated: boolean;
  readonly dataAt: number;
}

export const HOUR_MS = 3_600_000;
export const HORIZON_HOURS: Readonly<Record<HorizonName, number>> = { '1h': 1, '8h': 8, '24h': 24 };

/** Days the calibration of the method was measured with. */
const DAYS_KEPT = 500;
const HOURS_KEPT = 90 * 24;
/** Shortest past that excursions are counted from; below it the formula knows as much. */
const LEAST_WINDOWS = 100;
/** Shortest past that gives a volatility. */
const LEAST_DAYS = 10;
const LEAST_HOURS = 48;
/** A forecast from older candles is shown, but no longer as a calibrated one. */
const MOST_DAILY_AGE_MS = 2 * DAY_MS;
const MOST_HOURLY_AGE_MS = 6 * HOUR_MS;

export function assetOutlook({ asset, daily, hourly }: AssetHistory, now: number): AssetOutlook {
  const days = daily === null ? [] : dailyBars(daily);
  const hours = hourly === null ? [] : hourlyBars(hourly);
  const byDay = windowsOf({ bars: days, span: 1, barMs: DAY_MS });
  const fromDays = (scale: number): HorizonOutlook | null =>
    byDay === null || byDay.excursions.windows.length < LEAST_WINDOWS
      ? null
      : {
          ...byDay,
          sigma: byDay.excursions.sigma * Math.sqrt(scale),
          isScaled: scale !== 1,
          isCalibrated:
            scale === 1 &&
            byDay.excursions.windows.length >= DAYS_KEPT &&
            now - byDay.dataAt <= MOST_DAILY_AGE_MS,
        };
  const short = (span: number): HorizonOutlook | null =>
    fromHours(hours, span, now) ?? fromDays(span / HORIZON_HOURS['24h']);
  return {
    asset,
    sigmaAnnual: sigmaOf(days, hours),
    horizons: { '1h': short(1), '8h': short(HORIZON_HOURS['8h']), '24h': fromDays(1) },
    returns: daily === null ? null : dailyReturns(daily, 'log'),
    dataAt: newest(byDay?.dataAt ?? null, endOf(hours, HOUR_MS)),
  };
}

/** Null with less than 90 days of hours: then days, scaled, know more. */
function fromHours(hours: readonly Bar[], span: number, now: number): HorizonOutlook | null {
  const found = windowsOf({ bars: hours, span, barMs: HOUR_MS });
  // What warming up and the window's own length take off the 90 days; a day of holes is forgiven.
  if (found === null || found.excursions.windows.length < HOURS_KEPT - 2 * 24) return null;
  return {
    ...found,
    sigma: found.excursions.sigma,
    isScaled: false,
    isCalibrated: now - found.dataAt <= MOST_HOURLY_AGE_MS,
  };
}

interface BarKind {
  readonly bars: readonly Bar[];
  readonly span: number;
  readonly barMs: number;
}

function windowsOf({
  bars,
  span,
  barMs,
}: BarKind): Pick<HorizonOutlook, 'excursions' | 'dataAt'> | null {
  const dataAt = endOf(bars, barMs);
  const keep = barMs === DAY_MS ? DAYS_KEPT : HOURS_KEPT;
  const excursions = excursionsOf(bars, { keep, span });
  return dataAt === null || !(excursions.sigma > 0) ? null : { excursions, dataAt };
}

function endOf(bars: readonly Bar[], barMs: number): number | null {
  const last = bars.at(-1);
  return last === undefined ? null : (last.index + 1) * barMs;
}

function newest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.max(a, b);
}

function sigmaOf(days: readonly Bar[], hours: readonly Bar[]): number | null {
  if (days.length >= LEAST_DAYS) {
    const sigma = excursionsOf(days, { keep: 0, span: 1 }).sigma * Math.sqrt(365);
    return sigma > 0 ? sigma : null;
  }
  if (hours.length < LEAST_HOURS) return null;
  const sigma = excursionsOf(hours, { keep: 0, span: 1 }).sigma * Math.sqrt(365 * 24);
  return sigma > 0 ? sigma : null;
}

export const DAY_MS = 86_400_000;

/** One UTC day of prices, in doubles: candles feed statistics, never money. */
export interface DailyCandle {
  /** Days since 1970-01-01; the day runs from 00:00 UTC to 24:00 UTC. */
  readonly day: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

interface CandleDefect {
  readonly day: number;
  /** `missing`: no candle between two others. `malformed`: not four positive prices in order. */
  readonly reason: 'missing' | 'malformed' | 'duplicate';
}

/** Days strictly ascending, each candle sound. A hole stays a hole: no price is ever filled in. */
export interface CandleSeries {
  /** Base asset, as in the exposure report. */
  readonly asset: string;
  readonly candles: readonly DailyCandle[];
  /** What was wrong with the rows, by day; a malformed day is not reported as missing again. */
  readonly defects: readonly CandleDefect[];
}

/** The UTC day a moment (epoch ms) lies in. */
export function utcDay(at: number): number {
  return Math.floor(at / DAY_MS);
}

/**
 * A series from rows in any order. Malformed rows are left out and named; of two rows for one day the
 * first is kept. The running day must not be among the rows unless the caller cuts it off (`upToDay`).
 */
export function candleSeries(asset: string, rows: readonly DailyCandle[]): CandleSeries {
  const defects: CandleDefect[] = [];
  const byDay = new Map<number, DailyCandle>();
  for (const row of rows) {
    if (!isSound(row)) defects.push({ day: row.day, reason: 'malformed' });
    else if (byDay.has(row.day)) defects.push({ day: row.day, reason: 'duplicate' });
    else byDay.set(row.day, row);
  }
  const candles = [...byDay.values()].sort((a, b) => a.day - b.day);
  const named = new Set(defects.map(({ day }) => day));
  for (const day of absentDays(candles)) {
    if (!named.has(day)) defects.push({ day, reason: 'missing' });
  }
  return { asset, candles, defects: defects.sort((a, b) => a.day - b.day) };
}

/** The series as it was known at the end of that day: no look ahead, no running candle. */
export function upToDay(series: CandleSeries, day: number): CandleSeries {
  return {
    asset: series.asset,
    candles: series.candles.filter((candle) => candle.day <= day),
    defects: series.defects.filter((defect) => defect.day <= day),
  };
}

function isSound({ day, open, high, low, close }: DailyCandle): boolean {
  const isPositive = [open, high, low, close].every((x) => Number.isFinite(x) && x > 0);
  return (
    Number.isInteger(day) &&
    isPositive &&
    low <= Math.min(open, close) &&
    high >= Math.max(open, close)
  );
}

/** A venue that lists an asset anew after years would make millions of rows; a hole is cut at 400 days. */
const LONGEST_LISTED_HOLE = 400;

function absentDays(candles: readonly DailyCandle[]): number[] {
  return candles.flatMap(({ day }, index) => {
    const next = candles[index + 1];
    if (next === undefined) return [];
    const absent = Math.min(next.day - day - 1, LONGEST_LISTED_HOLE);
    return Array.from({ length: absent }, (_, i) => day + 1 + i);
  });
}

import { correlationMatrix } from '../statistics/correlation.ts';
import type { AssetOutlook } from './asset-outlook.ts';

/** Volatilities and correlations of assets that move together. */
export interface MarketModel {
  readonly assets: readonly string[];
  /** Per square root of a year. */
  readonly sigmas: readonly number[];
  readonly correlation: readonly (readonly number[])[];
  /** The oldest of the assets' newest candles: the whole is as old as its oldest part. */
  readonly dataAt: number;
}

/** Common days below which a correlation is noise; the EWMA's own memory is about as long. */
const LEAST_DAYS = 60;

/**
 * The assets that have a volatility and enough days in common; the others are left out, and what holds
 * them cannot be simulated. Null when none is left.
 */
export function marketModel(
  assets: Iterable<string>,
  outlooks: ReadonlyMap<string, AssetOutlook>,
): MarketModel | null {
  const usable = [...new Set(assets)].flatMap((asset) => {
    const { sigmaAnnual, returns, dataAt } = outlooks.get(asset) ?? NOTHING;
    if (sigmaAnnual === null || returns === null || dataAt === null) return [];
    if (returns.days.length < LEAST_DAYS) return [];
    const byDay = new Map([...returns.days].map((day, i) => [day, returns.values[i]]));
    return [{ asset, sigmaAnnual, byDay, dataAt }];
  });
  if (usable.length === 0) return null;
  const [first] = usable;
  const days = [...(first?.byDay.keys() ?? [])].filter((day) =>
    usable.every(({ byDay }) => byDay.has(day)),
  );
  if (days.length < LEAST_DAYS) return null;
  const columns = usable.map(({ byDay }) => days.map((day) => byDay.get(day) ?? Number.NaN));
  return {
    assets: usable.map(({ asset }) => asset),
    sigmas: usable.map(({ sigmaAnnual }) => sigmaAnnual),
    correlation: correlationMatrix(columns).map((row) => [...row]),
    dataAt: Math.min(...usable.map(({ dataAt }) => dataAt)),
  };
}

const NOTHING = { sigmaAnnual: null, returns: null, dataAt: null };

import type { InstrumentId } from '../domain/units.ts';
import type { Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import type { Clock } from '../ports/clock.ts';
import type { FundingPayment } from '../ports/funding-store.ts';
import type { Candle, CandleInterval } from '../ports/market-data.ts';
import type { AssetOutlook } from '../risk/probability/asset-outlook.ts';
import { assetOutlook } from '../risk/probability/asset-outlook.ts';
import type { CandleSeries } from '../risk/statistics/candle-series.ts';
import { candleSeries, DAY_MS, utcDay } from '../risk/statistics/candle-series.ts';
import { fitGarchFilters } from '../risk/var/filters.ts';
import { type VarModel, varModel } from '../risk/var/var-model.ts';
import type { MarketGap } from './market-gap.ts';
import type { MarketHistory } from './market-history.ts';
import { wantedMarkets } from './wanted-markets.ts';

/** What is known of the market; what is not is in `gaps`, by name. */
export interface MarketView {
  readonly outlooks: ReadonlyMap<string, AssetOutlook>;
  /** Closed UTC days, by asset. */
  readonly series: readonly CandleSeries[];
  /** Null without any candles. */
  readonly varModel: VarModel | null;
  /** Signed, over a year: positive is paid by longs. */
  readonly fundingAnnual: ReadonlyMap<InstrumentId, number>;
  /** What was settled in the last days, ascending. */
  readonly payments: ReadonlyMap<InstrumentId, readonly FundingPayment[]>;
  readonly gaps: readonly MarketGap[];
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * DAY_MS;

/**
 * Turns the candles at hand into what the statistics need, and makes each anew only when a candle has
 * closed: an outlook costs milliseconds, a fitted model more, and questions come by the second.
 */
export function createMarketView(
  history: MarketHistory,
  clock: Clock,
): (snapshot: Snapshot) => MarketView {
  const outlooks = new Map<string, { readonly key: string; readonly outlook: AssetOutlook }>();
  let model: { readonly key: string; readonly value: VarModel } | null = null;

  const candlesOf = (asset: string, interval: CandleInterval, gaps: MarketGap[]) => {
    const found = history.candles(asset, interval);
    if (!found.ok) {
      gaps.push(found.error);
      return null;
    }
    if (found.value.gap) gaps.push(found.value.gap);
    return found.value.candles;
  };

  const outlookOf = (
    asset: string,
    daily: CandleSeries | null,
    hourly: readonly Candle[] | null,
  ) => {
    const key = `${daily?.candles.at(-1)?.day ?? ''} ${hourly?.at(-1)?.openTime ?? ''}`;
    const known = outlooks.get(asset);
    if (known?.key === key) return known.outlook;
    const hours = hourly?.map((candle) => ({
      ...candle,
      hour: Math.floor(candle.openTime / HOUR_MS),
    }));
    const outlook = assetOutlook({ asset, daily, hourly: hours ?? null }, clock.now());
    outlooks.set(asset, { key, outlook });
    return outlook;
  };

  const modelOf = (series: readonly CandleSeries[]): VarModel | null => {
    if (series.length === 0) return null;
    const asOfDay = utcDay(clock.now()) - 1;
    const newest = series.map(({ asset, candles }) => `${asset} ${candles.at(-1)?.day ?? ''}`);
    const key = `${asOfDay} ${newest.join(' ')}`;
    if (model?.key !== key) {
      const garch = fitGarchFilters(series, asOfDay);
      model = { key, value: varModel({ series, asOfDay, garch }) };
    }
    return model.value;
  };

  return (snapshot) => {
    const { assets } = wantedMarkets(snapshot);
    const gaps: MarketGap[] = [];
    const series: CandleSeries[] = [];
    const seen = new Map<string, AssetOutlook>();
    for (const asset of anchorFirst(assets)) {
      const days = candlesOf(asset, '1d', gaps);
      const daily = days && candleSeries(asset, days.map(dayOf));
      if (daily) series.push(daily);
      // Hours sharpen the short horizons; without them those are scaled and say so.
      const hours = candlesOf(asset, '1h', []);
      seen.set(asset, outlookOf(asset, daily, hours));
    }
    return {
      outlooks: seen,
      series,
      varModel: modelOf(series),
      ...fundingOf(snapshot, history, gaps),
      gaps,
    };
  };
}

/** The model's days are those of its first asset with enough of them: the oldest coin is the anchor. */
function anchorFirst(assets: readonly string[]): string[] {
  return assets.toSorted((a, b) => Number(b === 'BTC') - Number(a === 'BTC'));
}

function dayOf(candle: Candle) {
  return { ...candle, day: utcDay(candle.openTime) };
}

function fundingOf(snapshot: Snapshot, history: MarketHistory, gaps: MarketGap[]) {
  const fundingAnnual = new Map<InstrumentId, number>();
  const payments = new Map<InstrumentId, readonly FundingPayment[]>();
  for (const { instrument } of positionsOf(snapshot)) {
    if (payments.has(instrument.id)) continue;
    const found = history.funding(instrument);
    if (!found.ok) {
      gaps.push(found.error);
      continue;
    }
    payments.set(instrument.id, found.value.payments);
    const { rate, intervalMs: told } = found.value.current.value;
    // Annualised by the actual interval, of which a feed says nothing: then that of the last payment.
    const intervalMs = told ?? found.value.payments.at(-1)?.intervalMs ?? null;
    if (intervalMs) fundingAnnual.set(instrument.id, rate.times(YEAR_MS / intervalMs).toNumber());
  }
  return { fundingAnnual, payments };
}

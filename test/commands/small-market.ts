import type { CommandContext } from '../../src/app/command.ts';
import type { MarketGap } from '../../src/app/market-gap.ts';
import type { MarketView } from '../../src/app/market-view.ts';
import { dec } from '../../src/domain/decimal.ts';
import { asAccountId, asRatio, asUsd } from '../../src/domain/units.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import { positionsOf } from '../../src/portfolio/snapshot.ts';
import type { AccountPoint } from '../../src/ports/account-history.ts';
import { assessDesk } from '../../src/risk/assess-desk.ts';
import { assetOutlook } from '../../src/risk/probability/asset-outlook.ts';
import { judgeDesk } from '../../src/risk/probability/judge-desk.ts';
import type { CandleSeries } from '../../src/risk/statistics/candle-series.ts';
import { candleSeries, utcDay } from '../../src/risk/statistics/candle-series.ts';
import { scoreForecasts } from '../../src/risk/var/score-forecasts.ts';
import { varModel } from '../../src/risk/var/var-model.ts';
import { LAST_DAY, sampleSeries } from '../risk/var/sample-market.ts';

/** 2026-03-01 14:32:05 UTC. */
export const NOW = Date.UTC(2026, 2, 1, 14, 32, 5);
const TODAY = utcDay(NOW);
const HOUR_MS = 3_600_000;

/** Nobody trades a perpetual of PEPE here; SOL was listed lately. */
const SERIES: readonly CandleSeries[] = [
  sampleSeries('BTC', 700, { seed: 1 }),
  sampleSeries('ETH', 700, { beta: 1.3, seed: 2 }),
  sampleSeries('SOL', 400, { beta: 1.5, noise: 0.02, seed: 3 }),
].map(({ asset, candles }) =>
  candleSeries(
    asset,
    candles.map((candle) => ({
      ...candle,
      // Ranges, so that a day has a low and a high beyond its close.
      high: candle.close * 1.015,
      low: candle.close * 0.985,
      day: candle.day - LAST_DAY + TODAY - 1,
    })),
  ),
);

/** The market as a console that has run for a while knows it. */
export function knownMarket(snapshot: Snapshot): MarketView {
  const positions = positionsOf(snapshot);
  const held = new Set(positions.map(({ instrument }) => instrument.asset));
  const series = SERIES.filter(({ asset }) => held.has(asset));
  const missing = [...held].filter((asset) => !SERIES.some((one) => one.asset === asset));
  const traded = positions.filter(({ instrument }) => !missing.includes(instrument.asset));
  const payments = [0, 8].map((hour) => ({
    paidAt: (TODAY * 24 + hour) * HOUR_MS,
    rate: asRatio(dec('0.0001')),
    intervalMs: 8 * HOUR_MS,
  }));
  const yesterday = payments.map((payment) => ({
    ...payment,
    paidAt: payment.paidAt - 24 * HOUR_MS,
  }));
  return {
    series,
    outlooks: new Map(
      series.map((daily) => [
        daily.asset,
        assetOutlook({ asset: daily.asset, daily, hourly: null }, NOW),
      ]),
    ),
    varModel: series.length === 0 ? null : varModel({ series, asOfDay: TODAY - 1 }),
    fundingAnnual: new Map(traded.map(({ instrument }) => [instrument.id, 0.11])),
    payments: new Map(traded.map(({ instrument }) => [instrument.id, [...yesterday, ...payments]])),
    gaps: missing.map((subject) =>
      gap({ what: 'candles', subject, reason: { kind: 'no-contract' } }),
    ),
  };
}

/** The market of a console that started a second ago. */
export function unreadMarket(snapshot: Snapshot): MarketView {
  const instruments = positionsOf(snapshot).map(({ instrument }) => instrument);
  const reason = { kind: 'not-read-yet' } as const;
  return {
    series: [],
    outlooks: new Map(),
    varModel: null,
    fundingAnnual: new Map(),
    payments: new Map(),
    gaps: [
      ...[...new Set(instruments.map(({ asset }) => asset))].map((subject) =>
        gap({ what: 'candles', subject, reason }),
      ),
      ...instruments.map(({ symbol: subject }) => gap({ what: 'funding', subject, reason })),
    ],
  };
}

function gap(facts: Omit<MarketGap, 'lastGoodAt'> & Partial<MarketGap>): MarketGap {
  return { lastGoodAt: null, ...facts };
}

/** The parts of a context that the market is behind. */
export function marketContext(
  snapshot: Snapshot,
  marketFor: (snapshot: Snapshot) => MarketView = knownMarket,
): Pick<CommandContext, 'judge' | 'market' | 'varScore' | 'openings' | 'dayPoints'> {
  return {
    judge: (asked) => {
      const { outlooks, fundingAnnual } = marketFor(asked);
      const evidence = { outlooks, fundingAnnual, depth: new Map(), simulation: null };
      return Promise.resolve(judgeDesk(assessDesk(asked), evidence));
    },
    market: marketFor,
    varScore: () => Promise.resolve(scoreForecasts(forecasts())),
    openings: () => Promise.resolve(openingsOf(snapshot)),
    dayPoints: () => Promise.resolve([...openingsOf(snapshot).values()]),
  };
}

/** Everybody opened the day two dollars lower; the last account was first seen at noon. */
function openingsOf(
  snapshot: Snapshot,
): ReadonlyMap<string & AccountPoint['account'], AccountPoint> {
  const known = snapshot.accounts.filter(({ margin }) => margin?.equityUsd);
  return new Map(
    known.map(({ account, margin }, index): [AccountPoint['account'], AccountPoint] => [
      asAccountId(account.id),
      {
        account: account.id,
        at: TODAY * 24 * HOUR_MS + (index === known.length - 1 ? 12 * HOUR_MS : 20_000),
        equityUsd: margin?.equityUsd ? asUsd(margin.equityUsd.minus(2)) : null,
        initialMarginUsd: null,
        maintenanceMarginUsd: null,
        healthFactor: null,
      },
    ]),
  );
}

/** A thousand days of a VaR of $1,000 that broke on seventeen, never on two in a row. */
function forecasts() {
  return Array.from({ length: 1000 }, (_, index) => ({
    day: TODAY - 1001 + index,
    madeAt: (TODAY - 1001 + index) * 24 * HOUR_MS,
    method: 'fhs',
    var99Usd: 1000,
    es975Usd: 1050,
    var95Usd: 700,
    var975Usd: null,
    exposures: [],
    outcome: { pnlUsd: index % 58 === 57 ? -1200 : index % 20 === 9 ? -800 : 100 },
  }));
}

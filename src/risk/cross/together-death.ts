import type { Decimal } from '../../domain/decimal.ts';
import { ONE } from '../../domain/decimal.ts';
import { isDollar } from '../../domain/money.ts';
import type { Ratio } from '../../domain/units.ts';
import { asRatio } from '../../domain/units.ts';
import { betaTo, stressBeta } from '../statistics/beta.ts';
import type { CandleSeries } from '../statistics/candle-series.ts';
import { dailyReturns } from '../statistics/daily-returns.ts';
import { estimateRatio } from '../statistics/estimate-ratio.ts';
import { accountDeath } from './account-death.ts';
import type { LivePool } from './live-pool.ts';
import type { LegMissing } from './moved-pools.ts';

/** What the betas are to. */
export const BENCHMARK = 'BTC';

/** Where an account is liquidated if everything it holds moves together by beta. */
export interface TogetherDeath {
  /** Move of the benchmark, negative, at which the first pool goes; null: no fall does it, or `missing`. */
  readonly fall: Ratio | null;
  /** The same of a rise, positive. */
  readonly rise: Ratio | null;
  /** A pool is past liquidation already: fall and rise are where it would be saved. */
  readonly isPast: boolean;
  /** The larger of beta and down beta; 1 for the benchmark. Estimates. */
  readonly betas: ReadonlyMap<string, Ratio>;
  /** Assets whose beta nobody knows: they are moved one to one. */
  readonly assumed: readonly string[];
  readonly missing: LegMissing | null;
}

/** Null without a cross pool that a price moves. */
export function togetherDeath(
  pools: readonly LivePool[],
  series: readonly CandleSeries[],
): TogetherDeath | null {
  const assets = assetsOf(pools);
  if (assets.length === 0) return null;
  const known = new Map(
    assets.flatMap((asset) => {
      const beta = betaOf(asset, series);
      return beta === null ? [] : [[asset, beta] as const];
    }),
  );
  const assumed = assets.filter((asset) => !known.has(asset));
  const betas = new Map(assets.map((asset) => [asset, known.get(asset) ?? asRatio(ONE)]));
  const death = accountDeath(pools, betas);
  const { below, above, isPast } = death.ok ? death.value : NOT_KNOWN;
  const missing = death.ok ? null : death.error;
  return { fall: moveTo(below), rise: moveTo(above), isPast, betas, assumed, missing };
}

const NOT_KNOWN = { below: null, above: null, isPast: false };

function moveTo(factor: Decimal | null): Ratio | null {
  return factor === null ? null : asRatio(factor.minus(ONE));
}

function assetsOf(pools: readonly LivePool[]): string[] {
  const legs = pools.flatMap(({ positions }) =>
    positions.map(({ instrument }) => instrument.asset),
  );
  const coins = pools.flatMap((pool) => pool.coins).filter(({ quantity }) => !quantity.isZero());
  const all = [...legs, ...coins.map(({ coin }) => coin)];
  return [...new Set(all)].filter((asset) => !isDollar(asset));
}

function betaOf(asset: string, series: readonly CandleSeries[]): Ratio | null {
  if (asset === BENCHMARK) return asRatio(ONE);
  const benchmark = series.find((one) => one.asset === BENCHMARK);
  const own = series.find((one) => one.asset === asset);
  if (benchmark === undefined || own === undefined) return null;
  const beta = betaTo(dailyReturns(benchmark, 'log'), dailyReturns(own, 'log'));
  // Without a common day the beta is a convention, not an estimate.
  return beta.commonDays === 0 ? null : estimateRatio(stressBeta(beta));
}

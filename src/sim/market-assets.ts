import { type Decimal, dec } from '../domain/decimal.ts';
import type { SimAsset } from './model.ts';

/** How one asset starts and behaves in the simulated market. */
export interface MarketAsset {
  /** Price at the first second. */
  readonly start: number;
  readonly tick: Decimal;
  /** Standard deviation of a day's log return. */
  readonly dailyVolatility: number;
  /** Correlation with the one common factor. */
  readonly loading: number;
  /** Dollars resting at one level of the book. */
  readonly levelUsd: number;
  readonly openInterestUsd: number;
}

export const MARKET_ASSETS: Readonly<Record<SimAsset, MarketAsset>> = {
  BTC: {
    start: 65_500,
    tick: dec('0.1'),
    dailyVolatility: 0.026,
    loading: 0.93,
    levelUsd: 240_000,
    openInterestUsd: 3.2e9,
  },
  ETH: {
    start: 3_450,
    tick: dec('0.01'),
    dailyVolatility: 0.033,
    loading: 0.9,
    levelUsd: 160_000,
    openInterestUsd: 1.9e9,
  },
  SOL: {
    start: 152,
    tick: dec('0.01'),
    dailyVolatility: 0.044,
    loading: 0.82,
    levelUsd: 70_000,
    openInterestUsd: 6.1e8,
  },
  BNB: {
    start: 588,
    tick: dec('0.1'),
    dailyVolatility: 0.028,
    loading: 0.8,
    levelUsd: 45_000,
    openInterestUsd: 2.4e8,
  },
  XRP: {
    start: 0.52,
    tick: dec('0.0001'),
    dailyVolatility: 0.039,
    loading: 0.76,
    levelUsd: 50_000,
    openInterestUsd: 3.3e8,
  },
  DOGE: {
    start: 0.125,
    tick: dec('0.00001'),
    dailyVolatility: 0.05,
    loading: 0.8,
    levelUsd: 35_000,
    openInterestUsd: 2.7e8,
  },
};

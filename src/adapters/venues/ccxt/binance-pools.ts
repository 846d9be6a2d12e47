import type { CollateralBalance } from '../../../domain/account.ts';
import {
  type Decimal,
  ONE,
  parseDecimal,
  ratioOf,
  sumKnown,
  ZERO,
} from '../../../domain/decimal.ts';
import type { VenueRatio } from '../../../domain/position.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asUsd } from '../../../domain/units.ts';
import { garbledOf, isRecord, type RawRecord, textOf, timeOf } from './raw-record.ts';

/** US dollars per coin at mark; dollar coins are one; null when nobody quotes it. */
export type PriceOf = (asset: string) => Decimal | null;

/** One row of `assets[]` that holds or owes something. */
export interface AssetPool {
  readonly asset: string;
  /** Wallet plus unrealized PnL settled in this asset. */
  readonly marginBalance: Decimal;
  readonly row: RawRecord;
}

const POOL_FIGURES = ['availableBalance', 'initialMargin', 'openOrderInitialMargin', 'maintMargin'];

/** Rows of an account's `assets[]` that are not empty. */
export function parsePools(rows: unknown): Result<AssetPool[], string> {
  if (!Array.isArray(rows)) return err('assets');
  const pools: AssetPool[] = [];
  for (const row of rows) {
    const asset = isRecord(row) ? textOf(row, 'asset') : null;
    if (!isRecord(row) || asset === null) return err('asset');
    const marginBalance = parseDecimal(row['marginBalance']);
    if (marginBalance === null) return err('marginBalance');
    const garbled = garbledOf(row, POOL_FIGURES);
    if (garbled !== null) return err(garbled);
    const owes = parseDecimal(row['initialMargin'])?.isZero() === false;
    if (!marginBalance.isZero() || owes) pools.push({ asset, marginBalance, row });
  }
  return ok(pools);
}

export function collateralOf(pools: readonly AssetPool[], priceOf: PriceOf): CollateralBalance[] {
  return pools
    .filter((pool) => !pool.marginBalance.isZero())
    .map(({ asset, marginBalance }) => {
      const price = priceOf(asset);
      const venueUsd = price === null ? null : asUsd(marginBalance.times(price));
      return { asset, quantity: marginBalance, venueUsd, brackets: null };
    });
}

/** A field of every pool in dollars; one coin without a price makes the sum unknown. */
export function sumInUsd(
  pools: readonly AssetPool[],
  field: string,
  priceOf: PriceOf,
): Decimal | null {
  return sumKnown(
    pools.map(({ asset, row }) => {
      const amount = parseDecimal(row[field]);
      if (amount?.isZero()) return ZERO;
      const price = priceOf(asset);
      return amount === null || price === null ? null : amount.times(price);
    }),
  );
}

/** Where each coin is a margin pool of its own, the account is as near to liquidation as the worst. */
export function worstPoolRatio(pools: readonly AssetPool[]): VenueRatio | null {
  let worst: VenueRatio | null = null;
  for (const { marginBalance, row } of pools) {
    const ratio = marginRatio(parseDecimal(row['maintMargin']), marginBalance);
    if (ratio === null) return null;
    if (worst === null || ratio.value.gt(worst.value)) worst = ratio;
  }
  return worst;
}

/** Maintenance ÷ margin balance. With nothing left to divide by there is no ratio, not a good one. */
export function marginRatio(
  maintenance: Decimal | null,
  balance: Decimal | null,
): VenueRatio | null {
  const value = maintenance?.isZero()
    ? ZERO
    : balance?.gt(0)
      ? ratioOf(maintenance, balance)
      : null;
  if (value === null) return null;
  return { name: 'marginRatio', value, direction: 'up', liquidatesAt: ONE };
}

export function lastUpdateOf(pools: readonly AssetPool[]): number | null {
  const times = pools.flatMap(({ row }) => timeOf(row, 'updateTime') ?? []);
  return times.length === 0 ? null : Math.max(...times);
}

import type { AccountMargin } from '../../../domain/account.ts';
import { type Decimal, dec, parseDecimal, ZERO } from '../../../domain/decimal.ts';
import { isDollar } from '../../../domain/money.ts';
import { err, ok, type Result } from '../../../domain/result.ts';
import { asUsd, type Usd } from '../../../domain/units.ts';
import {
  type AssetPool,
  collateralOf,
  lastUpdateOf,
  marginRatio,
  type PriceOf,
  parsePools,
  sumInUsd,
  worstPoolRatio,
} from './binance-pools.ts';
import { garbledOf, isRecord, type RawRecord, textOf, timeOf } from './raw-record.ts';

export interface BinanceMarginContext {
  readonly priceOf: PriceOf;
  readonly observedAt: number;
}

const USDM_TOTALS = [
  'availableBalance',
  'totalInitialMargin',
  'totalOpenOrderInitialMargin',
  'totalMaintMargin',
];

/**
 * `fapi/v3/account`. In multi-assets mode the totals are the whole account in US dollars; in
 * single-asset mode they count USDT alone (developers.binance.com, Account Information V3, read
 * 2026-11-25), so other assets are added from `assets[]`, each its own margin pool.
 * The multi-assets total is after haircuts: Σ min(equity × bid rate, equity × ask rate), the figure that
 * liquidation is decided by ("How to Calculate Margin in Multi-Assets Mode", read 2026-11-25). It
 * belongs into the ratio; equity is before haircuts.
 */
export function parseUsdmAccount(
  reply: unknown,
  context: BinanceMarginContext,
): Result<AccountMargin, string> {
  if (!isRecord(reply)) return err('account');
  const total = parseDecimal(reply['totalMarginBalance']);
  if (total === null) return err('totalMarginBalance');
  const garbled = garbledOf(reply, USDM_TOTALS);
  if (garbled !== null) return err(garbled);
  const pools = parsePools(reply['assets']);
  if (!pools.ok) return pools;
  if (countsUsdtOnly(reply, pools.value, total)) return ok(sumOfPools(pools.value, context));
  const maintenance = parseDecimal(reply['totalMaintMargin']);
  return ok({
    equityUsd: asUsd(beforeHaircuts(pools.value, context.priceOf) ?? total),
    availableUsd: usdAt(reply, 'availableBalance'),
    initialMarginUsd: usdAt(reply, 'totalInitialMargin'),
    orderMarginUsd: usdAt(reply, 'totalOpenOrderInitialMargin'),
    maintenanceMarginUsd: usdOf(maintenance),
    venueRatio: marginRatio(maintenance, total),
    venueStatus: null,
    // With one asset alone both modes are the same pool.
    pooling: pools.value.length > 1 ? 'account' : 'coin',
    collateral: collateralOf(pools.value, context.priceOf),
    observedAt: context.observedAt,
    venueUpdatedAt: lastUpdateOf(pools.value),
  });
}

/**
 * Null when the venue's total is the better figure: among dollar coins alone, where the haircut is a
 * ten-thousandth, and beside a coin without a price. That coin's missing `venueUsd` tells, and a total
 * after haircuts errs to the safe side.
 */
function beforeHaircuts(pools: readonly AssetPool[], priceOf: PriceOf): Decimal | null {
  if (pools.every(({ asset }) => isDollar(asset))) return null;
  return sumInUsd(pools, 'marginBalance', priceOf);
}

/** v3 does not name the mode; totals equal to the USDT row beside other balances give it away. */
function countsUsdtOnly(reply: RawRecord, pools: readonly AssetPool[], total: Decimal): boolean {
  const hasOthers = pools.some((pool) => pool.asset !== 'USDT');
  if (typeof reply['multiAssetsMargin'] === 'boolean')
    return hasOthers && !reply['multiAssetsMargin'];
  const usdt = pools.find((pool) => pool.asset === 'USDT')?.marginBalance ?? ZERO;
  return hasOthers && usdt.eq(total);
}

/** `dapi/v1/account`: every coin is a pool of its own and there is no total in dollars. */
export function parseCoinmAccount(
  reply: unknown,
  context: BinanceMarginContext,
): Result<AccountMargin, string> {
  if (!isRecord(reply)) return err('account');
  const pools = parsePools(reply['assets']);
  return pools.ok ? ok(sumOfPools(pools.value, context)) : pools;
}

function sumOfPools(pools: readonly AssetPool[], context: BinanceMarginContext): AccountMargin {
  const sum = (field: string): Usd | null => usdOf(sumInUsd(pools, field, context.priceOf));
  return {
    equityUsd: sum('marginBalance'),
    availableUsd: sum('availableBalance'),
    initialMarginUsd: sum('initialMargin'),
    orderMarginUsd: sum('openOrderInitialMargin'),
    maintenanceMarginUsd: sum('maintMargin'),
    venueRatio: worstPoolRatio(pools),
    venueStatus: null,
    pooling: 'coin',
    collateral: collateralOf(pools, context.priceOf),
    observedAt: context.observedAt,
    venueUpdatedAt: lastUpdateOf(pools),
  };
}

/** Liquidation of a portfolio margin account begins at 105 % of maintenance. */
const UNI_MMR_FLOOR = dec('1.05');

const PORTFOLIO_FIGURES = [
  ...['uniMMR', 'actualEquity', 'accountInitialMargin', 'accountMaintMargin'],
  ...['totalAvailableBalance', 'virtualMaxWithdrawAmount'],
];

/**
 * `papi/v1/account` with `papi/v1/balance`. Equity is `actualEquity`, before collateral haircuts;
 * `accountEquity` is after them and only stands in when the other is missing.
 */
export function parsePortfolioAccount(
  replies: { readonly account: unknown; readonly balance: unknown },
  context: BinanceMarginContext,
): Result<AccountMargin, string> {
  const { account, balance } = replies;
  if (!isRecord(account)) return err('account');
  const equity = parseDecimal(account['actualEquity']) ?? parseDecimal(account['accountEquity']);
  if (equity === null) return err('accountEquity');
  const garbled = garbledOf(account, PORTFOLIO_FIGURES);
  if (garbled !== null) return err(garbled);
  const collateral = parsePortfolioBalance(balance, context.priceOf);
  if (!collateral.ok) return collateral;
  const uniMmr = parseDecimal(account['uniMMR']);
  return ok({
    equityUsd: asUsd(equity),
    availableUsd:
      usdAt(account, 'totalAvailableBalance') ?? usdAt(account, 'virtualMaxWithdrawAmount'),
    initialMarginUsd: usdAt(account, 'accountInitialMargin'),
    orderMarginUsd: null,
    maintenanceMarginUsd: usdAt(account, 'accountMaintMargin'),
    venueRatio:
      uniMmr === null
        ? null
        : { name: 'uniMMR', value: uniMmr, direction: 'down', liquidatesAt: UNI_MMR_FLOOR },
    venueStatus: textOf(account, 'accountStatus')?.toLowerCase() ?? null,
    pooling: 'account',
    collateral: collateral.value,
    observedAt: context.observedAt,
    venueUpdatedAt: timeOf(account, 'updateTime'),
  });
}

const PORTFOLIO_TERMS = [
  ['totalWalletBalance', 1],
  ['umUnrealizedPNL', 1],
  ['cmUnrealizedPNL', 1],
  ['crossMarginBorrowed', -1],
  ['crossMarginInterest', -1],
] as const;

/** Equity per coin: wallets and PnL of both futures sides, less what the margin account borrowed. */
function parsePortfolioBalance(
  reply: unknown,
  priceOf: PriceOf,
): Result<AccountMargin['collateral'], string> {
  if (!Array.isArray(reply)) return err('balance');
  const pools: AssetPool[] = [];
  for (const row of reply) {
    const asset = isRecord(row) ? textOf(row, 'asset') : null;
    if (!isRecord(row) || asset === null) return err('asset');
    let marginBalance = ZERO;
    for (const [field, sign] of PORTFOLIO_TERMS) {
      const amount = parseDecimal(row[field]);
      if (amount === null) return err(field);
      marginBalance = marginBalance.plus(amount.times(sign));
    }
    pools.push({ asset, marginBalance, row });
  }
  return ok(collateralOf(pools, priceOf));
}

function usdAt(record: RawRecord, field: string): Usd | null {
  return usdOf(parseDecimal(record[field]));
}

function usdOf(value: Decimal | null): Usd | null {
  return value === null ? null : asUsd(value);
}

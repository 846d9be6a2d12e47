import type { AccountInspection } from '../../../ports/venue.ts';
import { type BinanceSurface, isOpenBinanceRow } from './binance-book.ts';
import { clockOffset } from './clock-offset.ts';
import { listOf } from './malformed.ts';
import { isRecord, type RawRecord, textOf } from './raw-record.ts';
import type { VenueSession } from './venue-profile.ts';

export interface BinanceInspectionPlan {
  /** Implicit method that answers `serverTime`. */
  readonly time: string;
  /** Implicit method that answers `dualSidePosition`, and `multiAssetsMargin` where it exists. */
  readonly config: string;
  readonly surfaces: readonly BinanceSurface[];
  /** The permission of the key that this product trades by. */
  readonly mayTradeField: 'enableFutures' | 'enablePortfolioMarginTrading';
  readonly mode: 'portfolio' | null;
}

/** What a key may do (sapi, for futures keys too), how the account is set, what is open where. */
export async function inspectBinance(
  session: VenueSession,
  plan: BinanceInspectionPlan,
): Promise<AccountInspection> {
  const [clockOffsetMs, key, config, lists] = await Promise.all([
    clockOffset(session, plan.time, (reply) => (isRecord(reply) ? reply['serverTime'] : null)),
    askOf(session, 'sapiGetAccountApiRestrictions'),
    askOf(session, plan.config),
    Promise.all(
      plan.surfaces.map(async (surface) => ({
        surface,
        rows: listOf(await session.call(surface.positions), 'positions').filter(isOpenBinanceRow),
      })),
    ),
  ]);
  return {
    clockOffsetMs,
    mayTrade: flagOf(key, plan.mayTradeField),
    mayWithdraw: flagOf(key, 'enableWithdrawals'),
    hasIpList: flagOf(key, 'ipRestrict'),
    modes: [
      ...(plan.mode === null ? [] : [plan.mode]),
      ...word(flagOf(config, 'multiAssetsMargin'), 'multi-currency', 'single-currency'),
      ...word(flagOf(config, 'dualSidePosition'), 'hedge', 'one-way'),
    ],
    categories: lists.flatMap(({ surface, rows }) => categoriesOf(surface, rows)),
  };
}

/**
 * Optional knowledge: demo has no sapi, and a key may not be allowed to ask. That the key works at all
 * is told by the position lists, which are not optional.
 */
async function askOf(session: VenueSession, method: string): Promise<RawRecord | null> {
  try {
    const reply = await session.call(method);
    return isRecord(reply) ? reply : null;
  } catch {
    return null;
  }
}

function flagOf(record: RawRecord | null, field: string): boolean | null {
  const value = record?.[field];
  return typeof value === 'boolean' ? value : null;
}

function word(flag: boolean | null, yes: string, no: string): string[] {
  return flag === null ? [] : [flag ? yes : no];
}

/** USD-M by margin asset; USDT is named even when it holds nothing. */
function categoriesOf(
  surface: BinanceSurface,
  rows: readonly unknown[],
): AccountInspection['categories'] {
  if (surface.tierUnit === 'base') return [{ name: 'inverse', positions: rows.length }];
  const counts = new Map([['USDT', 0]]);
  for (const row of rows) {
    const asset = isRecord(row) ? marginAssetOf(row) : '?';
    counts.set(asset, (counts.get(asset) ?? 0) + 1);
  }
  return [...counts].map(([asset, positions]) => ({ name: `linear ${asset}`, positions }));
}

/** Portfolio margin rows name no margin asset; the symbol ends with it, before a delivery date. */
function marginAssetOf(row: RawRecord): string {
  const bySymbol = /(USDT|USDC|USD1|BUSD|BTC)(?:_\d+)?$/.exec(textOf(row, 'symbol') ?? '')?.[1];
  return textOf(row, 'marginAsset') ?? bySymbol ?? '?';
}

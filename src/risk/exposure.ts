import type { Decimal } from '../domain/decimal.ts';
import { Decimal as D, ZERO } from '../domain/decimal.ts';
import { handlesOf } from '../domain/handle.ts';
import type { AccountId, Handle, Ratio, Usd } from '../domain/units.ts';
import { asUsd } from '../domain/units.ts';
import type { AccountSnapshot, Snapshot } from '../portfolio/snapshot.ts';
import { positionsOf } from '../portfolio/snapshot.ts';
import { coinPriceFrom } from './coin-price.ts';
import type { Concentration } from './concentration.ts';
import { concentrationOf, exposureShares } from './concentration.ts';
import { hedgeRatio } from './hedge-ratio.ts';
import type { Holding } from './holding.ts';
import { holdingsOf, netQuantity } from './holding.ts';
import { unrealizedPnlUsd } from './position-risk.ts';

/**
 * Long, short and net of the desk. Sums count what is known; a figure is null when there is
 * something to count and none of it is known. What was left out is in `unpriced`,
 * `unpricedCollateral`, `missing` and `missingMargin`.
 */
export interface ExposureReport {
  readonly totals: ExposureTotals;
  /** Largest |net| first; unknown net first of all. */
  readonly byAsset: readonly AssetExposure[];
  /** In desk order; accounts never read are in `missing` instead. */
  readonly byAccount: readonly AccountExposure[];
  /** Largest gross first. */
  readonly byVenue: readonly VenueExposure[];
  readonly concentration: Concentration;
  /** Positions whose value in USD is not known: in no USD figure. */
  readonly unpriced: readonly Handle[];
  /** Coins held as collateral whose price nobody gave: in no USD figure. */
  readonly unpricedCollateral: readonly { readonly account: AccountId; readonly asset: string }[];
  /** Accounts whose positions were never read: in nothing here. */
  readonly missing: readonly AccountId[];
  /** Accounts whose equity is not known, and with it usually which coins they hold. */
  readonly missingMargin: readonly AccountId[];
  readonly takenAt: number;
}

export interface ExposureFigures {
  /** Positions only. */
  readonly longUsd: Usd | null;
  readonly shortUsd: Usd | null;
  /** Long − short + coin collateral. */
  readonly netUsd: Usd | null;
  /** Long + short. */
  readonly grossUsd: Usd | null;
}

/** `netUsd` is the sum over the assets whose net is known. */
interface ExposureTotals extends ExposureFigures {
  readonly collateralUsd: Usd | null;
  readonly unrealizedPnlUsd: Usd | null;
  readonly equityUsd: Usd | null;
  readonly positions: number;
  /** Accounts that are in these totals. */
  readonly accounts: number;
}

export interface AssetExposure extends ExposureFigures {
  readonly asset: string;
  /** The asset itself held as coin collateral, its equity at mark; dollar coins are not here. */
  readonly collateralUsd: Usd | null;
  /** Long − short + collateral in units of the asset itself (not of 1000PEPE). */
  readonly netQuantity: Decimal | null;
  /**
   * min ÷ max of the two sides, collateral beside the longs (a debt beside the shorts). Null when there
   * is nothing to hedge, and when a part is not known: half a hedge looks like none.
   */
  readonly hedgeRatio: Ratio | null;
  /** |net| ÷ Σ|net| over assets. */
  readonly share: Ratio | null;
  /** How many accounts hold it. */
  readonly accounts: number;
}

interface AccountExposure extends ExposureFigures {
  readonly account: AccountId;
  readonly equityUsd: Usd | null;
}

interface VenueExposure extends ExposureFigures {
  readonly venue: string;
  readonly equityUsd: Usd | null;
}

export function assessExposure(snapshot: Snapshot): ExposureReport {
  const accounts = snapshot.accounts.filter(({ status }) => status !== 'missing');
  const priceOf = coinPriceFrom(snapshot);
  const holdings = accounts.flatMap((account) => holdingsOf(account, priceOf));
  const handles = handlesOf(positionsOf(snapshot));
  const byAsset = assetsOf(holdings);
  const unpriced = holdings.filter(({ usd }) => usd === null);
  return {
    totals: totalsOf(accounts, holdings, byAsset),
    byAsset,
    byAccount: accounts.map((account) => ({
      account: account.account.id,
      ...accountFigures([account], holdings),
    })),
    byVenue: venuesOf(accounts, holdings),
    concentration: concentrationOf(exposureShares(byAsset)),
    unpriced: unpriced.flatMap(({ position }) => {
      const handle = position === null ? undefined : handles.get(position);
      return handle === undefined ? [] : [handle];
    }),
    unpricedCollateral: unpriced.flatMap(({ position, account, asset }) =>
      position === null ? [{ account, asset }] : [],
    ),
    missing: idsOf(snapshot.accounts.filter(({ status }) => status === 'missing')),
    missingMargin: idsOf(accounts.filter(({ margin }) => (margin?.equityUsd ?? null) === null)),
    takenAt: snapshot.takenAt,
  };
}

function totalsOf(
  accounts: readonly AccountSnapshot[],
  holdings: readonly Holding[],
  byAsset: readonly AssetExposure[],
): ExposureTotals {
  const positions = accounts.flatMap((account) => account.positions);
  if (accounts.length === 0) return NOTHING_KNOWN;
  return {
    ...sidesOf(holdings),
    netUsd: sumOfKnown(byAsset.map(({ netUsd }) => netUsd)),
    unrealizedPnlUsd: sumOfKnown(positions.map(unrealizedPnlUsd)),
    equityUsd: equityOf(accounts),
    positions: positions.length,
    accounts: accounts.length,
  };
}

const NOTHING_KNOWN: ExposureTotals = {
  longUsd: null,
  shortUsd: null,
  collateralUsd: null,
  netUsd: null,
  grossUsd: null,
  unrealizedPnlUsd: null,
  equityUsd: null,
  positions: 0,
  accounts: 0,
};

function assetsOf(holdings: readonly Holding[]): AssetExposure[] {
  const rows = [...Map.groupBy(holdings, ({ asset }) => asset)].map(([asset, held]) => ({
    asset,
    ...sidesOf(held),
    netQuantity: netQuantity(held),
    hedgeRatio: held.some(({ usd }) => usd === null) ? null : hedgeOf(held),
    accounts: new Set(held.map(({ account }) => account)).size,
  }));
  const shares = exposureShares(rows);
  return rows
    .map((row) => ({ ...row, share: shares.get(row.asset) ?? null }))
    .toSorted((a, b) => bySize(a.netUsd, b.netUsd) || (a.asset < b.asset ? -1 : 1));
}

function hedgeOf(held: readonly Holding[]): Ratio | null {
  const { longUsd, shortUsd, collateralUsd } = sidesOf(held);
  if (longUsd === null || shortUsd === null || collateralUsd === null) return null;
  return hedgeRatio(
    longUsd.plus(D.max(collateralUsd, ZERO)),
    shortUsd.minus(D.min(collateralUsd, ZERO)),
  );
}

function venuesOf(
  accounts: readonly AccountSnapshot[],
  holdings: readonly Holding[],
): VenueExposure[] {
  return [...Map.groupBy(accounts, ({ account }) => account.venue)]
    .map(([venue, members]) => ({ venue, ...accountFigures(members, holdings) }))
    .toSorted((a, b) => bySize(a.grossUsd, b.grossUsd) || (a.venue < b.venue ? -1 : 1));
}

function accountFigures(
  members: readonly AccountSnapshot[],
  holdings: readonly Holding[],
): ExposureFigures & { readonly equityUsd: Usd | null } {
  const ids = new Set(idsOf(members));
  const { longUsd, shortUsd, netUsd, grossUsd } = sidesOf(
    holdings.filter(({ account }) => ids.has(account)),
  );
  return { longUsd, shortUsd, netUsd, grossUsd, equityUsd: equityOf(members) };
}

function sidesOf(
  held: readonly Holding[],
): ExposureFigures & { readonly collateralUsd: Usd | null } {
  const of = (role: Holding['role']): Usd | null =>
    sumOfKnown(held.filter((holding) => holding.role === role).map(({ usd }) => usd));
  const longUsd = of('long');
  const shortUsd = of('short');
  const collateralUsd = of('collateral');
  const areLegsKnown = longUsd !== null && shortUsd !== null;
  return {
    longUsd,
    shortUsd,
    collateralUsd,
    netUsd:
      areLegsKnown && collateralUsd !== null
        ? asUsd(longUsd.minus(shortUsd).plus(collateralUsd))
        : null,
    grossUsd: areLegsKnown ? asUsd(longUsd.plus(shortUsd)) : null,
  };
}

function equityOf(accounts: readonly AccountSnapshot[]): Usd | null {
  return sumOfKnown(accounts.map(({ margin }) => margin?.equityUsd ?? null));
}

/** Sum of those that are known; zero of nothing, null when there is something and none is known. */
function sumOfKnown(values: readonly (Decimal | null)[]): Usd | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0 && values.length > 0) return null;
  return asUsd(known.reduce((total, value) => total.plus(value), ZERO));
}

/** Largest absolute first, unknown before all: what cannot be judged is looked at first. */
function bySize(a: Decimal | null, b: Decimal | null): number {
  if (a === null || b === null) return Number(b === null) - Number(a === null);
  return b.abs().comparedTo(a.abs());
}

function idsOf(accounts: readonly AccountSnapshot[]): AccountId[] {
  return accounts.map(({ account }) => account.id);
}

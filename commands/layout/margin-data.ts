import type { Decimal } from '../../src/domain/decimal.ts';
import { ZERO } from '../../src/domain/decimal.ts';
import type { AccountRisk, MarginFigures } from '../../src/risk/account-risk.ts';
import type { PoolRisk } from '../../src/risk/pool-risk.ts';
import type { JudgedAccount } from '../../src/risk/probability/judge-desk.ts';
import type { AccountDay } from './margin-day.ts';
import { probabilityData } from './probability-data.ts';

/** One account as `ask --json` shows it. */
export function accountData(
  row: JudgedAccount,
  day: AccountDay | undefined,
): Readonly<Record<string, unknown>> {
  const { account, status, margin: reading } = row.account;
  return {
    account: account.id,
    venue: account.venue,
    status,
    ...marginData(row),
    venueRatio: row.venueRatio && { name: row.venueRatio.name, value: row.venueRatio.value },
    venueRiskUse: row.venueRiskUse,
    ...probabilityData(row.probability),
    equityChangeUsd: day?.equityChangeUsd ?? null,
    equityChangeSince: day?.openedAt ? new Date(day.openedAt).toISOString() : null,
    fundingPaidTodayUsd: day?.fundingPaidUsd ?? null,
    observedAt: reading === null ? null : new Date(reading.observedAt).toISOString(),
  };
}

/** The pool under the same keys; it has no ratio of a venue. */
export function totalsData(
  totals: PoolRisk,
  accounts: readonly AccountRisk[],
  days: readonly AccountDay[],
): Readonly<Record<string, unknown>> {
  return {
    ...poolData(accounts),
    ...marginData(totals),
    ...dayData(days),
    missing: totals.missing,
  };
}

/** Over the accounts that know; the others are named. */
function dayData(days: readonly AccountDay[]): Readonly<Record<string, unknown>> {
  const unchanged = days.filter(({ equityChangeUsd }) => equityChangeUsd === null);
  const unfunded = days.filter(({ fundingPaidUsd }) => fundingPaidUsd === null);
  return {
    equityChangeUsd: total(days.map(({ equityChangeUsd }) => equityChangeUsd)),
    equityChangeMissing: unchanged.map(({ account }) => account),
    fundingPaidTodayUsd: total(days.map(({ fundingPaidUsd }) => fundingPaidUsd)),
    fundingPaidMissing: unfunded.map(({ account }) => account),
  };
}

function total(amounts: readonly (Decimal | null)[]): Decimal | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : known.reduce((sum, amount) => sum.plus(amount), ZERO);
}

/** The rest of an account's keys, as far as they mean something for all of them. */
function poolData(accounts: readonly AccountRisk[]): Readonly<Record<string, unknown>> {
  const states = accounts.map(({ account }) => account.status);
  const times = accounts.flatMap(({ account }) => account.margin?.observedAt ?? []);
  const status = (['missing', 'stale'] as const).find((state) => states.includes(state)) ?? 'ok';
  const oldest = times.length === 0 ? null : new Date(Math.min(...times)).toISOString();
  return { account: null, venue: null, status, venueRatio: null, observedAt: oldest };
}

function marginData(figures: MarginFigures): Readonly<Record<string, unknown>> {
  const { equityUsd, availableUsd, initialMarginUsd, orderMarginUsd } = figures;
  const { maintenanceMarginUsd, marginUsage, riskUse, healthFactor, band } = figures;
  const money = { equityUsd, availableUsd, initialMarginUsd, orderMarginUsd, maintenanceMarginUsd };
  return { ...money, marginUsage, riskUse, healthFactor, band };
}

import type { AccountRisk, MarginFigures } from '../../src/risk/account-risk.ts';
import type { PoolRisk } from '../../src/risk/pool-risk.ts';

/** One account as `ask --json` shows it. */
export function accountData(row: AccountRisk): Readonly<Record<string, unknown>> {
  const { account, status, margin: reading } = row.account;
  return {
    account: account.id,
    venue: account.venue,
    status,
    ...marginData(row),
    venueRatio: row.venueRatio && { name: row.venueRatio.name, value: row.venueRatio.value },
    venueRiskUse: row.venueRiskUse,
    observedAt: reading === null ? null : new Date(reading.observedAt).toISOString(),
  };
}

/** The pool under the same keys; it has no ratio of a venue. */
export function totalsData(
  totals: PoolRisk,
  accounts: readonly AccountRisk[],
): Readonly<Record<string, unknown>> {
  return { ...poolData(accounts), ...marginData(totals), missing: totals.missing };
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

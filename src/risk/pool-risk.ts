import type { Decimal } from '../domain/decimal.ts';
import { ZERO } from '../domain/decimal.ts';
import type { AccountId, Usd } from '../domain/units.ts';
import { asUsd } from '../domain/units.ts';
import type { AccountRisk, MarginFigures } from './account-risk.ts';
import { marginBand } from './account-risk.ts';
import { healthFactor, marginUsage, riskUse } from './margin-ratio.ts';

/**
 * The desk as one pool: what is known, summed; a figure is null only when no account knows it.
 * Ratios are over the accounts that know both halves, so that no requirement stands without its equity.
 */
export interface PoolRisk extends MarginFigures {
  /** Accounts whose equity, initial or maintenance margin is not (wholly) in the sums. */
  readonly missing: readonly AccountId[];
}

export function assessPool(accounts: readonly AccountRisk[]): PoolRisk {
  const withUsage = accounts.filter((a) => a.equityUsd !== null && a.initialMarginUsd !== null);
  const withHealth = accounts.filter(
    (a) => a.equityUsd !== null && a.maintenanceMarginUsd !== null,
  );
  const usage = marginUsage(sum(withUsage, 'initialMarginUsd'), sum(withUsage, 'equityUsd'));
  const maintenance = sum(withHealth, 'maintenanceMarginUsd');
  const equity = sum(withHealth, 'equityUsd');
  const health = healthFactor(equity, maintenance);
  const equityUsd = sum(accounts, 'equityUsd');
  const isFlat = accounts.every((a) => a.account.status !== 'missing' && a.healthFactor === null);
  return {
    equityUsd,
    availableUsd: sum(accounts, 'availableUsd'),
    initialMarginUsd: sum(accounts, 'initialMarginUsd'),
    orderMarginUsd: sum(accounts, 'orderMarginUsd'),
    maintenanceMarginUsd: sum(accounts, 'maintenanceMarginUsd'),
    marginUsage: usage,
    riskUse: riskUse(maintenance, equity),
    healthFactor: isFlat ? null : health,
    band: marginBand({ usage, health, venues: null, equityUsd }),
    missing: accounts
      .filter((a) => !withUsage.includes(a) || !withHealth.includes(a))
      .map((a) => a.account.account.id),
  };
}

type Summed =
  | 'equityUsd'
  | 'availableUsd'
  | 'initialMarginUsd'
  | 'orderMarginUsd'
  | 'maintenanceMarginUsd';

function sum(accounts: readonly AccountRisk[], key: Summed): Usd | null {
  const known = accounts.map((account) => account[key]).filter((value) => value !== null);
  if (known.length === 0) return null;
  return asUsd(known.reduce((total: Decimal, value) => total.plus(value), ZERO));
}

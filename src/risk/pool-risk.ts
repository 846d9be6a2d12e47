import { total } from '../domain/sum.ts';
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
  const equityUsd = sum(accounts, 'equityUsd');
  const initialMarginUsd = sum(accounts, 'initialMarginUsd');
  const maintenanceMarginUsd = sum(accounts, 'maintenanceMarginUsd');
  // Usually everybody knows everything, and the sums are the same ones.
  const sumOver = (known: readonly AccountRisk[], key: Summed, whole: Usd | null) =>
    known.length === accounts.length ? whole : sum(known, key);
  const usage = marginUsage(
    sumOver(withUsage, 'initialMarginUsd', initialMarginUsd),
    sumOver(withUsage, 'equityUsd', equityUsd),
  );
  const maintenance = sumOver(withHealth, 'maintenanceMarginUsd', maintenanceMarginUsd);
  const equity = sumOver(withHealth, 'equityUsd', equityUsd);
  const health = healthFactor(equity, maintenance);
  const isFlat = accounts.every((a) => a.account.status !== 'missing' && a.healthFactor === null);
  return {
    equityUsd,
    availableUsd: sum(accounts, 'availableUsd'),
    initialMarginUsd,
    orderMarginUsd: sum(accounts, 'orderMarginUsd'),
    maintenanceMarginUsd,
    marginUsage: usage,
    riskUse: riskUse(maintenance, equity),
    healthFactor: isFlat ? null : health,
    band: marginBand({ usage, health, venues: null, equityUsd }),
    missing: accounts
      .filter(
        (a) =>
          a.equityUsd === null || a.initialMarginUsd === null || a.maintenanceMarginUsd === null,
      )
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
  return asUsd(total(known));
}

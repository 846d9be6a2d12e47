import { Decimal as D } from '../../domain/decimal.ts';
import { estimateRatio } from '../statistics/estimate-ratio.ts';
import type { AccountOutcome, ScenarioOutcome } from './scenario-outcome.ts';
import { whatIfUsd } from './what-if-usd.ts';

/** One of many scenarios as `ask --json` shows it: what each account has at the worst point. */
export function scenarioBrief({ scenario, accounts, pooled }: ScenarioOutcome) {
  return {
    id: scenario.id,
    kind: scenario.kind,
    accounts: accounts.map((row) => ({
      account: row.account,
      equityUsd: whatIfUsd(row.equityUsd),
      maintenanceMarginUsd: whatIfUsd(row.maintenanceUsd),
      liquidated: row.isLiquidated,
    })),
    pooledHealthFactor: estimateRatio(pooled.healthFactor),
  };
}

/**
 * One scenario in every detail, as `ask --json` shows it: `equityUsd` and `maintenanceMarginUsd` at the worst point after
 * what was liquidated on the way, `gap…` the same with nothing liquidated before.
 */
export function scenarioData(outcome: ScenarioOutcome): Readonly<Record<string, unknown>> {
  const { scenario, accounts, pooled, net } = outcome;
  return {
    id: scenario.id,
    kind: scenario.kind,
    proxies: scenario.proxies,
    deleveraged: new D(scenario.deleveraged),
    accounts: accounts.map(accountData),
    pooledHealthFactor: estimateRatio(pooled.healthFactor),
    pooled: {
      equityUsd: whatIfUsd(pooled.equityUsd),
      maintenanceMarginUsd: whatIfUsd(pooled.maintenanceUsd),
      endEquityUsd: whatIfUsd(pooled.endEquityUsd),
      liquidated: pooled.isLiquidated,
      missing: pooled.missing,
    },
    net: net.map(({ asset, todayUsd, thenUsd }) => ({
      ...{ asset, todayUsd: whatIfUsd(todayUsd), thenUsd: whatIfUsd(thenUsd) },
    })),
  };
}

function accountData(row: AccountOutcome): Readonly<Record<string, unknown>> {
  const { account, isLiquidated, mayBeClaimed, unknown, basis, gap } = row;
  return {
    account,
    equityUsd: whatIfUsd(row.equityUsd),
    maintenanceMarginUsd: whatIfUsd(row.maintenanceUsd),
    liquidated: isLiquidated,
    lossUsd: whatIfUsd(row.lossUsd),
    endEquityUsd: whatIfUsd(row.endEquityUsd),
    gapEquityUsd: whatIfUsd(gap?.equityUsd ?? null),
    gapHealthFactor: estimateRatio(gap?.healthFactor ?? null),
    claimPossible: mayBeClaimed,
    liquidations: row.liquidations.map((each) => ({ ...each, share: estimateRatio(each.share) })),
    deleveraged: row.deleveraged.map((each) => ({
      ...each,
      rank: estimateRatio(each.rank),
      share: estimateRatio(each.share),
      closedUsd: whatIfUsd(each.closedUsd),
    })),
    unknown,
    basis,
  };
}

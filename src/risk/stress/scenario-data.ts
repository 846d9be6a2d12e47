import type { Decimal } from '../../domain/decimal.ts';
import { Decimal as D } from '../../domain/decimal.ts';
import type { AccountOutcome, ScenarioOutcome } from './scenario-outcome.ts';
import { whatIfUsd } from './what-if-usd.ts';

/**
 * One scenario as `ask --json` shows it: `equityUsd` and `maintenanceMarginUsd` at the worst point after
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
    pooledHealthFactor: whatIfRatio(pooled.healthFactor),
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
    gapHealthFactor: whatIfRatio(gap?.healthFactor ?? null),
    claimPossible: mayBeClaimed,
    liquidations: row.liquidations.map((each) => ({ ...each, share: whatIfRatio(each.share) })),
    deleveraged: row.deleveraged.map((each) => ({
      ...each,
      rank: whatIfRatio(each.rank),
      share: whatIfRatio(each.share),
      closedUsd: whatIfUsd(each.closedUsd),
    })),
    unknown,
    basis,
  };
}

const DIGITS = 6;

/** Six significant digits: a what-if has no more. */
function whatIfRatio(ratio: number | null): Decimal | null {
  return ratio === null || !Number.isFinite(ratio)
    ? null
    : new D(ratio).toSignificantDigits(DIGITS);
}

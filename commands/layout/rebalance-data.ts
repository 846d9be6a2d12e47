import type { AccountRisk } from '../../src/risk/account-risk.ts';
import type { RebalancePlan } from '../../src/risk/rebalance/plan-rebalance.ts';

/** A plan as `ask --json` shows it; amounts are whole cents. */
export function rebalanceData(
  plan: RebalancePlan,
  before: readonly AccountRisk[],
): Readonly<Record<string, unknown>> {
  return {
    feasible: plan.feasible,
    targetHealthFactor: plan.target,
    bestCommonHealthFactor: plan.commonMaximum,
    needUsd: plan.needUsd,
    capacityUsd: plan.capacityUsd,
    transfers: plan.transfers.map(({ from, to, amountUsd, currency, amount, executable }) => ({
      ...{ from, to, amountUsd, currency, amount, executable },
    })),
    after: plan.after.map((row, place) => ({
      account: row.account.account.id,
      healthFactor: row.healthFactor,
      healthFactorBefore: before[place]?.healthFactor ?? null,
      equityUsd: row.equityUsd,
      maintenanceMarginUsd: row.maintenanceMarginUsd,
      marginUsage: row.marginUsage,
    })),
    beyondHelp: plan.beyondHelp,
    unknown: plan.unknown,
    sendsNothing: plan.sendsNothing,
  };
}

import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { ZERO } from '../../src/domain/decimal.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Figure } from '../../src/replies/reply.ts';
import { figure } from '../../src/replies/table-of.ts';
import type { RebalancePlan } from '../../src/risk/rebalance/plan-rebalance.ts';
import { partly } from './coverage.ts';

export function rebalanceFigures(
  plan: RebalancePlan,
  snapshot: Snapshot,
  context: CommandContext,
): Figure[] {
  const { say, format } = context;
  const stale = snapshot.accounts.filter(({ status }) => status === 'stale').length;
  const of = { missing: plan.unknown.length, stale, total: snapshot.accounts.length };
  const best = format.multiple(plan.commonMaximum, 'down');
  return [
    figure(
      say('rebalance.plan'),
      partly(planText(plan, context), of, context),
      plan.feasible ? null : 'warn',
    ),
    figure(say('rebalance.target'), format.multiple(plan.target, 'nearest')),
    ...(plan.feasible ? [] : [figure(say('rebalance.best'), best, 'warn')]),
    ...(plan.needUsd.isZero()
      ? []
      : [
          figure(say('rebalance.need'), format.usd(plan.needUsd, 'up')),
          figure(say('rebalance.capacity'), format.usd(plan.capacityUsd, 'down')),
        ]),
  ];
}

function planText(plan: RebalancePlan, { say, format }: CommandContext): string {
  const { feasible, transfers, target } = plan;
  if (feasible && transfers.length === 0) {
    return say('rebalance.nothing', { target: format.multiple(target, 'nearest') });
  }
  const total = transfers.reduce((sum: Decimal, { amountUsd }) => sum.plus(amountUsd), ZERO);
  const facts = { amount: format.usd(total, 'up'), count: transfers.length };
  return say(feasible ? 'rebalance.reached' : 'rebalance.short', facts);
}

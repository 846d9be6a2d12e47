import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { worstOf } from '../src/replies/mark.ts';
import { assessAccount } from '../src/risk/account-risk.ts';
import { DEFAULT_GOAL } from '../src/risk/rebalance/default-goal.ts';
import { gapNotes } from './layout/coverage.ts';
import { dangerFigures, dangerNotes, endangered } from './layout/rebalance-danger.ts';
import { rebalanceData } from './layout/rebalance-data.ts';
import { rebalanceFigures } from './layout/rebalance-figures.ts';
import { rebalanceNotes } from './layout/rebalance-notes.ts';
import { afterTable, transferTable } from './layout/rebalance-tables.ts';

/** The cheapest transfers that bring every account to the target health, and what each has then. */
export const rebalance = defineCommand({
  name: 'rebalance',
  access: 'read',
  options: [],
  async run(context) {
    const snapshot = await context.snapshot();
    // Read when it is asked for: a start does not wait for it.
    const { planRebalance } = await import('../src/risk/rebalance/plan-rebalance.ts');
    const plan = planRebalance(snapshot, DEFAULT_GOAL);
    const before = snapshot.accounts.map(assessAccount);
    const near = endangered((await context.judge(snapshot)).positions);
    const gaps = gapsOf(snapshot);
    const isSafe = plan.feasible && plan.unknown.length === 0 && gaps.length === 0;
    return ok({
      data: rebalanceData(plan, before),
      gaps,
      reply: {
        title: context.say('rebalance.title'),
        severity: worstOf([
          isSafe ? (plan.transfers.length > 0 ? 'watch' : 'ok') : 'warn',
          near[0]?.band ?? null,
        ]),
        figures: [...rebalanceFigures(plan, snapshot, context), ...dangerFigures(near, context)],
        tables: [transferTable(plan, context), afterTable(plan, before, context)],
        paragraphs: [],
        notes: [
          ...dangerNotes(near, context),
          ...rebalanceNotes(plan, snapshot, context),
          ...gapNotes(snapshot, context),
        ],
        takenAt: snapshot.takenAt,
      },
    });
  },
});

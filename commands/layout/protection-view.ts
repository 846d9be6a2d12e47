import type { CommandContext } from '../../src/app/command.ts';
import type { PlanStatus } from '../../src/app/protection/run-plans.ts';
import type { Note, Table } from '../../src/replies/reply.ts';
import { tableOf, words } from '../../src/replies/table-of.ts';
import { latchData, latchNotes } from './latch-answer.ts';

/** The latch and the plans, for /status. Nothing where nothing protects the desk. */
export async function protectionView(context: CommandContext): Promise<{
  readonly data: Readonly<Record<string, unknown>>;
  readonly tables: readonly Table[];
  readonly notes: readonly Note[];
}> {
  const { protection } = context;
  if (!protection) return { data: {}, tables: [], notes: [] };
  const [latch, plans] = await Promise.all([protection.latch(), protection.plans()]);
  return {
    data: { protection: { latch: latchData(latch), plans: plans.map(planData) } },
    tables: plans.length === 0 ? [] : [planTable(plans, context)],
    notes: latchNotes(latch, context),
  };
}

export function planData({ plan, state, last }: PlanStatus) {
  const { id, account, position, when, isDryRun, until } = plan;
  return {
    ...{ id, account, position, when: { kind: when.kind, value: when.value }, dryRun: isDryRun },
    ...{ until: new Date(until).toISOString(), armed: state.isArmed, spentUsd: state.spentUsd },
    actedAt: state.actedAt === null ? null : new Date(state.actedAt).toISOString(),
    last: last === null ? null : last.kind === 'act' ? 'act' : last.because,
  };
}

export function planTable(rows: readonly PlanStatus[], { say }: CommandContext): Table {
  return tableOf<PlanStatus>({
    caption: say('plan.table'),
    empty: say('plan.none'),
    rows,
    columns: [
      words(say('plan.column'), 1, ({ plan }) => plan.id),
      words(say('column.account'), 2, ({ plan }) => plan.account),
      words(say('plan.dry'), 1, ({ plan }) => say(plan.isDryRun ? 'plan.yes' : 'plan.no')),
      words(say('plan.last'), 1, ({ last }) => {
        if (last === null) return '–';
        return last.kind === 'act' ? say('plan.act') : say(`plan.rest.${last.because}`);
      }),
    ],
  });
}

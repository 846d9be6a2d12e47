import type { CommandContext } from '../../src/app/command.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { AccountRisk } from '../../src/risk/account-risk.ts';
import type { PlannedTransfer } from '../../src/risk/rebalance/in-coins.ts';
import type { RebalancePlan } from '../../src/risk/rebalance/plan-rebalance.ts';

export function transferTable({ transfers }: RebalancePlan, context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<PlannedTransfer>({
    caption: transfers.length === 0 ? null : say('rebalance.transfers'),
    empty: say('rebalance.noTransfers'),
    rows: transfers,
    columns: [
      words(say('column.from'), 1, (row) => row.from),
      words(say('column.to'), 1, (row) => row.to),
      numbers(say('column.amount'), 1, (row) => format.amount(row.amountUsd, 'up')),
      numbers(say('column.coin'), 2, (row) => coinText(row, context)),
      words(say('column.by'), 2, (row) => say(`rebalance.${row.executable ? 'here' : 'hand'}`)),
    ],
  });
}

/** In the coin that is sent, exactly as planned. */
function coinText({ amount, currency }: PlannedTransfer, { format }: CommandContext): string {
  if (amount === null || currency === null) return '–';
  return `${format.quantity(amount)} ${currency}`;
}

interface Change {
  readonly account: string;
  readonly before: AccountRisk | undefined;
  readonly after: AccountRisk;
}

/** Every account, judged again with the transfers made. */
export function afterTable(
  plan: RebalancePlan,
  before: readonly AccountRisk[],
  context: CommandContext,
): Table {
  const { say, format } = context;
  const rows = plan.after.map((after, place): Change => {
    return { account: after.account.account.id, before: before[place], after };
  });
  return tableOf<Change>({
    caption: say('rebalance.after'),
    empty: say('margin.empty'),
    rows,
    columns: [
      words(say('column.account'), 1, (row) => row.account),
      numbers(say('column.healthNow'), 1, (row) =>
        format.multiple(row.before?.healthFactor ?? null, 'down'),
      ),
      numbers(say('column.healthAfter'), 1, ({ after }) => ({
        text: format.multiple(after.healthFactor, 'down'),
        severity: isShort(after, plan) ? 'warn' : null,
      })),
      numbers(say('column.equity'), 2, ({ after }) => format.amount(after.equityUsd, 'down')),
      numbers(say('column.usage'), 3, ({ after }) => format.percent(after.marginUsage, 'up')),
    ],
  });
}

function isShort({ healthFactor }: AccountRisk, { target }: RebalancePlan): boolean {
  return healthFactor?.lt(target) === true;
}

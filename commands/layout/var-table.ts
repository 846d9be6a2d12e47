import type { CommandContext } from '../../src/app/command.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { estimateRatio } from '../../src/risk/statistics/estimate-ratio.ts';
import { whatIfUsd } from '../../src/risk/stress/what-if-usd.ts';
import type { VarComponent } from '../../src/risk/var/var-answer.ts';
import type { VarView } from './var-view.ts';

/** Parts add up to the totals; a part below zero hedges the rest. */
export function componentTable({ answer }: VarView, { say, format }: CommandContext): Table {
  const rows = answer.kind === 'known' ? answer.components : [];
  const isFlat = answer.kind === 'known' && answer.omitted.length === 0;
  const amount = (usd: number) => format.amount(whatIfUsd(usd), 'up');
  return tableOf<VarComponent>({
    caption: rows.length === 0 ? null : say('var.byAsset'),
    empty: say(isFlat ? 'var.flat' : 'var.empty'),
    rows,
    columns: [
      words(say('column.asset'), 1, (row) => row.asset),
      numbers(say('column.varPart'), 1, (row) => amount(row.var99Usd)),
      numbers(say('column.shortfallPart'), 1, (row) => amount(row.es975Usd)),
      numbers(say('column.exposure'), 2, (row) =>
        format.amount(whatIfUsd(row.exposureUsd), 'nearest'),
      ),
      numbers(say('column.volatility'), 3, (row) =>
        format.percent(estimateRatio(row.dailyVolatility), 'up'),
      ),
    ],
  });
}

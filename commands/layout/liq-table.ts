import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { JudgedPosition } from '../../src/risk/probability/judge-desk.ts';
import { headlineOf } from '../../src/risk/probability/position-probability.ts';
import { coverageOf, emptyText } from './coverage.ts';
import {
  agePriority,
  distanceCell,
  liquidationText,
  priceText,
  stopCell,
} from './position-rows.ts';
import { probabilityText } from './probability-text.ts';

export function liquidationTable(
  rows: readonly JudgedPosition[],
  snapshot: Snapshot,
  context: CommandContext,
): Table {
  const { say, format } = context;
  return tableOf<JudgedPosition>({
    caption: null,
    empty: emptyText(say('liq.empty'), coverageOf(snapshot).missing, context),
    rows,
    columns: [
      words(say('column.id'), 1, (row) => row.handle),
      words(say('column.asset'), 1, (row) => row.position.instrument.asset),
      words(say('column.side'), 1, (row) => say(`side.${row.position.side}`)),
      numbers(say('column.distance'), 1, (row) => distanceCell(row, context)),
      numbers(say('column.probability'), 1, (row) =>
        probabilityText(headlineOf(row.probability)['24h'], context),
      ),
      numbers(say('column.liquidation'), 1, (row) => liquidationText(row, context)),
      numbers(say('column.mark'), 3, (row) => priceText(row, row.position.markPrice, context)),
      numbers(say('column.stop'), 1, (row) => stopCell(row, context)),
      numbers(say('column.health'), 4, (row) => format.multiple(row.healthFactor, 'down')),
      numbers(say('column.age'), agePriority(rows), (row) =>
        format.shortAge(snapshot.takenAt - row.position.observedAt),
      ),
      words(say('column.account'), 2, (row) => row.position.account),
    ],
  });
}

import type { CommandContext } from '../../src/app/command.ts';
import type { Snapshot } from '../../src/portfolio/snapshot.ts';
import type { Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import type { PositionRisk } from '../../src/risk/position-risk.ts';
import { coverageOf, emptyText } from './coverage.ts';
import { agePriority, distanceCell, liquidationText, priceText } from './position-rows.ts';

export function positionTable(
  rows: readonly PositionRisk[],
  snapshot: Snapshot,
  context: CommandContext,
): Table {
  const { say, format } = context;
  return tableOf<PositionRisk>({
    caption: null,
    empty: emptyText(say('positions.empty'), coverageOf(snapshot).missing, context),
    rows,
    columns: [
      words(say('column.id'), 1, (row) => row.handle),
      words(say('column.asset'), 1, (row) => row.position.instrument.asset),
      words(say('column.side'), 1, (row) => say(`side.${row.position.side}`)),
      numbers(say('column.notional'), 1, (row) => format.amount(row.notionalUsd, 'nearest')),
      numbers(say('column.pnl'), 1, (row) => format.amount(row.unrealizedPnlUsd, 'down')),
      numbers(say('column.quantity'), 3, ({ position }) => format.quantity(position.quantity)),
      numbers(say('column.entry'), 4, (row) => priceText(row, row.position.entryPrice, context)),
      numbers(say('column.mark'), 5, (row) => priceText(row, row.position.markPrice, context)),
      numbers(say('column.leverage'), 6, ({ position }) => format.leverage(position.leverage)),
      numbers(say('column.liquidation'), 7, (row) => liquidationText(row, context)),
      numbers(say('column.distance'), 7, (row) => distanceCell(row, context)),
      numbers(say('column.age'), agePriority(rows), (row) =>
        format.shortAge(snapshot.takenAt - row.position.observedAt),
      ),
      words(say('column.account'), 2, (row) => row.position.account),
    ],
  });
}

import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { chartIn } from './layout/chart-frame.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { liquidationChart } from './layout/liq-chart.ts';
import { liquidationFigures } from './layout/liq-figures.ts';
import { liquidationNotes } from './layout/liq-notes.ts';
import { byDanger } from './layout/liq-order.ts';
import { liquidationTable } from './layout/liq-table.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData, marketGapsOf } from './layout/market-scope.ts';
import { accountsIn, isIn } from './layout/narrow.ts';
import { positionData } from './layout/position-data.ts';
import { scopeOf } from './layout/scope.ts';

/** Positions by nearness of liquidation: its probability, then its distance. */
export const liq = defineCommand({
  name: 'liq',
  access: 'read',
  usesMarket: true,
  options: [
    { name: 'asset', type: 'asset' },
    { name: 'account', type: 'account' },
  ],
  async run(context, options) {
    const whole = await context.snapshot();
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const judged = await context.judge(whole);
    const rows = byDanger(judged.positions.filter(isIn(scope.value)));
    const held = rows.map(({ position }) => position);
    const kinds = ['candles', 'funding'] as const;
    const missing = marketGapsOf(held, whole, { context, kinds });
    const { takenAt } = snapshot;
    return ok({
      report: async () => ({ snapshot: whole, desk: judged }),
      data: {
        positions: rows.map((row) => positionData(row, takenAt)),
        marketGaps: missing.map(marketGapData),
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(context.say('liq.title'), scope.value),
        severity: severityOf(
          snapshot,
          rows.map((row) => row.band),
        ),
        figures: liquidationFigures(rows, snapshot, context),
        tables: [liquidationTable(rows, snapshot, context)],
        paragraphs: [],
        notes: [
          ...liquidationNotes(rows, context),
          ...gapNotes(snapshot, context),
          ...marketNotes(missing, context),
        ],
        takenAt,
        ...chartIn(
          liquidationChart(
            rows,
            { title: scopedTitle(context.say('chart.liquidation'), scope.value), snapshot },
            context,
          ),
        ),
      },
    });
  },
});

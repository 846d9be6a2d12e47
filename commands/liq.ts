import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { assessDesk } from '../src/risk/assess-desk.ts';
import type { PositionRisk } from '../src/risk/position-risk.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { liquidationFigures } from './layout/liq-figures.ts';
import { liquidationNotes } from './layout/liq-notes.ts';
import { liquidationTable } from './layout/liq-table.ts';
import { accountsIn, isIn } from './layout/narrow.ts';
import { positionData } from './layout/position-data.ts';
import { scopeOf } from './layout/scope.ts';

/** Positions by nearness of liquidation. */
export const liq = defineCommand({
  name: 'liq',
  access: 'read',
  options: [
    { name: 'asset', type: 'asset' },
    { name: 'account', type: 'account' },
  ],
  async run(context, options) {
    const whole = await context.snapshot();
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const rows = byNearness(assessDesk(whole).positions.filter(isIn(scope.value)));
    const { takenAt } = snapshot;
    return ok({
      data: { positions: rows.map((row) => positionData(row, takenAt)) },
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
        notes: [...liquidationNotes(rows, context), ...gapNotes(snapshot, context)],
        takenAt,
      },
    });
  },
});

/** Nearest first; then those nobody knows, since they may be near; those without a price last. */
function byNearness(rows: readonly PositionRisk[]): PositionRisk[] {
  const known = rows.filter((row) => row.liquidationDistance !== null);
  const none = rows.filter((row) => row.liquidationState === 'none');
  const unknown = rows.filter((row) => !known.includes(row) && !none.includes(row));
  known.sort((a, b) => a.liquidationDistance?.cmp(b.liquidationDistance ?? 0) ?? 0);
  return [...known, ...unknown, ...none];
}

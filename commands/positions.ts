import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { figure } from '../src/replies/table-of.ts';
import { bySize } from './layout/by-size.ts';
import {
  coverageOf,
  gapNotes,
  partly,
  partlyToo,
  scopedTitle,
  severityOf,
} from './layout/coverage.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData, marketGapsOf } from './layout/market-scope.ts';
import { accountsIn, isIn } from './layout/narrow.ts';
import { positionData } from './layout/position-data.ts';
import { positionTable } from './layout/position-table.ts';
import { scopeOf } from './layout/scope.ts';
import { totalText } from './layout/total-text.ts';

/** Every position, by account and then by size. */
export const positions = defineCommand({
  name: 'positions',
  access: 'read',
  usesMarket: true,
  options: [
    { name: 'asset', type: 'asset' },
    { name: 'account', type: 'account' },
  ],
  async run(context, options) {
    const { say } = context;
    const whole = await context.snapshot();
    const scope = scopeOf(context, whole, options);
    if (!scope.ok) return scope;
    const snapshot = accountsIn(whole, scope.value);
    const judged = await context.judge(whole);
    const rows = bySize(judged.positions.filter(isIn(scope.value)));
    const coverage = coverageOf(snapshot);
    const notional = totalText(
      rows.map((row) => row.notionalUsd),
      'nearest',
      context,
    );
    const pnl = totalText(
      rows.map((row) => row.unrealizedPnlUsd),
      'down',
      context,
    );
    const { takenAt } = snapshot;
    const held = rows.map(({ position }) => position);
    // The bands heed probabilities, which need candles.
    const missing = marketGapsOf(held, whole, { context, kinds: ['candles'] });
    return ok({
      data: {
        positions: rows.map((row) => positionData(row, takenAt)),
        marketGaps: missing.map(marketGapData),
      },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(say('positions.title'), scope.value),
        severity: severityOf(
          snapshot,
          rows.map((row) => row.band),
        ),
        figures: [
          figure(say('positions.notional'), partly(notional, coverage, context)),
          figure(say('positions.pnl'), partlyToo(pnl, coverage, context)),
        ],
        tables: [positionTable(rows, snapshot, context)],
        paragraphs: [],
        notes: [...gapNotes(snapshot, context), ...marketNotes(missing, context)],
        takenAt,
      },
    });
  },
});

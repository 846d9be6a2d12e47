import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { gapNotes, severityOf } from './layout/coverage.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData } from './layout/market-scope.ts';
import { varData } from './layout/var-data.ts';
import { varFigures } from './layout/var-figures.ts';
import { varNotes } from './layout/var-notes.ts';
import { scoreLines } from './layout/var-score.ts';
import { componentTable } from './layout/var-table.ts';

/** What the desk may lose by tomorrow, by asset, and how earlier forecasts did. */
export const valueAtRisk = defineCommand({
  name: 'var',
  access: 'read',
  usesMarket: true,
  options: [],
  async run(context) {
    const snapshot = await context.snapshot();
    // Read when it is asked for: a start does not wait for it.
    const { varView } = await import('./layout/var-view.ts');
    const view = varView(snapshot, context);
    const score = await context.varScore();
    const isKnown = view.answer.kind === 'known';
    return ok({
      report: async () => ({ snapshot, desk: await context.judge(snapshot) }),
      data: { ...varData(view, score), marketGaps: view.marketGaps.map(marketGapData) },
      gaps: gapsOf(snapshot),
      ...(isKnown ? {} : { lacksFigure: true }),
      reply: {
        title: context.say('var.title'),
        severity: severityOf(snapshot, [isKnown ? null : 'warn']),
        figures: varFigures(view, snapshot, context),
        tables: [componentTable(view, context)],
        paragraphs: scoreLines(score, context),
        notes: [
          ...varNotes(view, snapshot, context),
          ...gapNotes(snapshot, context),
          ...marketNotes(view.marketGaps, context),
        ],
        takenAt: snapshot.takenAt,
      },
    });
  },
});

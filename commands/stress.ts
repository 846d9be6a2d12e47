import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData } from './layout/market-scope.ts';
import { stressDetail } from './layout/stress-detail.ts';
import { stressOverview } from './layout/stress-overview.ts';
import { chosenScenario } from './layout/stress-scenarios.ts';
import { stressed } from './layout/stressed.ts';

/** What crashes and shocks would do: all of them, worst first, or one in detail. */
export const stress = defineCommand({
  name: 'stress',
  access: 'read',
  usesMarket: true,
  options: [{ name: 'scenario', type: 'scenario' }],
  async run(context, options) {
    const snapshot = await context.snapshot();
    const desk = stressed(snapshot, context);
    const chosen = chosenScenario(options['scenario'], desk, context);
    if (!chosen.ok) return chosen;
    const answer =
      chosen.value === null
        ? stressOverview(desk, context)
        : stressDetail(chosen.value, desk, context);
    const missing = answer.marketGaps;
    return ok({
      report: async () => ({ snapshot, desk: await context.judge(snapshot) }),
      data: { ...answer.data, marketGaps: missing.map(marketGapData) },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(context.say('stress.title'), { account: chosen.value?.id ?? null }),
        severity: severityOf(snapshot, [answer.severity]),
        figures: answer.figures,
        tables: answer.tables,
        paragraphs: answer.paragraphs,
        notes: [...answer.notes, ...gapNotes(snapshot, context), ...marketNotes(missing, context)],
        takenAt: snapshot.takenAt,
      },
    });
  },
});

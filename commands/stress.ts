import { defineCommand } from '../src/app/command.ts';
import { ok } from '../src/domain/result.ts';
import { gapsOf } from '../src/portfolio/snapshot.ts';
import { gapNotes, scopedTitle, severityOf } from './layout/coverage.ts';
import { marketNotes } from './layout/market-notes.ts';
import { marketGapData } from './layout/market-scope.ts';

/** What crashes and shocks would do: all of them, worst first, or one in detail. */
export const stress = defineCommand({
  name: 'stress',
  access: 'read',
  usesMarket: true,
  options: [{ name: 'scenario', type: 'scenario' }],
  async run(context, options) {
    const snapshot = await context.snapshot();
    // Read when it is asked for: no other command needs it, and a start does not wait for it.
    const { stressAnswer } = await import('./layout/stress-answer.ts');
    const answered = stressAnswer(options['scenario'], snapshot, context);
    if (!answered.ok) return answered;
    const { chosen, marketGaps: missing, ...answer } = answered.value;
    return ok({
      report: async () => ({ snapshot, desk: await context.judge(snapshot) }),
      data: { ...answer.data, marketGaps: missing.map(marketGapData) },
      gaps: gapsOf(snapshot),
      reply: {
        title: scopedTitle(context.say('stress.title'), { account: chosen }),
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

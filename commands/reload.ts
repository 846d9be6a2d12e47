import { type CommandContext, defineCommand } from '../src/app/command.ts';
import type { Reloaded } from '../src/app/reloaded.ts';
import { err, ok } from '../src/domain/result.ts';
import { note } from '../src/replies/table-of.ts';

/** Reads the desk file again; all of it is good, or nothing changes. */
export const reload = defineCommand({
  name: 'reload',
  access: 'admin',
  options: [],
  async run(context) {
    const { say, now } = context;
    const done = (await context.reload?.()) ?? { kind: 'demo' as const };
    if (done.kind === 'demo') return err({ text: say('reload.demo') });
    const isFaulty = done.kind === 'faulty';
    return ok({
      data: { ...done },
      gaps: [],
      exit: isFaulty ? 2 : 0,
      reply: {
        title: say('reload.title'),
        severity: isFaulty ? 'crit' : 'ok',
        figures: [],
        tables: [],
        paragraphs: isFaulty ? done.problems : [],
        notes: notesOf(done, context),
        takenAt: now,
      },
    });
  },
});

function notesOf(done: Exclude<Reloaded, { kind: 'demo' }>, { say }: CommandContext) {
  if (done.kind === 'faulty') {
    return [note(say('reload.kept', { count: done.problems.length }), 'crit')];
  }
  const { sections, restart } = done;
  const taken = note(say('reload.done', { sections: sections.join(', ') }), 'ok');
  const needed = note(say('reload.restart', { sections: restart.join(', ') }), 'warn');
  if (sections.length + restart.length === 0) return [note(say('reload.nothing'))];
  return [...(sections.length > 0 ? [taken] : []), ...(restart.length > 0 ? [needed] : [])];
}

import { pressWords } from '../../src/app/alerts/alert-words.ts';
import type { Answer, CommandContext, Options, Refusal } from '../../src/app/command.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { readDuration } from './read-duration.ts';

/** `/ack` and `/snooze`: the same press, with an id and perhaps a time. */
export async function pressAnswer(
  verb: 'ack' | 'snooze',
  options: Options,
  context: CommandContext,
): Promise<Result<Answer, Refusal>> {
  const { alerts, say } = context;
  if (!alerts) return err({ text: say('alerts.off') });
  const typed = options['for'];
  const forMs = typed === undefined ? null : readDuration(typed);
  if (typed !== undefined && forMs === null) {
    return err({ text: say('alerts.badDuration', { typed }) });
  }
  const incident = (options['id'] ?? '').toLowerCase();
  const done = await alerts.press({ incident, verb, forMs });
  const text = pressWords(done, { incident, verb }, context);
  if (!done.ok) return err({ text });
  return ok({
    data: { id: incident, verb, until: new Date(done.value.until).toISOString() },
    gaps: [],
    reply: {
      title: text,
      ...{ severity: null, figures: [], tables: [], paragraphs: [], notes: [], takenAt: null },
    },
  });
}

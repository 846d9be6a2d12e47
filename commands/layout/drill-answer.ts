import type { AlertCounter } from '../../src/app/alerts/alert-counter.ts';
import type { Answer, CommandContext, Options, Refusal } from '../../src/app/command.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { note } from '../../src/replies/table-of.ts';

/** `/alerts test room`, and for those who leave out the word: `/alerts room`. */
export async function drillAnswer(
  options: Options,
  desk: AlertCounter,
  { actor, say, format, now }: CommandContext,
): Promise<Result<Answer, Refusal>> {
  if (!actor.roles.includes('admin')) return err({ text: say('drill.notAdmin') });
  const id = options['destination'] ?? options['test'] ?? '';
  const known = desk.destinations();
  if (!known.includes(id)) {
    return err({ text: say('drill.unknown', { id, known: known.join(', ') || '–' }) });
  }
  const { latencyMs } = await desk.drill(id);
  const isThere = latencyMs !== null;
  const text = isThere
    ? say('drill.arrived', { latency: format.age(latencyMs) })
    : say('drill.lost', { id });
  return ok({
    data: { destination: id, isDelivered: isThere, latencyMs },
    gaps: [],
    exit: isThere ? 0 : 3,
    reply: {
      title: say('drill.title', { id }),
      severity: isThere ? 'ok' : 'crit',
      figures: [],
      tables: [],
      paragraphs: [],
      notes: [note(text, isThere ? 'ok' : 'crit')],
      takenAt: now,
    },
  });
}

import type { Answer, CommandContext, Refusal } from '../../src/app/command.ts';
import type { LatchState } from '../../src/app/protection/stop-latch.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { Note } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';

/** Turns the latch and says how it stands now. */
export async function latchAnswer(
  turn: 'stop' | 'resume',
  context: CommandContext,
): Promise<Result<Answer, Refusal>> {
  const { protection, say } = context;
  if (!protection) return err({ text: say('protect.off') });
  const turned = await protection[turn]();
  if (!turned.ok) return err({ text: say(`latch.${turn}.notKept`) });
  return ok({
    data: latchData(turned.value),
    gaps: [],
    reply: {
      title: say(`latch.${turn}.title`),
      severity: turn === 'stop' ? 'warn' : 'ok',
      ...{ figures: [], tables: [] },
      paragraphs: [say(`latch.${turn}.text`)],
      notes: [],
      takenAt: turned.value.at,
    },
  });
}

export function latchData({ isStopped, by, at }: LatchState) {
  return { stopped: isStopped, by, at: at === null ? null : new Date(at).toISOString() };
}

/** For answers about other things: that nothing acts by itself is worth a line wherever it matters. */
export function latchNotes(
  { isStopped, by, at }: LatchState,
  { say, format }: CommandContext,
): Note[] {
  if (!isStopped) return [];
  if (by === null || at === null) return [note(say('latch.stoppedUnread'), 'crit')];
  return [note(say('latch.stopped', { by, time: format.time(at) }), 'warn')];
}

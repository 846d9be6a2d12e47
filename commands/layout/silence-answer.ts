import { LEVELS, type Level, RULE_IDS, type RuleId } from '../../src/alerts/alert.ts';
import type { Silence } from '../../src/alerts/silence.ts';
import type { Answer, CommandContext, Options, Refusal } from '../../src/app/command.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { note } from '../../src/replies/table-of.ts';
import { matchText } from './alert-table.ts';
import { readDuration } from './read-duration.ts';

/** Makes, agrees to or ends a silence; every refusal says what to change. */
export async function silenceAnswer(
  context: CommandContext,
  options: Options,
): Promise<Result<Answer, Refusal>> {
  const { alerts, say } = context;
  if (!alerts) return err({ text: say('alerts.off') });
  const asked = askedOf(options, context);
  if (!asked.ok) return asked;
  const done = await alerts.silence(asked.value);
  if (!done.ok) {
    const id = options['agree'] ?? options['end'] ?? '';
    return err({
      text:
        done.error === 'not-kept'
          ? say('alert.press.notKept', { reason: done.error })
          : done.error === 'unknown'
            ? say('silence.refused.unknown', { id })
            : say(`silence.refused.${done.error}`),
    });
  }
  return ok(answerOf(done.value, asked.value.kind, context));
}

type Asked = Parameters<NonNullable<CommandContext['alerts']>['silence']>[0];

function askedOf(options: Options, { say }: CommandContext): Result<Asked, Refusal> {
  const { agree, end, rule, account, venue, asset } = options;
  if (agree !== undefined) return ok({ kind: 'agree', id: agree.toLowerCase() });
  if (end !== undefined) return ok({ kind: 'end', id: end.toLowerCase() });
  const level = (options['level'] ?? 'WARN').toUpperCase();
  if (!isLevel(level)) return err({ text: say('silence.refused.level', { level }) });
  if (rule !== undefined && !isRule(rule))
    return err({ text: say('silence.refused.rule', { rule }) });
  const match: Silence['match'] = {
    ...(account === undefined ? {} : { account }),
    ...(venue === undefined ? {} : { venue }),
    ...(asset === undefined ? {} : { asset: asset.toUpperCase() }),
    ...(rule === undefined ? {} : { rule }),
  };
  const forMs = readDuration(options['for'] ?? '') ?? 0;
  return ok({ kind: 'make', match, level, reason: options['reason'] ?? '', forMs });
}

function answerOf(silence: Silence, kind: Asked['kind'], context: CommandContext): Answer {
  const { say, format } = context;
  const { id, level, ends } = silence;
  const made = say('silence.made', {
    time: format.time(ends),
    what: matchText(silence, context),
    level: say(`alert.level.${level}`),
  });
  const text = {
    make: made,
    agree: say('silence.agreed', { id }),
    end: say('silence.ended', { id }),
  };
  const needsSecond = kind === 'make' && level === 'EMERG';
  return {
    data: { id, level, match: silence.match, ends: new Date(ends).toISOString(), by: silence.by },
    gaps: [],
    reply: {
      title: say('silence.title', { id }),
      severity: null,
      ...{ figures: [], tables: [] },
      paragraphs: [text[kind]],
      notes: needsSecond ? [note(say('silence.needsSecond', { id }), 'warn')] : [],
      takenAt: null,
    },
  };
}

function isLevel(text: string): text is Level {
  return LEVELS.some((level) => level === text);
}

function isRule(text: string): text is RuleId {
  return RULE_IDS.some((rule) => rule === text);
}

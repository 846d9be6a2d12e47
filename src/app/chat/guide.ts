import type { Reply } from '../../replies/reply.ts';
import { note } from '../../replies/table-of.ts';
import type { Translate } from '../../replies/translate.ts';
import { usageOf } from '../../replies/usage.ts';
import type { AnswerButton, CommandSpec, OptionSpec } from '../command.ts';
import type { Suggested } from './suggest-values.ts';

/** What is asked for when an argument is missing: a question, and choices that complete the line. */
export interface Guide {
  readonly reply: Reply;
  readonly rows: readonly (readonly AnswerButton[])[];
}

const MOST = 20;
/** Discord draws no more. */
const MOST_ROWS = 5;
const SHARES = ['10%', '25%', '50%', '100%'];
const HEALTHS = ['1.5', '2'];
/** Nobody has to guess these: they are typed. */
const IS_TYPED: ReadonlySet<OptionSpec['type']> = new Set([
  ...(['amount', 'size', 'token', 'typed-amount', 'count', 'currency', 'incident'] as const),
]);

export function guideTo(
  option: OptionSpec,
  asked: {
    readonly line: string;
    readonly command: CommandSpec;
    readonly suggested: readonly Suggested[];
    readonly say: Translate;
  },
): Guide {
  const { line, command, say } = asked;
  const { name } = option;
  const chosen = (words: string, label: string): AnswerButton => ({
    ...{ label, style: 'plain', line: `${line} ${words}` },
  });
  const buttons = [
    ...asked.suggested.slice(0, MOST).map((each) => chosen(`${name}=${each.value}`, each.name)),
    ...sharesOf(option, command).map((share) => chosen(`${name}=${share}`, share)),
    ...(option.neededUnless?.includes('hf') ? HEALTHS : []).map((health) =>
      chosen(`hf=${health}`, `hf=${health}`),
    ),
    ...(IS_TYPED.has(option.type) ? [typedButton(option, asked)] : []),
  ];
  const hint = say('guide.hint', { usage: usageOf(command) });
  const notes = buttons.length === 0 ? [note(say('guide.none')), note(hint)] : [note(hint)];
  const reply: Reply = {
    title: say('guide.title', { command: command.name, name }),
    ...{ severity: null, figures: [], tables: [], paragraphs: [], notes, takenAt: null },
  };
  const perRow = option.type === 'position' ? 2 : 4;
  return { reply, rows: inRows(buttons, Math.max(perRow, Math.ceil(buttons.length / MOST_ROWS))) };
}

/** A share of what is there; a transfer has no such thing. */
function sharesOf({ type, neededUnless }: OptionSpec, { name }: CommandSpec): readonly string[] {
  if (type === 'size') return SHARES;
  const isMargin = type === 'amount' && neededUnless?.includes('hf') === true;
  if (!isMargin) return [];
  return name === 'addmargin' ? ['10%', '25%'] : ['10%'];
}

function typedButton(
  { name, type }: OptionSpec,
  { line, command, say }: Parameters<typeof guideTo>[1],
): AnswerButton {
  return {
    label: say('guide.other'),
    style: 'plain',
    line: `${line} ${name}=`,
    typed: {
      title: `/${command.name}`,
      label: say('guide.typeLabel', { name, command: command.name }),
      example: type === 'size' ? '25%' : '500',
    },
  };
}

function inRows(buttons: readonly AnswerButton[], perRow: number): AnswerButton[][] {
  const rows: AnswerButton[][] = [];
  for (let at = 0; at < buttons.length; at += perRow) rows.push(buttons.slice(at, at + perRow));
  return rows;
}

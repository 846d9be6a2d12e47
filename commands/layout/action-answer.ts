import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { ActionRefusal } from '../../src/app/actions/action-refusal.ts';
import type { Answer, CommandContext, Refusal } from '../../src/app/command.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { BeforeAfterChart } from '../../src/replies/chart.ts';
import type { Severity, Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { actionButtons } from './action-buttons.ts';
import { actionData } from './action-data.ts';
import { actionNotes } from './action-notes.ts';
import { reasonText } from './action-reason.ts';
import { refusalText } from './action-refusal-text.ts';
import { type ActionRow, actionRows } from './action-rows.ts';
import { actText } from './action-text.ts';

/** The card of an action, wherever it stands; or why there is none. */
export function actionAnswer(
  made: Result<ActionCard, ActionRefusal>,
  context: CommandContext,
): Result<Answer, Refusal> {
  if (!made.ok) return err({ text: refusalText(made.error, context) });
  const card = made.value;
  const rows = actionRows(card, context);
  const title = titleOf(card, context);
  const chart = chartOf(rows, title, context);
  const reason = reasonText(card, context);
  return ok({
    data: actionData(card),
    gaps: [],
    exit: exitOf(card),
    buttons: actionButtons(card, context),
    ...followOf(card, context),
    reply: {
      title,
      severity: severityOf(card),
      figures: [],
      tables: [tableFor(rows, card, context)],
      paragraphs: [actText(card, context), ...(reason === null ? [] : [reason])],
      notes: actionNotes(card, context),
      takenAt: card.updatedAt,
      ...(chart === null ? {} : { chart }),
    },
  });
}

function titleOf(card: ActionCard, { say }: CommandContext): string {
  if (card.state !== 'pending') return say(`action.state.${card.state}`);
  return say(card.isConfirmed ? 'action.state.waiting' : 'action.state.preview');
}

function severityOf({ state, record }: ActionCard): Severity | null {
  if (state === 'unknown' || state === 'executing') return 'crit';
  if (state === 'refused') return 'warn';
  if (state === 'done') return 'ok';
  return state === 'pending' && record.preview.warnings.length > 0 ? 'warn' : null;
}

function exitOf({ state }: ActionCard): 0 | 2 | 3 {
  if (state === 'unknown' || state === 'executing') return 3;
  return state === 'refused' || state === 'expired' ? 2 : 0;
}

function tableFor(
  rows: readonly ActionRow[],
  { state }: ActionCard,
  { say }: CommandContext,
): Table {
  const isObserved = state === 'done' || state === 'refused' || state === 'unknown';
  return tableOf<ActionRow>({
    caption: null,
    empty: say('action.noFigures'),
    rows,
    columns: [
      words(say('column.figure'), 1, ({ label }) => label),
      numbers(say('column.before'), 1, ({ before }) => before),
      numbers(say(isObserved ? 'column.observed' : 'column.after'), 1, ({ after }) => after),
    ],
  });
}

function chartOf(
  rows: readonly ActionRow[],
  title: string,
  { say }: CommandContext,
): BeforeAfterChart | null {
  const drawn = rows.flatMap(({ drawn: values, label, before, after }) =>
    values === null
      ? []
      : [{ label, ...values, beforeText: before, afterText: after, severityAfter: null }],
  );
  if (drawn.length === 0) return null;
  const legend = { before: say('column.before'), after: say('column.after') };
  return { kind: 'before-after', title, empty: '', legend, rows: drawn };
}

/** When a card is worth another look: at its expiry, or while the venue has not shown what happened. */
function followOf({ state, token, record }: ActionCard, { now }: CommandContext) {
  const line = `/check ${token}`;
  if (state === 'pending') {
    return { follow: { line, at: record.preview.expiresAt, stage: state } };
  }
  const isOpen = state === 'unknown' || state === 'executing';
  return isOpen ? { follow: { line, at: now + LOOK_AGAIN_MS, stage: state } } : {};
}

const LOOK_AGAIN_MS = 5000;

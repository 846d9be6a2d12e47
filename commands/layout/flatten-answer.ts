import type { Answer, AnswerButton, CommandContext, Refusal } from '../../src/app/command.ts';
import type { FlattenLeg, LegReport } from '../../src/app/protection/flatten-record.ts';
import type { FlattenCard, FlattenRefusal } from '../../src/app/protection/flatten-refusal.ts';
import { dec } from '../../src/domain/decimal.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import type { Severity, Table } from '../../src/replies/reply.ts';
import { numbers, tableOf, words } from '../../src/replies/table-of.ts';
import { flattenData } from './flatten-data.ts';
import { flattenNotes, flattenRefusalText, notFlatText } from './flatten-text.ts';

/** A flatten, wherever it stands: every leg before, every leg after. */
export function flattenAnswer(
  made: Result<FlattenCard, FlattenRefusal>,
  context: CommandContext,
): Result<Answer, Refusal> {
  if (!made.ok) return err({ text: flattenRefusalText(made.error, context) });
  const card = made.value;
  const { record } = card;
  const { state, scope, changedAt, report } = record;
  const { say } = context;
  return ok({
    data: flattenData(card),
    gaps: [],
    exit: exitOf(card),
    buttons: buttonsOf(card, context),
    reply: {
      title: say(`flatten.state.${state}`, { scope }),
      severity: severityOf(card),
      figures: [],
      tables: [report === null ? legTable(record.legs, context) : reportTable(report, context)],
      paragraphs: [],
      notes: flattenNotes(card, context),
      takenAt: changedAt,
    },
  });
}

function exitOf({ record: { state } }: FlattenCard): 0 | 2 | 3 {
  if (state === 'partly' || state === 'running' || state === 'interrupted') return 3;
  return state === 'expired' ? 2 : 0;
}

function severityOf({ record: { state } }: FlattenCard): Severity | null {
  if (state === 'done') return 'ok';
  if (state === 'partly' || state === 'interrupted') return 'emerg';
  return state === 'pending' || state === 'confirmed' ? 'warn' : null;
}

function legTable(rows: readonly FlattenLeg[], { say, format }: CommandContext): Table {
  return tableOf<FlattenLeg>({
    caption: null,
    empty: say('flatten.noLegs'),
    rows,
    columns: [
      words(say('column.id'), 1, ({ handle }) => handle),
      words(say('column.account'), 1, ({ account }) => account),
      words(say('column.asset'), 1, ({ asset }) => asset),
      words(say('column.side'), 1, ({ side }) => say(`side.${side}`)),
      numbers(say('column.quantity'), 2, ({ quantity }) => format.quantity(known(quantity))),
      numbers(say('column.notional'), 1, ({ notionalUsd }) => format.usd(known(notionalUsd), 'up')),
    ],
  });
}

function reportTable(rows: readonly LegReport[], context: CommandContext): Table {
  const { say, format } = context;
  return tableOf<LegReport>({
    caption: null,
    empty: say('flatten.noLegs'),
    rows,
    columns: [
      words(say('column.id'), 2, ({ leg }) => leg.handle),
      words(say('column.account'), 1, ({ leg }) => leg.account),
      words(say('column.asset'), 1, ({ leg }) => leg.asset),
      words(say('column.side'), 1, ({ leg }) => say(`side.${leg.side}`)),
      words(say('column.state'), 1, (row) => ({
        text: row.isFlat ? say('flatten.flat') : notFlatText(row, context),
        severity: row.isFlat ? 'ok' : 'emerg',
      })),
      numbers(say('flatten.left'), 1, ({ left }) => format.quantity(known(left))),
      numbers(say('flatten.closes'), 3, ({ closes }) => String(closes)),
    ],
  });
}

const known = (text: string | null) => (text === null ? null : dec(text));

function buttonsOf({ token, record }: FlattenCard, { say }: CommandContext): AnswerButton[] {
  const { state, scope } = record;
  const cancel: AnswerButton = {
    ...{ label: say('action.button.cancel'), style: 'plain', line: `/cancel ${token}` },
  };
  if (state === 'pending') {
    const typed = {
      title: say('flatten.typed.title'),
      label: say('flatten.typed.label', { scope }),
      example: scope,
    };
    const line = `/confirm ${token} amount=`;
    return [{ label: say('action.button.confirm'), style: 'danger', line, typed }, cancel];
  }
  if (state === 'confirmed') {
    const line = `/approve ${token}`;
    return [{ label: say('action.button.approve'), style: 'danger', line }, cancel];
  }
  if (state !== 'running') return [];
  return [{ label: say('action.button.check'), style: 'plain', line: `/check ${token}` }];
}

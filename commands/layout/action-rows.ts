import type { Figures } from '../../src/actions/figures.ts';
import type { ActionCard } from '../../src/app/actions/action-desk.ts';
import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import type { Money } from '../../src/domain/money.ts';
import type { StopsState } from '../../src/domain/stops.ts';
import { stopsText } from './action-text.ts';
import { priceOf } from './price-of.ts';

/** One figure, before and after: of the table and of the picture. */
export interface ActionRow {
  readonly label: string;
  readonly before: string;
  readonly after: string;
  /** For the picture; null: not drawn. */
  readonly drawn: { readonly before: number | null; readonly after: number | null } | null;
}

interface Sides {
  readonly before: Figures;
  readonly after: Figures;
}

/** What the act changes, or would change; what is known on neither side is left out. */
export function actionRows(card: ActionCard, context: CommandContext): ActionRow[] {
  const { preview, after: observed, position } = card.record;
  const sides = { before: preview.before, after: afterOf(card) };
  const { act, receiver } = preview;
  if (act.kind === 'set-stops') return stopRows(card, context);
  const tickSize = position?.instrument.tickSize ?? null;
  const towardMark = position?.side === 'long' ? 'up' : 'down';
  const { say, format } = context;
  const price = (value: Decimal | null) => format.price(value, { tickSize, rounding: towardMark });
  const row = (
    label: string,
    figureOf: (figures: Figures) => Decimal | null,
    text: (value: Decimal | null) => string,
  ) => rowOf({ label, figureOf, text }, sides);
  const money = (label: string, of: (figures: Figures) => Money | null) =>
    row(
      label,
      (each) => of(each)?.amount ?? null,
      (value) => format.amount(value, 'down'),
    );
  const rows = [
    row(say('row.quantity'), (each) => each.quantity, format.quantity),
    money(say('row.collateral'), (each) => each.collateral),
    row(
      say('row.health'),
      (each) => each.healthFactor,
      (value) => format.multiple(value, 'down'),
    ),
    row(
      say('row.riskUse'),
      (each) => each.riskUse,
      (value) => format.percent(value, 'up'),
    ),
    row(say('row.ours'), (each) => each.estimatedLiquidationPrice, price),
    row(say('row.venues'), (each) => priceOf(each.liquidationPrice), price),
    row(
      say('row.distance'),
      (each) => each.liquidationDistance,
      (value) => format.percent(value, 'down'),
    ),
    row(
      say('row.probability'),
      (each) => each.probability24h,
      (value) => format.percent(value, 'up'),
    ),
    money(say(receiver ? 'row.payerFree' : 'row.free'), (each) => each.freeCollateral),
  ];
  const others = receiver === null || observed !== null ? [] : receiverRows(receiver, context);
  return [...rows, ...others].filter(({ before, after }) => before !== '–' || after !== '–');
}

/** Observed once the venue has been asked; until then as reckoned. */
export function afterOf({ record, state }: ActionCard): Figures {
  const isOver = state === 'done' || state === 'refused' || state === 'unknown';
  return isOver && record.after !== null ? record.after : record.preview.after;
}

function receiverRows(receiver: Sides, { say, format }: CommandContext): ActionRow[] {
  return [
    rowOf(
      {
        label: say('row.receiverFree'),
        figureOf: (each) => each.freeCollateral?.amount ?? null,
        text: (value) => format.amount(value, 'down'),
      },
      receiver,
    ),
    rowOf(
      {
        label: say('row.receiverHealth'),
        figureOf: (each) => each.healthFactor,
        text: (value) => format.multiple(value, 'down'),
      },
      receiver,
    ),
  ];
}

function rowOf(
  of: {
    readonly label: string;
    readonly figureOf: (figures: Figures) => Decimal | null;
    readonly text: (value: Decimal | null) => string;
  },
  sides: Sides,
): ActionRow {
  const [before, after] = [of.figureOf(sides.before), of.figureOf(sides.after)];
  const number = (value: Decimal | null) => (value === null ? null : value.toNumber());
  return {
    label: of.label,
    before: of.text(before),
    after: of.text(after),
    drawn: { before: number(before), after: number(after) },
  };
}

function stopRows({ record, state }: ActionCard, context: CommandContext): ActionRow[] {
  const { act } = record.preview;
  const intended: StopsState | null = act.kind === 'set-stops' ? act.stops : null;
  const isOver = state === 'done' || state === 'refused' || state === 'unknown';
  const after = isOver ? (record.shown?.stops ?? null) : intended;
  return (['takeProfit', 'stopLoss', 'trailing'] as const).map((kind) => ({
    label: context.say(`row.${kind}`),
    before: stopsText(kind, record.seen.stops, context),
    after: stopsText(kind, after, context),
    drawn: null,
  }));
}

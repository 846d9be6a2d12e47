import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import { ZERO } from '../../src/domain/decimal.ts';
import type { Figure, Note } from '../../src/replies/reply.ts';
import { figure, note } from '../../src/replies/table-of.ts';
import { DAY_MS } from '../../src/risk/statistics/candle-series.ts';
import type { AccountDay } from './margin-day.ts';

/** A first reading within this of midnight is the opening. */
const OPENING_MS = 300_000;

/** Both figures say over how many accounts they are, where that is not all of them. */
export function dayFigures(days: readonly AccountDay[], context: CommandContext): Figure[] {
  const { say, format } = context;
  const changes = days.flatMap(({ equityChangeUsd }) => equityChangeUsd ?? []);
  const paid = days.flatMap(({ fundingPaidUsd }) => fundingPaidUsd ?? []);
  const over = (text: string, known: number): string => {
    const total = days.length;
    return known === 0 || known === total ? text : say('margin.known', { text, known, total });
  };
  const change = changes.length === 0 ? null : sum(changes);
  const rises = change?.gt(0) === true ? '+' : '';
  const text = `${rises}${format.usd(change, 'down')}`;
  const funding = fundingText(paid.length === 0 ? null : sum(paid), context);
  return days.length === 0
    ? []
    : [
        figure(say('margin.today'), over(text, changes.length)),
        figure(say('margin.funding'), over(funding, paid.length)),
      ];
}

function fundingText(paid: Decimal | null, { say, format }: CommandContext): string {
  if (paid === null) return format.usd(null, 'up');
  const amount = format.usd(paid.abs(), paid.isNegative() ? 'down' : 'up');
  return say(paid.isNegative() ? 'margin.fundingReceived' : 'margin.fundingPaid', { amount });
}

/** What "today" means, and for whom it began later. */
export function dayNotes(days: readonly AccountDay[], { say, format }: CommandContext): Note[] {
  const isSaid = days.some((day) => day.equityChangeUsd !== null || day.fundingPaidUsd !== null);
  const late = days.filter(({ openedAt }) => openedAt !== null && openedAt % DAY_MS > OPENING_MS);
  const latest = Math.max(...late.map(({ openedAt }) => openedAt ?? 0));
  const accounts = late.map(({ account }) => account).join(', ');
  return [
    ...(isSaid ? [note(say('margin.since'))] : []),
    ...(late.length === 0
      ? []
      : [note(say('margin.lateOpening', { time: format.time(latest), accounts }))]),
  ];
}

function sum(amounts: readonly Decimal[]): Decimal {
  return amounts.reduce((total, amount) => total.plus(amount), ZERO);
}

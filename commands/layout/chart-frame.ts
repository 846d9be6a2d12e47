import type { CommandContext } from '../../src/app/command.ts';
import type { Decimal } from '../../src/domain/decimal.ts';
import type { Chart, ChartFrame } from '../../src/replies/chart.ts';
import type { Note, Severity } from '../../src/replies/reply.ts';
import { note } from '../../src/replies/table-of.ts';
import type { Coverage } from './coverage.ts';
import { emptyText, partialText } from './coverage.ts';

/** More rows than this are too small on a phone; the rest stays in the text. */
export const MOST_CHART_ROWS = 16;

/** What every chart carries: time, holes, and how many rows did not fit. */
export function chartFrame(
  of: {
    readonly title: string;
    readonly empty: string;
    readonly coverage: Coverage;
    readonly takenAt: number;
  },
  rows: readonly unknown[],
  context: CommandContext,
): Required<ChartFrame> {
  const { title, empty, coverage, takenAt } = of;
  const partial = partialText(coverage, context);
  return {
    title,
    asOf: context.say('common.asOf', { time: context.format.time(takenAt) }),
    empty: emptyText(empty, coverage.missing, context),
    notes: [...moreNote(rows, context), ...(partial === null ? [] : [note(partial, 'warn')])],
  };
}

function moreNote(rows: readonly unknown[], { say }: CommandContext): Note[] {
  const count = rows.length - MOST_CHART_ROWS;
  return count > 0 ? [note(say('chart.more', { count }))] : [];
}

/** As a part of a reply: a picture of nothing says less than a sentence. */
export function chartIn(chart: Exclude<Chart, { kind: 'lines' }>): { readonly chart?: Chart } {
  return chart.rows.length === 0 ? {} : { chart };
}

/** Threshold lines, one per band. */
export function chartMarks(levels: Readonly<Record<'warn' | 'crit' | 'emerg', Decimal>>) {
  const severities: readonly (keyof typeof levels & Severity)[] = ['warn', 'crit', 'emerg'];
  return severities.map((severity) => ({ at: pixels(levels[severity]), severity }));
}

/** A figure as geometry: the one place where a picture needs no more than a double. */
export function pixels(figure: Decimal): number {
  return figure.toNumber();
}

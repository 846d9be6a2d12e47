import stringWidth from 'string-width';
import { cardLines } from './card-lines.ts';
import { columnWidth, isWideColumn } from './column-width.ts';
import { gutterOf, painted, severityOf, withGutter } from './gutter.ts';
import type { Inset, Layout } from './layout.ts';
import { NARROW } from './layout.ts';
import type { Table } from './reply.ts';
import { wrapText } from './wrap-text.ts';

/**
 * A table as lines no wider than the width: all columns if they fit, else without the least
 * important ones, else a card of two lines per row. Numbers are never cut. In narrow tables
 * columns with Chinese text come last, because nothing aligns to the right of it.
 */
export function tableLines(table: Table, layout: Layout): string[] {
  if (table.rows.length === 0) return wrapText(table.empty, layout.width);
  const as = withGutter(table.rows.map(severityOf), layout);
  const shown = fitColumns(table, as);
  return shown === null ? cardLines(table, as) : gridLines(table, shown, as);
}

/** Indexes of the columns to show, in order; null when even the most important do not fit. */
function fitColumns(table: Table, as: Inset): number[] | null {
  const all = table.columns.map((_, index) => index);
  let shown = as.width < NARROW ? chineseLast(table, all) : all;
  if (all.some((index) => priorityOf(table, index) <= 1 && !shown.includes(index))) return null;
  for (;;) {
    const total = shown.reduce((sum, index) => sum + columnWidth(table, index), 0);
    if (as.inset + total + gapOf(as).length * (shown.length - 1) <= as.width) return shown;
    const last = Math.max(...shown.map((index) => priorityOf(table, index)));
    if (last <= 1) return null;
    // Columns of one importance explain each other (long and short): they go together.
    shown = shown.filter((index) => priorityOf(table, index) !== last);
  }
}

/** Text columns with Chinese go to the end; of those that also hold figures only one can stay. */
function chineseLast(table: Table, columns: readonly number[]): number[] {
  const hasFigures = (index: number) =>
    table.rows.some((row) => /\d/u.test(row[index]?.text ?? ''));
  const plain = columns.filter((index) => !isWideColumn(table, index));
  const wide = columns.filter((index) => isWideColumn(table, index));
  const mixed = wide.filter(hasFigures).sort((a, b) => priorityOf(table, a) - priorityOf(table, b));
  return [...plain, ...mixed.slice(0, 1), ...wide.filter((index) => !hasFigures(index))];
}

function gridLines(table: Table, shown: readonly number[], as: Inset): string[] {
  const widths = new Map(shown.map((index) => [index, columnWidth(table, index)]));
  const align = (texts: readonly string[], paint: (text: string, place: number) => string) =>
    shown
      .map((index, place) => {
        const text = texts[place] ?? '';
        const fill = ' '.repeat((widths.get(index) ?? 0) - stringWidth(text));
        const isRight = table.columns[index]?.align === 'right';
        return isRight ? fill + paint(text, place) : paint(text, place) + fill;
      })
      .join(gapOf(as))
      .trimEnd();
  const labels = shown.map((index) => table.columns[index]?.label ?? '');
  const header = ' '.repeat(as.inset) + align(labels, (text) => text);
  const rows = table.rows.map((row) => {
    const cells = shown.map((index) => row[index] ?? { text: '', severity: null });
    const texts = cells.map(({ text }) => text);
    const line = align(texts, (text, place) =>
      painted(text, cells[place]?.severity ?? null, as.paint),
    );
    return gutterOf(severityOf(row), as) + line;
  });
  return [header, ...rows];
}

function priorityOf(table: Table, index: number): number {
  return table.columns[index]?.priority ?? 1;
}

function gapOf(as: Layout): string {
  return as.width < NARROW ? ' ' : '  ';
}

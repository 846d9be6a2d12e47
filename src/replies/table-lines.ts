import stringWidth from 'string-width';
import { markOf, worstOf } from './mark.ts';
import type { Cell, Column, Severity, Table } from './reply.ts';
import { wrapText } from './wrap-text.ts';

/** Repeats a severity as colour; must not change the width of the text. */
export type Paint = (text: string, severity: Severity) => string;

export interface Layout {
  /** Display columns. */
  readonly width: number;
  readonly paint: Paint;
}

/** Below this a chat's code block is meant, where a Chinese glyph is not two columns wide. */
const NARROW = 60;

/**
 * A table as lines no wider than the width: all columns if they fit, else without the least
 * important ones, else a card of two lines per row. Numbers are never cut. In narrow tables
 * columns with Chinese text come last, because nothing aligns to the right of it.
 */
export function tableLines(table: Table, layout: Layout): string[] {
  if (table.rows.length === 0) return wrapText(table.empty, layout.width);
  const gutter = Math.max(...table.rows.map((row) => markOf(severityOf(row)).length));
  const inset = gutter === 0 ? 0 : gutter + 1;
  const shown = fitColumns(table, layout.width - inset);
  return shown === null
    ? table.rows.flatMap((row) => cardLines(table.columns, row, { ...layout, inset }))
    : gridLines(table, shown, { ...layout, inset });
}

interface Inset extends Layout {
  /** Columns kept free at the left for marks. */
  readonly inset: number;
}

/** Indexes of the columns to show, in order, or null when even the first ones do not fit. */
function fitColumns(table: Table, width: number): number[] | null {
  const gap = gapOf(width);
  let shown = table.columns.map((_, index) => index);
  if (width < NARROW) shown = chineseLast(table, shown);
  for (;;) {
    const total = shown.reduce((sum, index) => sum + widthOf(table, index) + gap, -gap);
    if (total <= width) return shown;
    const last = Math.max(...shown.map((index) => priorityOf(table, index)));
    if (last <= 1) return null;
    const victim = shown.findLastIndex((index) => priorityOf(table, index) === last);
    shown = shown.filter((_, place) => place !== victim);
  }
}

/** Text columns with Chinese go to the end; of those that also hold figures only one can stay. */
function chineseLast(table: Table, shown: readonly number[]): number[] {
  const cells = (index: number) => table.rows.map((row) => row[index]?.text ?? '');
  const isWide = (index: number) => cells(index).some(hasWide);
  const hasFigures = (index: number) => cells(index).some((text) => /\d/u.test(text));
  const plain = shown.filter((index) => !isWide(index));
  const mixed = shown.filter((index) => isWide(index) && hasFigures(index));
  const wide = shown.filter((index) => isWide(index) && !hasFigures(index));
  mixed.sort((a, b) => priorityOf(table, a) - priorityOf(table, b));
  return [...plain, ...mixed.slice(0, 1), ...wide];
}

function gridLines(table: Table, shown: readonly number[], as: Inset): string[] {
  const gap = ' '.repeat(gapOf(as.width - as.inset));
  const draw = (texts: (index: number) => string, paint: (text: string, index: number) => string) =>
    shown.map((index, place) => {
      const text = texts(index);
      const fill = ' '.repeat(widthOf(table, index) - stringWidth(text));
      const isRight = table.columns[index]?.align === 'right';
      const isLast = place === shown.length - 1;
      return isRight ? fill + paint(text, index) : paint(text, index) + (isLast ? '' : fill);
    });
  const header = draw(
    (index) => table.columns[index]?.label ?? '',
    (text) => text,
  );
  const rows = table.rows.map((row) => {
    const cell = (index: number) => row[index] ?? { text: '', severity: null };
    const cells = draw(
      (index) => cell(index).text,
      (text, index) => painted(text, cell(index).severity, as.paint),
    );
    return marked(severityOf(row), as) + cells.join(gap);
  });
  return [' '.repeat(as.inset) + header.join(gap), ...rows].map((line) => line.trimEnd());
}

/** First cell on a line of its own, then the others by importance: figures with their label. */
function cardLines(columns: readonly Column[], row: readonly Cell[], as: Inset): string[] {
  const [first, ...rest] = row.map((cell, index) => ({ cell, column: columns[index] }));
  if (first === undefined) return [];
  const room = as.width - as.inset;
  const blank = ' '.repeat(as.inset);
  const items = rest
    .filter(({ cell }) => cell.text !== '')
    .sort((a, b) => (a.column?.priority ?? 0) - (b.column?.priority ?? 0));
  let detail = '';
  for (const { cell, column } of items) {
    const isFigure = column?.align === 'right';
    const item = isFigure ? `${column?.label ?? ''} ${cell.text}` : cell.text;
    const longer = detail === '' ? item : `${detail}  ${item}`;
    if (stringWidth(longer) <= room - 2 || column?.priority === 1) detail = longer;
  }
  const head = wrapText(first.cell.text, room).map((line) =>
    painted(line, first.cell.severity, as.paint),
  );
  const body = detail === '' ? [] : wrapText(detail, room - 2).map((line) => `  ${line}`);
  const lines = [...head, ...body];
  return lines.map((line, index) => (index === 0 ? marked(severityOf(row), as) : blank) + line);
}

function marked(severity: Severity | null, as: Inset): string {
  const mark = markOf(severity);
  return painted(mark, severity, as.paint) + ' '.repeat(as.inset - mark.length);
}

function painted(text: string, severity: Severity | null, paint: Paint): string {
  return severity === null || text === '' ? text : paint(text, severity);
}

function severityOf(row: readonly Cell[]): Severity | null {
  return worstOf(row.map((cell) => cell.severity));
}

function widthOf(table: Table, index: number): number {
  const texts = table.rows.map((row) => row[index]?.text ?? '');
  return Math.max(
    ...[table.columns[index]?.label ?? '', ...texts].map((text) => stringWidth(text)),
  );
}

function priorityOf(table: Table, index: number): number {
  return table.columns[index]?.priority ?? 1;
}

function hasWide(text: string): boolean {
  return stringWidth(text) > [...text].length;
}

function gapOf(width: number): number {
  return width < NARROW ? 1 : 2;
}

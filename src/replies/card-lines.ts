import stringWidth from 'string-width';
import { isWideColumn } from './column-width.ts';
import { gutterOf, painted, severityOf } from './gutter.ts';
import type { Inset } from './layout.ts';
import type { Cell, Table } from './reply.ts';
import { wrapText } from './wrap-text.ts';

const INDENT = '  ';
/** Less important columns than this are for grids only: cards would show them here and there. */
const LAST_SHOWN = 2;

interface Head {
  /** Columns of words that name the row. */
  readonly names: readonly number[];
  /** Names with Chinese in them: they stand behind the figure, which would not align after them. */
  readonly behind: readonly number[];
  /** The figure at the end of the first line, or null. */
  readonly figure: number | null;
}

/**
 * Two lines per row where no grid fits: what it is and its first figure, right-aligned below its
 * label; then the other important figures with their labels, and of the next important ones what
 * the line still holds.
 */
export function cardLines(table: Table, as: Inset): string[] {
  const head = headOf(table);
  const labels = table.columns.map(({ label }) => ({ text: label, severity: null }));
  const header = headLine(labels, { table, head, as });
  const top = header === null ? [] : [' '.repeat(as.inset) + header];
  return [...top, ...table.rows.flatMap((row) => card(row, { table, head, as }))];
}

interface Card {
  readonly table: Table;
  readonly head: Head;
  readonly as: Inset;
}

function card(row: readonly Cell[], of: Card): string[] {
  const { head, as } = of;
  const line = headLine(row, of);
  const names = [...head.names, ...head.behind];
  const first = line === null ? wrapText(nameOf(row, names), as.width - as.inset) : [line];
  const inHead = line === null || head.figure === null ? names : [...names, head.figure];
  const lines = first.map((text, index) => {
    const gutter = index === 0 ? gutterOf(severityOf(row), as) : ' '.repeat(as.inset);
    return gutter + text;
  });
  return [...lines, ...bodyLines(row, { ...of, inHead })];
}

/** Words up to the first important figure name a row; without one, the first column does. */
function headOf(table: Table): Head {
  const important = table.columns.map((_, index) => index).filter((at) => isImportant(table, at));
  const figure = important.find((index) => table.columns[index]?.align === 'right') ?? null;
  if (figure === null || figure === 0) return { names: [0], behind: [], figure: null };
  const names = important.filter((index) => index < figure);
  return {
    names: names.filter((index) => !isWideColumn(table, index)),
    behind: names.filter((index) => isWideColumn(table, index)),
    figure,
  };
}

/** Names left, figure right, Chinese names behind it; null when that is too long or has no figure. */
function headLine(row: readonly Cell[], { table, head, as }: Card): string | null {
  if (head.figure === null) return null;
  const cell = row[head.figure] ?? { text: '', severity: null };
  const left = nameOf(row, head.names);
  const behind = Math.max(
    ...table.rows.map((each) => stringWidth(nameOf(each, head.behind))),
    stringWidth(head.behind.map((index) => table.columns[index]?.label ?? '').join(' ')),
  );
  const end = as.width - as.inset - (behind === 0 ? 0 : behind + 1);
  const fill = end - stringWidth(left) - stringWidth(cell.text);
  if (fill < 1) return null;
  const figure = ' '.repeat(fill) + painted(cell.text, cell.severity, as.paint);
  return `${left}${figure} ${nameOf(row, head.behind)}`.trimEnd();
}

function bodyLines(row: readonly Cell[], of: Card & { inHead: readonly number[] }): string[] {
  const { table, inHead } = of;
  const room = of.as.width - INDENT.length;
  const lines: string[] = [];
  const others = table.columns
    .map((column, index) => ({ column, index, text: row[index]?.text ?? '' }))
    .filter(({ column, text }) => text !== '' && column.priority <= LAST_SHOWN)
    .filter(({ index }) => !inHead.includes(index))
    .sort((a, b) => a.column.priority - b.column.priority);
  for (const { column, index, text } of others) {
    const item = column.align === 'right' ? `${column.label} ${text}` : text;
    const last = lines.at(-1);
    const longer = ['  ', ' ']
      .map((gap) => `${last ?? ''}${gap}${item}`)
      .find((joined) => stringWidth(joined) <= room);
    if (last !== undefined && longer !== undefined) lines[lines.length - 1] = longer;
    else if (last === undefined || isImportant(table, index)) lines.push(...wrapText(item, room));
  }
  return lines.map((line) => INDENT + line);
}

function nameOf(row: readonly Cell[], names: readonly number[]): string {
  return names.map((index) => row[index]?.text ?? '').join(' ');
}

function isImportant(table: Table, index: number): boolean {
  return table.columns[index]?.priority === 1;
}

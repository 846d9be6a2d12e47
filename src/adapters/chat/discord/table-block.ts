import type { Cell, Table } from '../../../replies/reply.ts';
import { tableLines } from '../../../replies/table-lines.ts';
import { clipText } from './clip-text.ts';
import { codeBlock, escapeMarkdown, isolated, plainLine } from './escape-markdown.ts';

/**
 * Columns of a code block. Reported, not measured: a phone scrolls a block in a message's own text
 * sideways and fits about 42; inside an embed it wraps.
 */
const WIDTH = 42;
/** Longer words than this are cut: no name needs more, and a table of such names is none. */
const LONGEST_CELL = 64;
const LONGEST_EMPTY = 400;

export interface TableBlock {
  readonly text: string;
  /** Rows that did not fit. */
  readonly missing: number;
}

/** A table with its caption in at most `most` units, cut between rows; null when not one row fits. */
export function tableBlock(raw: Table, most: number): TableBlock | null {
  const table = tidy(raw);
  const caption = table.caption === null ? '' : `**${escapeMarkdown(table.caption)}**\n`;
  if (table.rows.length === 0) {
    const text = caption + escapeMarkdown(table.empty);
    return text.length <= most ? { text, missing: 0 } : null;
  }
  const blockOf = (rows: number) =>
    caption +
    codeBlock(
      tableLines(
        { ...table, rows: table.rows.slice(0, rows) },
        { width: WIDTH, paint: (text) => text },
      ),
    );
  let rows = table.rows.length;
  for (let text = blockOf(rows); rows > 0; text = blockOf(rows)) {
    if (text.length <= most) return { text, missing: table.rows.length - rows };
    // Rows are about equally long: the share that fits is near, and every step goes down.
    rows = Math.min(rows - 1, Math.floor((rows * most) / text.length));
    if (rows <= 0) break;
  }
  return null;
}

function tidy(table: Table): Table {
  return {
    caption: table.caption === null ? null : tidyText(table.caption),
    columns: table.columns.map((column) => ({ ...column, label: tidyText(column.label) })),
    rows: table.rows.map((row) => row.map(tidyCell)),
    empty: isolated(clipText(plainLine(table.empty), LONGEST_EMPTY, () => '…')),
  };
}

function tidyCell(cell: Cell): Cell {
  return { ...cell, text: tidyText(cell.text) };
}

function tidyText(text: string): string {
  const line = plainLine(text);
  const isNumber = !/[^\d.,:$%x+\-~]/u.test(line);
  return isNumber ? line : isolated(clipText(line, LONGEST_CELL, () => '…'));
}

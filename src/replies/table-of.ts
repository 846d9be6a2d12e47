import type { Cell, Column, Figure, Note, Severity, Table } from './reply.ts';

/** A column and how to fill it, in one place, so that the two cannot drift apart. */
export interface ColumnOf<Row> extends Column {
  readonly cell: (row: Row) => string | Cell;
}

/** A left-aligned column of words. */
export function words<Row>(
  label: string,
  priority: number,
  cell: (row: Row) => string | Cell,
): ColumnOf<Row> {
  return { label, priority, align: 'left', cell };
}

/** A right-aligned column of figures. */
export function numbers<Row>(
  label: string,
  priority: number,
  cell: (row: Row) => string | Cell,
): ColumnOf<Row> {
  return { label, priority, align: 'right', cell };
}

export function tableOf<Row>(of: {
  readonly caption: string | null;
  readonly empty: string;
  readonly columns: readonly ColumnOf<Row>[];
  readonly rows: readonly Row[];
}): Table {
  return {
    caption: of.caption,
    empty: of.empty,
    columns: of.columns.map(({ label, align, priority }) => ({ label, align, priority })),
    rows: of.rows.map((row) => of.columns.map((column) => asCell(column.cell(row)))),
  };
}

export function figure(label: string, text: string, severity: Severity | null = null): Figure {
  return { label, text, severity };
}

export function note(text: string, severity: Severity | null = null): Note {
  return { text, severity };
}

function asCell(content: string | Cell): Cell {
  return typeof content === 'string' ? { text: content, severity: null } : content;
}

import stringWidth from 'string-width';
import type { Table } from './reply.ts';

/** Display columns that a column needs, its label included. */
export function columnWidth(table: Table, index: number): number {
  const texts = table.rows.map((row) => row[index]?.text ?? '');
  const label = table.columns[index]?.label ?? '';
  return Math.max(...[label, ...texts].map((text) => stringWidth(text)));
}

/** True when some glyph takes two columns: Chinese, full-width signs. */
export function hasWide(text: string): boolean {
  return stringWidth(text) > [...text].length;
}

/** True when a cell of the column has such a glyph; its label may. */
export function isWideColumn(table: Table, index: number): boolean {
  return table.rows.some((row) => hasWide(row[index]?.text ?? ''));
}

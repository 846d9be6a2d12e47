/** Keeps a statement below 32,766 parameters (SQLite) and 65,535 (PostgreSQL), ten columns and more. */
const ROWS_MAX = 500;

/** Rows in portions that fit one insert each. */
export function portions<T>(rows: readonly T[]): T[][] {
  const count = Math.ceil(rows.length / ROWS_MAX);
  return Array.from({ length: count }, (_, i) => rows.slice(i * ROWS_MAX, (i + 1) * ROWS_MAX));
}

/** Of rows with the same key the last: PostgreSQL refuses to update a row twice in one statement. */
export function lastByKey<T>(rows: readonly T[], key: (row: T) => string | number): T[] {
  return [...new Map(rows.map((row) => [key(row), row])).values()];
}

import type { Position } from '../../../domain/position.ts';
import type { Result } from '../../../domain/result.ts';
import type { PositionBook, UnreadableRow } from '../../../ports/venue.ts';

/** Reads every row: flat ones vanish, unreadable ones are kept by name. */
export function collectBook<Row>(
  rows: readonly Row[],
  parse: (row: Row) => Result<Position | null, UnreadableRow>,
): PositionBook {
  const positions: Position[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    const read = parse(row);
    if (!read.ok) unreadable.push(read.error);
    else if (read.value !== null) positions.push(read.value);
  }
  return { positions, unreadable };
}

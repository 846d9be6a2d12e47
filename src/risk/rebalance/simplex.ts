import type { Decimal } from '../../domain/decimal.ts';
import { dec, ONE, ZERO } from '../../domain/decimal.ts';

/** Σ coefficient × x ≤ limit, columns by number. */
export interface LinearRow {
  readonly coefficients: Map<number, Decimal>;
  readonly limit: Decimal;
}

/** Forty digits less what amounts of a trillion and a few dozen pivots use up. */
const NOISE = dec('1e-24');

/**
 * The x ≥ 0 of least cost under the rows, costs being positive; null when there is none. Dual simplex in
 * Decimal: the slack basis is optimal for a cost without rows, and the rows are met one by one. Least
 * index first (Bland), so that it ends.
 */
export function cheapest(
  costs: readonly Decimal[],
  rows: readonly LinearRow[],
): readonly Decimal[] | null {
  const table = tableOf(costs.length, rows);
  for (const [column, cost] of costs.entries()) table.objective.set(column, cost);
  for (;;) {
    const leaving = pick(table.rows, ({ value }) => value.lt(NOISE.neg()));
    if (leaving === null) return readOff(table, costs.length);
    const entering = cheapestEntry(table, leaving);
    if (entering === null) return null;
    pivot(table, leaving, entering);
  }
}

/**
 * The largest value of column `column` under rows whose limits are zero or more (so that doing nothing is
 * allowed). The rows must bound it. Primal simplex, least index first.
 */
export function largest(column: number, rows: readonly LinearRow[]): Decimal {
  const table = tableOf(column + 1, rows);
  table.objective.set(column, ONE.neg());
  for (;;) {
    const entering = [...table.objective]
      .filter(([, cost]) => cost.lt(NOISE.neg()))
      .reduce<number | null>((least, [at]) => (least === null || at < least ? at : least), null);
    if (entering === null) return readOff(table, column + 1)[column] ?? ZERO;
    const leaving = tightest(table, entering);
    if (leaving === null) throw new TypeError('nothing bounds the common maximum');
    pivot(table, leaving, entering);
  }
}

interface TableRow {
  /** The column this row gives the value of. */
  basic: number;
  cells: Map<number, Decimal>;
  value: Decimal;
}

interface Table {
  readonly rows: TableRow[];
  readonly objective: Map<number, Decimal>;
}

/** Slack columns follow the real ones. */
function tableOf(columns: number, rows: readonly LinearRow[]): Table {
  return {
    objective: new Map(),
    rows: rows.map(({ coefficients, limit }, index) => ({
      basic: columns + index,
      cells: new Map(coefficients).set(columns + index, ONE),
      value: limit,
    })),
  };
}

function pick(rows: readonly TableRow[], isWanted: (row: TableRow) => boolean): TableRow | null {
  let least: TableRow | null = null;
  for (const row of rows) {
    if ((least === null || row.basic < least.basic) && isWanted(row)) least = row;
  }
  return least;
}

function cheapestEntry({ objective }: Table, { cells }: TableRow): number | null {
  let best: { column: number; ratio: Decimal } | null = null;
  for (const [column, cell] of cells) {
    if (cell.gte(NOISE.neg())) continue;
    const ratio = (objective.get(column) ?? ZERO).div(cell.neg());
    const isLess = best === null || ratio.lt(best.ratio);
    if (isLess || (best !== null && ratio.eq(best.ratio) && column < best.column)) {
      best = { column, ratio };
    }
  }
  return best === null ? null : best.column;
}

function tightest({ rows }: Table, entering: number): TableRow | null {
  let best: { row: TableRow; ratio: Decimal } | null = null;
  for (const row of rows) {
    const cell = row.cells.get(entering);
    if (cell === undefined || cell.lte(NOISE)) continue;
    const ratio = row.value.div(cell);
    const isLess = best === null || ratio.lt(best.ratio);
    if (isLess || (best !== null && ratio.eq(best.ratio) && row.basic < best.row.basic)) {
      best = { row, ratio };
    }
  }
  return best === null ? null : best.row;
}

function pivot(table: Table, leaving: TableRow, entering: number): void {
  const divisor = leaving.cells.get(entering) ?? ONE;
  for (const [column, cell] of leaving.cells) leaving.cells.set(column, cell.div(divisor));
  leaving.value = leaving.value.div(divisor);
  leaving.basic = entering;
  for (const row of table.rows) {
    if (row === leaving) continue;
    const factor = subtract(row.cells, leaving, entering);
    if (factor !== null) row.value = row.value.minus(leaving.value.times(factor));
  }
  subtract(table.objective, leaving, entering);
}

/** Takes the leaving row off so often that the entering column is gone; how often, null when it was not there. */
function subtract(
  cells: Map<number, Decimal>,
  leaving: TableRow,
  entering: number,
): Decimal | null {
  const factor = cells.get(entering);
  if (factor === undefined) return null;
  for (const [column, cell] of leaving.cells) {
    const left = (cells.get(column) ?? ZERO).minus(cell.times(factor));
    if (left.abs().lt(NOISE)) cells.delete(column);
    else cells.set(column, left);
  }
  cells.delete(entering);
  return factor;
}

function readOff({ rows }: Table, columns: number): Decimal[] {
  const values = Array.from({ length: columns }, () => ZERO);
  for (const { basic, value } of rows) if (basic < columns) values[basic] = value;
  return values;
}

import type { TransferProblem } from '../../../src/risk/rebalance/solve-transfers.ts';

interface Bound {
  readonly row: readonly number[];
  readonly limit: number;
}

const NEAR = 1e-7;

/**
 * The optimum by brute force: every corner of the polytope (as many rows as edges, met exactly) is solved
 * and tried. In plain numbers, and only for a handful of edges. Null: no corner is allowed.
 */
export function cornerOptimum({ accounts, edges, target }: TransferProblem): number | null {
  const costs = edges.map(({ executable }) => (executable ? 1 : 10));
  const bounds = boundsOf({ accounts, edges, target });
  let best: number | null = null;
  for (const chosen of choose(bounds, edges.length)) {
    const x = solve(chosen);
    if (x === null) continue;
    const isAllowed = bounds.every(({ row, limit }) => dot(row, x) <= limit + NEAR);
    if (!isAllowed) continue;
    const cost = dot(costs, x);
    if (best === null || cost < best) best = cost;
  }
  return best;
}

/** keep: out − in ≤ spare; send: out ≤ transferable; and nothing negative. */
function boundsOf({ accounts, edges, target }: TransferProblem): Bound[] {
  const rows = accounts.flatMap(({ equity, maintenance, transferable }, index) => [
    {
      row: edges.map(({ from, to, rate }) =>
        from === index ? 1 : to === index ? -rate.toNumber() : 0,
      ),
      limit: equity.minus(maintenance.times(target)).toNumber(),
    },
    {
      row: edges.map(({ from }) => (from === index ? 1 : 0)),
      limit: transferable.toNumber(),
    },
  ]);
  const signs = edges.map((_, index) => ({
    row: edges.map((__, column) => (column === index ? -1 : 0)),
    limit: 0,
  }));
  return [...rows, ...signs];
}

function* choose<T>(items: readonly T[], count: number, from = 0): Generator<T[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (let index = from; index <= items.length - count; index += 1) {
    const item = items[index] as T;
    for (const rest of choose(items, count - 1, index + 1)) yield [item, ...rest];
  }
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

/** Gaussian elimination with pivoting; null: the rows do not meet in one point. */
function solve(bounds: readonly Bound[]): number[] | null {
  const m = bounds.map(({ row, limit }) => [...row, limit]);
  const n = m.length;
  for (let column = 0; column < n; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < n; row += 1) {
      if (Math.abs(at(m, row, column)) > Math.abs(at(m, pivot, column))) pivot = row;
    }
    if (Math.abs(at(m, pivot, column)) < 1e-9) return null;
    [m[column], m[pivot]] = [m[pivot] ?? [], m[column] ?? []];
    for (let row = 0; row < n; row += 1) {
      if (row === column) continue;
      const factor = at(m, row, column) / at(m, column, column);
      m[row] = (m[row] ?? []).map((value, index) => value - factor * at(m, column, index));
    }
  }
  return m.map((row, index) => (row[n] ?? 0) / (row[index] ?? 1));
}

function at(m: readonly (readonly number[])[], row: number, column: number): number {
  return m[row]?.[column] ?? 0;
}

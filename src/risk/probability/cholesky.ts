/** Rounding may leave a pivot this far below zero in a matrix that is only just positive semidefinite. */
const SLACK = 1e-9;

/**
 * Lower triangle L with L·Lᵀ = the matrix, row after row in one array. A column of a perfectly dependent
 * variable is zero. Null when the matrix is not square, symmetric and positive semidefinite.
 */
export function cholesky(matrix: readonly (readonly number[])[]): Float64Array | null {
  const n = matrix.length;
  const lower = new Float64Array(n * n);
  const at = (i: number, j: number): number => lower[i * n + j] ?? Number.NaN;
  for (const [i, row] of matrix.entries()) {
    if (row.length !== n) return null;
    for (let j = 0; j <= i; j += 1) {
      let rest = row[j] ?? Number.NaN;
      if (!(Math.abs(rest - (matrix[j]?.[i] ?? Number.NaN)) <= SLACK)) return null;
      for (let k = 0; k < j; k += 1) rest -= at(i, k) * at(j, k);
      if (i === j && !(rest >= -SLACK)) return null;
      if (i === j) lower[i * n + i] = Math.sqrt(Math.max(0, rest));
      else if (at(j, j) > Math.sqrt(SLACK)) lower[i * n + j] = rest / at(j, j);
      else if (Math.abs(rest) > Math.sqrt(SLACK)) return null;
    }
  }
  return lower;
}

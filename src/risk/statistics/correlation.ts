import { CORRELATION_DECAY, ewmaWeights } from './ewma.ts';

/**
 * EWMA correlations of columns of equal length, oldest first, zero mean. One set of days for all pairs, so
 * that no book can get a negative variance. A column that never moves correlates with nothing.
 */
export function correlationMatrix(
  columns: readonly ArrayLike<number>[],
  decay = CORRELATION_DECAY,
): readonly Float64Array[] {
  const weights = ewmaWeights(columns[0]?.length ?? 0, decay);
  const spread = columns.map((column) => Math.sqrt(momentOf(column, column, weights)));
  const matrix = columns.map(() => new Float64Array(columns.length));
  columns.forEach((column, i) => {
    for (let j = 0; j <= i; j += 1) {
      const scale = at(spread, i) * at(spread, j);
      const moment = i === j ? scale : momentOf(column, columns[j] as ArrayLike<number>, weights);
      const value = i === j ? 1 : scale === 0 ? 0 : moment / scale;
      (matrix[i] as Float64Array)[j] = value;
      (matrix[j] as Float64Array)[i] = value;
    }
  });
  return matrix;
}

function momentOf(a: ArrayLike<number>, b: ArrayLike<number>, weights: Float64Array): number {
  let sum = 0;
  for (let t = 0; t < weights.length; t += 1) sum += at(weights, t) * at(a, t) * at(b, t);
  return sum;
}

function at(values: ArrayLike<number>, index: number): number {
  return values[index] as number;
}

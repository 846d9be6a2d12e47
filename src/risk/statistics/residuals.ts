/**
 * Returns ÷ the volatility that was forecast for their day: what is left is drawn from one law. `path` is
 * one longer than the returns (see the variance paths); the first `skip` are left out as run-in, and become
 * NaN like every day whose forecast was zero, so that places keep their day.
 */
export function standardizedResiduals(
  returns: ArrayLike<number>,
  path: ArrayLike<number>,
  skip: number,
): Float64Array {
  const residuals = new Float64Array(returns.length).fill(Number.NaN);
  for (let t = skip; t < returns.length; t += 1) {
    const variance = path[t] ?? Number.NaN;
    if (variance > 0) residuals[t] = (returns[t] as number) / Math.sqrt(variance);
  }
  return residuals;
}

/** RiskMetrics' daily decay: fast enough for the volatility of tomorrow. */
export const VOLATILITY_DECAY = 0.94;
/** Slower, for correlations and betas, which need more days. */
export const CORRELATION_DECAY = 0.97;

/**
 * Weights (1 − λ)λ^i ÷ (1 − λ^n) of n observations, oldest first: truncated and renormalised, so that
 * they sum to 1 however short the history is.
 */
export function ewmaWeights(count: number, decay: number): Float64Array {
  const weights = new Float64Array(count);
  const scale = (1 - decay) / (1 - decay ** count);
  for (let i = 0; i < count; i += 1) weights[count - 1 - i] = scale * decay ** i;
  return weights;
}

/** 1 ÷ Σ weight²: as many equally weighted observations would carry as much information. */
export function effectiveObservations(count: number, decay: number): number {
  return 1 / ewmaWeights(count, decay).reduce((sum, weight) => sum + weight * weight, 0);
}

/** Variance of tomorrow's return, zero mean, renormalised weights. NaN without returns. */
export function ewmaVariance(returns: ArrayLike<number>, decay = VOLATILITY_DECAY): number {
  if (returns.length === 0) return Number.NaN;
  const weights = ewmaWeights(returns.length, decay);
  return weights.reduce((sum, weight, i) => sum + weight * (returns[i] ?? Number.NaN) ** 2, 0);
}

/**
 * The recursive form σ²(t+1) = λσ²(t) + (1 − λ)r²(t), started with the first squared return. Item t is the
 * forecast *for* day t made the day before; there is one more item than returns, the last for tomorrow.
 * The first is no forecast: it is the return's own square.
 */
export function ewmaVariancePath(
  returns: ArrayLike<number>,
  decay = VOLATILITY_DECAY,
): Float64Array {
  const path = new Float64Array(returns.length + 1);
  path[0] = (returns[0] ?? Number.NaN) ** 2;
  let variance = path[0];
  for (let t = 0; t < returns.length; t += 1) {
    const squared = (returns[t] ?? Number.NaN) ** 2;
    variance = t === 0 ? squared : decay * variance + (1 - decay) * squared;
    path[t + 1] = variance;
  }
  return path;
}

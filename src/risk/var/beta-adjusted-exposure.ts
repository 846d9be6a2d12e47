import type { NetExposure } from './var-answer.ts';

/**
 * Σ beta × net: the position in the benchmark that would move as the desk does, USD in doubles. Assets whose
 * net or beta is not known are in `without`, not in the sum.
 */
export function betaAdjustedExposure(
  exposures: readonly NetExposure[],
  betas: ReadonlyMap<string, number>,
): { readonly usd: number; readonly without: readonly string[] } {
  const without: string[] = [];
  let sum = 0;
  for (const { asset, usd } of exposures) {
    const beta = betas.get(asset);
    if (usd === null || beta === undefined) without.push(asset);
    else sum += beta * usd;
  }
  return { usd: sum, without };
}

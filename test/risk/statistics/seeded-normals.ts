import { normalQuantile } from '../../../src/risk/statistics/normal.ts';

/** Standard normals that are the same in every run: mulberry32 through the quantile function. */
export function seededNormals(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return normalQuantile((((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4_294_967_296);
  };
}

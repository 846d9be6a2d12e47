import { seededUnit } from '../../src/risk/probability/seeded-unit.ts';

/** Standard normal figures from a seed (Box and Muller). */
export function standardNormals(seed: number): () => number {
  const unit = seededUnit(seed);
  return () => {
    const radius = Math.sqrt(-2 * Math.log(1 - unit()));
    return radius * Math.cos(2 * Math.PI * unit());
  };
}

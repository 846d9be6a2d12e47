/** Chances that come again with the same seed. */
export interface Chances {
  /** In [0, 1). */
  unit(): number;
  /** From 0, below `end`. */
  below(end: number): number;
  pick<T>(from: readonly T[]): T;
  /** True so often. */
  often(share: number): boolean;
}

export function seeded(seed: number): Chances {
  let state = (seed * 2654435761) >>> 0;
  const unit = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(unit() * end);
  return {
    ...{ unit, below },
    pick: (from) => from[below(from.length)] as (typeof from)[number],
    often: (share) => unit() < share,
  };
}

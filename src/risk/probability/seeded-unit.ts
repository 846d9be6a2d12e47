/** Uniform numbers in [0, 1) with 53 bits, the same for the same seed: xoshiro128** (Blackman, Vigna). */
export function seededUnit(seed: number): () => number {
  const state = spread(seed);
  return () => {
    const high = next(state) >>> 5;
    const low = next(state) >>> 6;
    return (high * 0x4000000 + low) / 0x20000000000000;
  };
}

/** SplitMix32, so that neighbouring seeds begin far apart; the state is never all zero. */
function spread(seed: number): Uint32Array {
  let counter = Math.trunc(seed) >>> 0;
  return Uint32Array.from({ length: 4 }, () => {
    counter = (counter + 0x9e3779b9) >>> 0;
    let word = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  });
}

function next(s: Uint32Array): number {
  const [a, b, c, d] = s as unknown as [number, number, number, number];
  const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9);
  s[2] = c ^ a;
  s[3] = d ^ b;
  s[1] = b ^ (c ^ a);
  s[0] = a ^ (d ^ b);
  s[2] = (c ^ a) ^ (b << 9);
  s[3] = rotate(d ^ b, 11);
  return scrambled;
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

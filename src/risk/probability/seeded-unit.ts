/**
 * Uniform numbers in [0, 1), 32 bits each, the same for the same seed: xoshiro128** (Blackman and Vigna,
 * 2018). For sampling; nothing secret may come of it.
 */
export function seededUnit(seed: number): () => number {
  const nextWord = splitMix(seed);
  let [a, b, c, d] = [nextWord(), nextWord(), nextWord(), nextWord()];
  return () => {
    const scrambled = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return (scrambled >>> 0) / 0x100000000;
  };
}

/** Spreads a seed over the state, so that neighbouring seeds begin far apart. */
function splitMix(seed: number): () => number {
  let counter = Math.trunc(seed) | 0;
  return () => {
    counter = (counter + 0x9e3779b9) | 0;
    let word = Math.imul(counter ^ (counter >>> 16), 0x21f0aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
    return word ^ (word >>> 15);
  };
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

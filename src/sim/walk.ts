/** Seconds in one block of the walk; a power of two, so that halving reaches single seconds. */
const BLOCK = 65_536;

/** A standard random walk: 0 at second 0, variance one per second, in both directions of time. */
export type Walk = (second: number) => number;

/**
 * The walk named `stream` under `seed`. The value at a second is a function of (seed, stream, second)
 * alone and costs a fixed number of steps however far away the second is: block ends are summed
 * from hashed normals (and remembered), the inside of a block is a Brownian bridge by halving.
 */
export function createWalk(seed: string, stream: number): Walk {
  const noise = createNoise(`${seed}/${stream}`);
  const ends = new Map<number, number>([[0, 0]]);
  return (second) => {
    const block = Math.floor(second / BLOCK);
    let low = block * BLOCK;
    let width = BLOCK;
    let left = blockEnd(ends, noise, block);
    let right = blockEnd(ends, noise, block + 1);
    while (low !== second) {
      width /= 2;
      const middle = low + width;
      const value = (left + right) / 2 + Math.sqrt(width / 2) * noise(width, middle);
      if (second < middle) {
        right = value;
      } else {
        left = value;
        low = middle;
      }
    }
    return left;
  };
}

/** Value at the start of `block`, summed outward from the nearest known end. */
function blockEnd(ends: Map<number, number>, noise: Noise, block: number): number {
  const known = ends.get(block);
  if (known !== undefined) return known;
  const step = block > 0 ? 1 : -1;
  let at = 0;
  while (ends.has(at + step) && at !== block) at += step;
  let value = ends.get(at) as number;
  while (at !== block) {
    at += step;
    value += Math.sqrt(BLOCK) * noise(BLOCK, at);
    ends.set(at, value);
  }
  return value;
}

/** A standard normal that is a function of two integers. */
export type Noise = (kind: number, index: number) => number;

/** Normals under a seed: Box and Muller over two hashes. */
export function createNoise(seed: string): Noise {
  const base = hashText(seed);
  return (kind, index) => {
    const hash = mix(mix(base ^ kind) ^ (index | 0)) ^ Math.floor(index / 2 ** 32);
    const u = (mix(hash) + 1) / 2 ** 32;
    const v = mix(hash ^ 0x9e3779b9) / 2 ** 32;
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
  };
}

/** FNV-1a, 32 bit. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** The 32-bit finaliser of MurmurHash3. */
function mix(value: number): number {
  let x = value >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}

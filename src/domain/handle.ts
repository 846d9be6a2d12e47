import type { Position } from './position.ts';
import type { Handle } from './units.ts';

/** No i, l, o, u, 0, 1: nothing that can be misread over a phone at night. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const FULL_LENGTH = 12;
const SHORTEST = 4;
const MASK = (1n << 64n) - 1n;
const HALF = 2 ** 32;
const UTF8 = new TextEncoder();

/**
 * FNV-1a, 64 bit. Not secret, only spread: handles name positions, they open nothing. In two halves of 32
 * bits: a desk of thousands is named at every reading, and a bigint per byte is slow.
 */
function hash64(text: string): bigint {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (const byte of UTF8.encode(text)) {
    low = (low ^ byte) >>> 0;
    // × 0x100000001b3: 2^40 and 0x1b3.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / HALF) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  let hash = (BigInt(high) << 32n) | BigInt(low);
  // FNV leaves the low bits of short similar keys close together; one xor-multiply mixes them.
  hash = ((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn) & MASK;
  return hash ^ (hash >> 33n);
}

function codeOf(key: string): string {
  const hash = hash64(key);
  let high = Number(hash >> 32n);
  let low = Number(hash & 0xffffffffn);
  let code = '';
  for (let i = 0; i < FULL_LENGTH; i += 1) {
    const rest = (high % ALPHABET.length) * HALF + low;
    code += ALPHABET[rest % ALPHABET.length];
    high = Math.floor(high / ALPHABET.length);
    low = Math.floor(rest / ALPHABET.length);
  }
  return code;
}

/**
 * OKX may hold a cross and an isolated leg of one instrument and side at once. The isolated one takes
 * its margin mode into the key, whether or not the other is there: a handle must not change hands.
 */
function keyOf({ account, venue, instrument, side, marginMode }: Position): string {
  const key = `${account}\u0000${instrument.symbol}\u0000${side}`;
  return venue === 'okx' && marginMode === 'isolated' ? `${key}\u0000isolated` : key;
}

/**
 * Handle of every position: four characters derived from (account, instrument, side), longer only
 * where two of these positions would collide. Stable for the life of a position.
 */
export function handlesOf(positions: readonly Position[]): Map<Position, Handle> {
  const handles = new Map<Position, Handle>();
  for (const position of positions) handles.set(position, codeOf(keyOf(position)) as Handle);
  let open = [...handles];
  for (let length = SHORTEST; length < FULL_LENGTH && open.length > 0; length += 1) {
    const count = new Map<string, number>();
    const prefixes = open.map(([, code]) => code.slice(0, length));
    // Only those that share the shorter prefix can share the longer one.
    for (const prefix of prefixes) count.set(prefix, (count.get(prefix) ?? 0) + 1);
    open = open.filter(([position], index) => {
      const prefix = prefixes[index] as Handle;
      const isAlone = count.get(prefix) === 1;
      if (isAlone) handles.set(position, prefix);
      return !isAlone;
    });
  }
  // Whoever is left shares all of the code, as far as it goes.
  return handles;
}

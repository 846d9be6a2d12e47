import type { Position } from './position.ts';
import type { Handle } from './units.ts';

/** No i, l, o, u, 0, 1: nothing that can be misread over a phone at night. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const FULL_LENGTH = 12;
const SHORTEST = 4;
const HALF = 2 ** 32;
const UTF8 = new TextEncoder();
/** Room for any key; what is longer gets room of its own. */
const BYTES = new Uint8Array(512);

/** 64 bits as two halves: a desk of thousands is named at every reading, and a bigint per byte is slow. */
interface Hash {
  readonly high: number;
  readonly low: number;
}

/** FNV-1a, 64 bit. Not secret, only spread: handles name positions, they open nothing. */
function hash64(text: string): Hash {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  const isShort = text.length * 3 <= BYTES.length;
  const bytes = isShort ? BYTES : UTF8.encode(text);
  const length = isShort ? UTF8.encodeInto(text, BYTES).written : bytes.length;
  for (let at = 0; at < length; at += 1) {
    low = (low ^ (bytes[at] as number)) >>> 0;
    // × 0x100000001b3, which is 2^40 and 0x1b3.
    const product = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(product / HALF) + (low << 8)) >>> 0;
    low = product >>> 0;
  }
  // FNV leaves the low bits of short similar keys close together; one xor-multiply mixes them.
  const mixed = times({ high, low: (low ^ (high >>> 1)) >>> 0 }, MIXER);
  return { high: mixed.high, low: (mixed.low ^ (mixed.high >>> 1)) >>> 0 };
}

const MIXER: Hash = { high: 0xff51afd7, low: 0xed558ccd };

/** Modulo 2^64. */
function times(a: Hash, b: Hash): Hash {
  const byTop = a.low * (b.low >>> 16);
  const byBottom = a.low * (b.low & 0xffff);
  const carried = Math.floor((byTop + Math.floor(byBottom / 65_536)) / 65_536);
  return {
    high: (Math.imul(a.high, b.low) + Math.imul(a.low, b.high) + carried) >>> 0,
    low: Math.imul(a.low, b.low) >>> 0,
  };
}

function codeOf(key: string): string {
  let { high, low } = hash64(key);
  const letters: number[] = [];
  for (let i = 0; i < FULL_LENGTH; i += 1) {
    const rest = (high % ALPHABET.length) * HALF + low;
    letters.push(ALPHABET.charCodeAt(rest % ALPHABET.length));
    high = Math.floor(high / ALPHABET.length);
    low = Math.floor(rest / ALPHABET.length);
  }
  return String.fromCharCode(...letters);
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

import type { Position } from './position.ts';
import type { Handle } from './units.ts';

/** No i, l, o, u, 0, 1: nothing that can be misread over a phone at night. */
const ALPHABET = '23456789abcdefghjkmnpqrstvwxyz';
const FULL_LENGTH = 12;
const SHORTEST = 4;
const MASK = (1n << 64n) - 1n;

/** FNV-1a, 64 bit. Not secret, only spread: handles name positions, they open nothing. */
function hash64(text: string): bigint {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  }
  // FNV leaves the low bits of short similar keys close together; one xor-multiply mixes them.
  hash = ((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn) & MASK;
  return hash ^ (hash >> 33n);
}

function codeOf(key: string): string {
  let hash = hash64(key);
  let code = '';
  for (let i = 0; i < FULL_LENGTH; i += 1) {
    code += ALPHABET[Number(hash % BigInt(ALPHABET.length))];
    hash /= BigInt(ALPHABET.length);
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
  const codes = new Map(positions.map((position) => [position, codeOf(keyOf(position))]));
  const handles = new Map<Position, Handle>();
  let open = [...codes];
  for (let length = SHORTEST; open.length > 0; length += 1) {
    const count = new Map<string, number>();
    for (const [, code] of codes) {
      const prefix = code.slice(0, length);
      count.set(prefix, (count.get(prefix) ?? 0) + 1);
    }
    const isLast = length >= FULL_LENGTH;
    for (const [position, code] of open) {
      const prefix = code.slice(0, length);
      if (isLast || count.get(prefix) === 1) handles.set(position, prefix as Handle);
    }
    open = open.filter(([position]) => !handles.has(position));
  }
  return handles;
}

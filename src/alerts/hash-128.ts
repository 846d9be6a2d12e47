/**
 * 128 bits of a text as 32 hexadecimal digits (MurmurHash3 x86_128 over UTF-16 code units). Spreads
 * names of alerts and intents so that no two of a desk ever meet; it is no secret and proves nothing.
 */
export function hash128(text: string): string {
  const h = new Uint32Array([SEED, SEED, SEED, SEED]);
  for (let at = 0; at < text.length; at += WORDS * 2) {
    for (let lane = 0; lane < WORDS; lane += 1) mixIn(h, lane, wordAt(text, at + lane * 2));
  }
  for (let lane = 0; lane < WORDS; lane += 1) h[lane] = of(h, lane) ^ text.length;
  addUp(h);
  for (let lane = 0; lane < WORDS; lane += 1) h[lane] = finish(of(h, lane));
  addUp(h);
  return hex(of(h, 0)) + hex(of(h, 1)) + hex(of(h, 2)) + hex(of(h, 3));
}

const SEED = 0x504c494d;
const WORDS = 4;
const FACTORS = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93] as const;
const TURNS = [15, 16, 17, 18] as const;
const AFTER = [19, 17, 15, 13] as const;
const PLUS = [0x561ccd1b, 0x0bcaa747, 0x96cd1c35, 0x32ac3b17] as const;

/** Two code units; past the end of the text zeros, which the length mixed in later tells apart. */
function wordAt(text: string, at: number): number {
  const low = at < text.length ? text.charCodeAt(at) : 0;
  const high = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
  return (high << 16) | low;
}

function mixIn(h: Uint32Array, lane: number, word: number): void {
  const next = (lane + 1) % WORDS;
  const turned = turn(Math.imul(word, FACTORS[lane] ?? 1), TURNS[lane] ?? 1);
  const mixed = of(h, lane) ^ Math.imul(turned, FACTORS[next] ?? 1);
  h[lane] = Math.imul(turn(mixed, AFTER[lane] ?? 1) + of(h, next), 5) + (PLUS[lane] ?? 0);
}

function turn(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}

function hex(word: number): string {
  return word.toString(16).padStart(8, '0');
}

function addUp(h: Uint32Array): void {
  h[0] = of(h, 0) + of(h, 1) + of(h, 2) + of(h, 3);
  for (let lane = 1; lane < WORDS; lane += 1) h[lane] = of(h, lane) + of(h, 0);
}

function of(h: Uint32Array, lane: number): number {
  return h[lane] ?? 0;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { numberOf, rowCount } from './numbered-rows.ts';

const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

/** A store through many lives, and how each of them ends. */
export interface TorturePlace {
  /** What the child is told to open. */
  readonly path: string;
  /** For compiled code: the lives after the first start in half the time. */
  readonly cache: string;
  /** Ends this life, the child's included. */
  kill(child: ChildProcess): Promise<void> | void;
  /** What lies there, without the program. */
  look(): Promise<Found>;
  /** Errors that a life may answer; a number that was answered so is not acknowledged. */
  readonly errors: readonly string[];
}

export interface Found {
  /** Every candle's opening time. */
  readonly openTimes: readonly number[];
  readonly integrity: unknown;
}

/** Numbers as they come from a seed (mulberry32), so that a failing run can be run again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Life {
  readonly first: number;
  readonly width: number;
  /** Ends it after so many acknowledged numbers, or while it starts. */
  readonly when: { readonly lines: number } | { readonly ms: number };
}

/** Lives one life and hears it out to the last byte. */
async function live(
  place: TorturePlace,
  { first, width, when }: Life,
): Promise<{ readonly acknowledged: readonly number[]; readonly errors: readonly string[] }> {
  // Not vitest's own flags: the child is the program, plain.
  const child = spawn(process.execPath, [CHILD, place.path, String(first), String(width)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: place.cache },
  });
  let text = '';
  let killing: Promise<void> | null = null;
  const kill = () => {
    killing ??= Promise.resolve(place.kill(child));
  };
  if ('ms' in when) setTimeout(kill, when.ms);
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if ('lines' in when && text.split('\n').length > when.lines) kill();
  });
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  await killing;
  // The last line may be cut: then nobody heard it.
  const lines = text.split('\n').slice(0, -1);
  return {
    acknowledged: lines.filter((line) => /^\d/.test(line)).map(Number),
    errors: lines.filter((line) => line.startsWith('E')).map((line) => line.slice(1)),
  };
}

/** Answers how many numbers were acknowledged over all lives; each was still there after every one. */
export async function tortureLane(
  place: TorturePlace,
  { seed, kills }: { readonly seed: number; readonly kills: number },
): Promise<number> {
  const random = seeded(seed);
  const acknowledged = new Set<number>();
  let first = 0;
  for (let life = 0; life < kills; life += 1) {
    // One life in five ends before or while the store is opened, the first of them while it is made.
    const isEarly = life % 5 === 0;
    const when = isEarly ? { ms: 40 + random() * 260 } : { lines: Math.floor(1 + random() * 200) };
    const width = 1 + Math.floor(random() * 20);
    const lived = await live(place, { first, width, when });
    expect(lived.errors.filter((kind) => !place.errors.includes(kind))).toEqual([]);
    for (const number of lived.acknowledged) acknowledged.add(number);
    const { openTimes, integrity } = await place.look();
    const counts = new Map<number, number>();
    for (const at of openTimes) counts.set(numberOf(at), (counts.get(numberOf(at)) ?? 0) + 1);
    const lost = [...acknowledged].filter((number) => !counts.has(number));
    const torn = [...counts].filter(([number, count]) => count !== rowCount(number));
    expect({ lost, torn, integrity }, `seed ${seed} life ${life}`).toEqual({
      lost: [],
      torn: [],
      integrity: 'ok',
    });
    first = Math.max(first, ...counts.keys()) + 1;
  }
  return acknowledged.size;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tempStore } from '../../fakes/temp-store.ts';
import { numberOf, rowCount } from './numbered-rows.ts';

const KILLS = Number(process.env['PLIMSOLL_KILLS'] ?? '40');
/** Side by side, each on a store of its own: starting a process costs more than what follows. */
const LANES = 4;
const CHILD = fileURLToPath(new URL('./kill-child.ts', import.meta.url));

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

function start(path: string, first: number, width: number): ChildProcess {
  // Not vitest's own flags: the child is the program, plain.
  return spawn(process.execPath, [CHILD, path, String(first), String(width)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: dirname(path) },
  });
}

interface Life {
  readonly acknowledged: readonly number[];
  readonly errors: readonly string[];
}

/** Kills it after so many acknowledged numbers, or while it starts; hears it out to the last byte. */
function killAfter(child: ChildProcess, when: { lines: number } | { ms: number }): Promise<Life> {
  let text = '';
  const kill = () => child.kill('SIGKILL');
  if ('ms' in when) setTimeout(kill, when.ms);
  child.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1');
    if ('lines' in when && text.split('\n').length > when.lines) kill();
  });
  return new Promise((resolve) =>
    child.once('close', () => {
      // The last line may be cut: then nobody heard it.
      const lines = text.split('\n').slice(0, -1);
      resolve({
        acknowledged: lines.filter((line) => /^\d/.test(line)).map(Number),
        errors: lines.filter((line) => line.startsWith('E')),
      });
    }),
  );
}

interface Found {
  /** Rows by number. */
  readonly counts: ReadonlyMap<number, number>;
  readonly integrity: unknown;
}

/** What lies in the file, without the program: the next life shows that the program can open it. */
function look(path: string): Found {
  const db = new DatabaseSync(path);
  try {
    const hasTable = db.prepare("select 1 from sqlite_master where name = 'candle'").get();
    const rows = hasTable ? db.prepare('select open_time from candle').all() : [];
    const counts = new Map<number, number>();
    for (const row of rows) {
      const number = numberOf(Number(row['open_time']));
      counts.set(number, (counts.get(number) ?? 0) + 1);
    }
    const check = db.prepare('pragma integrity_check').get();
    return { counts, integrity: check?.['integrity_check'] };
  } finally {
    db.close();
  }
}

/** One store through many lives; answers how many numbers were acknowledged over all of them. */
async function lane(seed: number, kills: number): Promise<number> {
  const random = seeded(seed);
  const place = tempStore();
  const acknowledged = new Set<number>();
  let first = 0;
  for (let life = 0; life < kills; life += 1) {
    // One life in five ends before or while the store is opened, the first of them while it is made.
    const isEarly = life % 5 === 0;
    const when = isEarly ? { ms: 40 + random() * 260 } : { lines: Math.floor(1 + random() * 200) };
    const width = 1 + Math.floor(random() * 20);
    const { acknowledged: heard, errors } = await killAfter(start(place.path, first, width), when);
    expect(errors).toEqual([]);
    for (const number of heard) acknowledged.add(number);
    const { counts, integrity } = look(place.path);
    const lost = [...acknowledged].filter((number) => !counts.has(number));
    const torn = [...counts].filter(([number, count]) => count !== rowCount(number));
    expect({ lost, torn, integrity }, `seed ${seed} life ${life}`).toEqual({
      lost: [],
      torn: [],
      integrity: 'ok',
    });
    first = Math.max(first, ...counts.keys()) + 1;
  }
  await place.open();
  await place.close();
  return acknowledged.size;
}

test(`${KILLS} kills at any moment lose no acknowledged row, tear no call, and the store opens clean`, {
  timeout: Math.max(60_000, KILLS * 2000),
}, async () => {
  const each = Math.ceil(KILLS / LANES);
  const counts = await Promise.all(Array.from({ length: LANES }, (_, i) => lane(i + 1, each)));
  const total = counts.reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThan(KILLS * 10);
  if (process.env['PLIMSOLL_KILLS']) console.info(`${each * LANES} kills, ${total} acknowledged`);
});
